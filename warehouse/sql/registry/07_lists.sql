-- The complete lists that count, and what they speak of.
--   edition  a complete list on a day: its documents' date where they have one, else the day it was seen. A
--            list that was seen unchanged on many days speaks for the first and the last of them.

CREATE OR REPLACE TEMP TABLE edition AS
WITH seen AS (
    SELECT source, network_id, document_ids, min(seen_at) AS first_seen, max(seen_at) AS last_seen
    FROM complete_list
    GROUP BY ALL
),
moment AS (
    SELECT source, network_id, document_ids, unnest([first_seen, last_seen]) AS seen_at FROM seen
),
part AS (
    SELECT DISTINCT list.list_id, list.network_id, list.seen_at, unnest(list.document_ids) AS document_id
    FROM complete_list AS list
    SEMI JOIN moment USING (source, network_id, document_ids, seen_at)
),
dated AS (
    SELECT
        part.list_id,
        coalesce(same_network.object_id, part.network_id) AS network_id,
        coalesce(max(document.published), strftime(part.seen_at, '%Y-%m-%d')) AS stated_on,
        max(speaker.standing) AS standing
    FROM part
    JOIN document USING (document_id)
    JOIN speaker USING (document_id)
    LEFT JOIN newest_reading USING (document_id)
    LEFT JOIN (SELECT subject_id, object_id FROM same_as WHERE kind = 'same_network') AS same_network
        ON same_network.subject_id = part.network_id
    GROUP BY part.list_id, part.network_id, part.seen_at, same_network.object_id
    -- A document that nobody has read yet may name anybody.
    HAVING count(*) = count(newest_reading.document_id)
)
SELECT dated.* REPLACE (coalesce(later_network.successor_id, dated.network_id) AS network_id)
FROM dated
LEFT JOIN later_network
    ON later_network.network_id = dated.network_id
    AND first_day_of(dated.stated_on) > later_network.after_on
    AND (later_network.until_on IS NULL OR first_day_of(dated.stated_on) <= later_network.until_on);

CREATE OR REPLACE TEMP TABLE edition_part AS
SELECT DISTINCT list_id, network_id, unnest(document_ids) AS document_id
FROM (SELECT edition.list_id, edition.network_id, complete_list.document_ids FROM edition JOIN complete_list USING (list_id));

-- Whom a list may name: the place of a row that does not count is in doubt, and it may be any of that name.
CREATE OR REPLACE TEMP TABLE perhaps_listed AS
WITH doubtful AS (
    SELECT DISTINCT edition_part.list_id, claim.city_id, claim.city.name AS name, claim.city.mention AS mention
    FROM edition_part
    JOIN doubtful_claim AS claim USING (document_id)
    WHERE claim.status = 'current'
),
named AS (
    SELECT list_id, fold(name) AS name FROM doubtful
    UNION
    SELECT list_id, fold(mention) FROM doubtful
)
SELECT list_id, city_id FROM doubtful
UNION
SELECT named.list_id, city.city_id
FROM named
JOIN city ON fold(city.name) = named.name;

-- The roles that a list gives, and all that ends with a membership where it lists members.
CREATE OR REPLACE TEMP TABLE list_scope AS
WITH given AS (
    SELECT DISTINCT edition_part.list_id, counted.role
    FROM counted
    JOIN edition_part USING (document_id, network_id)
    WHERE counted.status = 'current'
)
SELECT list_id, role FROM given
UNION
SELECT given.list_id, ending.role
FROM given
JOIN role_rule AS listing ON listing.role = given.role AND listing.is_membership AND listing.ends_with_membership
CROSS JOIN role_rule AS ending
WHERE ending.ends_with_membership;
