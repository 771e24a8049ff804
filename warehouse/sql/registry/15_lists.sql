-- Who is missing from a complete list. Each absence becomes a row of `evidence` with the status 'absent': it
-- stands for no claim, so its claim_id is made up of the list and the line; `absence` knows which list it was.
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
)
SELECT
    part.list_id,
    coalesce(same_network.object_id, part.network_id) AS network_id,
    coalesce(max(document.published), strftime(part.seen_at, '%Y-%m-%d')) AS stated_on,
    max(CASE document.authority
        WHEN 'network' THEN 0 WHEN 'city' THEN 1 WHEN 'news' THEN 2 WHEN 'academic' THEN 3 ELSE 4
    END) AS standing
FROM part
JOIN document USING (document_id)
LEFT JOIN newest_reading USING (document_id)
LEFT JOIN (SELECT subject_id, object_id FROM same_as WHERE kind = 'same_network') AS same_network
    ON same_network.subject_id = part.network_id
GROUP BY part.list_id, part.network_id, part.seen_at, same_network.object_id
-- A document that nobody has read yet may name anybody.
HAVING count(*) = count(newest_reading.document_id);

CREATE OR REPLACE TEMP TABLE listed AS
SELECT DISTINCT edition.list_id, evidence.city_id, evidence.role
FROM edition
JOIN (SELECT list_id, unnest(document_ids) AS document_id FROM complete_list) AS part USING (list_id)
JOIN evidence ON evidence.document_id = part.document_id AND evidence.network_id = edition.network_id
WHERE evidence.status = 'current';

-- What a list speaks of: the roles that it gives, and all that ends with a membership where it lists members.
CREATE OR REPLACE TEMP TABLE list_scope AS
WITH given AS (SELECT DISTINCT list_id, role FROM listed)
SELECT list_id, role FROM given
UNION
SELECT given.list_id, ending.role
FROM given
JOIN role_rule AS listing ON listing.role = given.role AND listing.is_membership AND listing.ends_with_membership
CROSS JOIN role_rule AS ending
WHERE ending.ends_with_membership;

-- The first list after each time that the role was held says that it is over; later ones say nothing new.
CREATE OR REPLACE TEMP TABLE absence AS
WITH line AS (
    SELECT DISTINCT line_id, city_id, network_id, role, body_key, is_event, is_exclusive, is_per_body
    FROM evidence
    WHERE status = 'current' AND NOT is_event
),
missing AS (
    SELECT line.*, edition.list_id, edition.stated_on, edition.standing, first_day_of(edition.stated_on) AS stated
    FROM edition
    JOIN line USING (network_id)
    SEMI JOIN list_scope ON list_scope.list_id = edition.list_id AND list_scope.role = line.role
    ANTI JOIN listed ON listed.list_id = edition.list_id AND listed.city_id = line.city_id
),
held AS (
    SELECT DISTINCT line_id, stated FROM evidence WHERE status = 'current' AND NOT is_event
)
SELECT
    md5(concat_ws(chr(31), missing.list_id, missing.line_id)) AS absence_id,
    missing.*,
    held.stated AS held_to
FROM missing
ASOF JOIN held ON held.line_id = missing.line_id AND missing.stated > held.stated
QUALIFY row_number() OVER (
    PARTITION BY missing.line_id, held.stated, missing.standing ORDER BY missing.stated, missing.list_id
) = 1;

INSERT INTO evidence BY NAME
SELECT
    absence_id AS claim_id, line_id, city_id, network_id, role, body_key, is_event, is_exclusive, is_per_body,
    'absent' AS status, stated_on AS until, standing, stated_on, stated, last_day_of(stated_on) AS stated_last,
    stated - 1 AS until_on, 0 AS confidence
FROM absence;
