-- What each claim of the groups to be derived says, when, and with what standing. One row per claim that counts.
--   line_id    one city in one role (and one body, where the role is held per body) in one network;
--              the spells of a line follow each other
--   standing   0 is the strongest: a network's own page, then a city's, news, academic, other; a claim that a
--              person accepted outweighs them all, with -1
--   stated_on  when the document was published; the day that it was fetched, where it does not tell
--   stated     first day that stated_on may mean, so that a text of "2021" never outweighs one known to
--              be from within 2021
--   copy_key   equal for claims of copied texts: a long sentence is its own mark, a short one (a line of
--              a list) is only a copy where the whole text is
--   text_id    whose wording tells near copies: the claim's for a long sentence, else the document's

CREATE OR REPLACE TEMP TABLE evidence AS
WITH said AS (
    SELECT
        claim.claim_id,
        claim.document_id,
        claim.city_id,
        claim.network_id,
        claim.role,
        claim.status,
        CASE WHEN first_day_of(claim.since) <= last_day_of(claim.until) OR claim.until IS NULL
            THEN claim.since END AS since,
        CASE WHEN first_day_of(claim.since) <= last_day_of(claim.until) OR claim.since IS NULL
            THEN claim.until END AS until,
        nullif(trim(claim.body), '') AS body,
        regexp_replace(fold(claim.body), '^the ', '') AS body_key,
        nullif(trim(claim.holder), '') AS holder,
        -- "Mayor Rolland" and "Johanna Rolland" are taken for one person.
        nullif(regexp_extract(fold(claim.holder), '[^ ]+$'), '') AS holder_key,
        claim.confidence,
        claim.standing,
        claim.stated_on,
        claim.stated,
        claim.stated_last,
        claim.accepted_on,
        claim.publisher,
        CASE WHEN length(claim.evidence.text) >= 80 THEN md5(fold(claim.evidence.text))
            ELSE claim.words_hash END AS copy_key,
        CASE WHEN length(claim.evidence.text) >= 80 THEN claim.claim_id ELSE claim.document_id END AS text_id,
        claim.is_event,
        claim.is_exclusive,
        claim.is_per_body
    FROM counted AS claim
    SEMI JOIN involved USING (city_id, network_id)
),
-- A claim that names no body belongs to the only body that others name for the same city, network, role
-- (and year, of an event); where there are several, it stands alone.
named_body AS (
    SELECT city_id, network_id, role, body_key, min(since[:4]) AS first_year, max(since[:4]) AS last_year
    FROM said
    WHERE is_per_body AND body_key <> ''
    GROUP BY ALL
),
only_body AS (
    SELECT said.claim_id, min(named_body.body_key) AS body_key
    FROM said
    JOIN named_body USING (city_id, network_id, role)
    WHERE coalesce(said.body_key, '') = ''
        AND (NOT said.is_event OR said.since IS NULL OR named_body.first_year IS NULL
            OR said.since[:4] BETWEEN named_body.first_year AND named_body.last_year)
    GROUP BY said.claim_id
    HAVING count(*) = 1
),
keyed AS (
    SELECT
        said.* REPLACE (
            CASE
                WHEN NOT is_per_body THEN ''
                WHEN said.body_key <> '' THEN said.body_key
                WHEN only_body.body_key IS NOT NULL THEN only_body.body_key
                WHEN is_event THEN coalesce(said.since[:4], '')
                ELSE ''
            END AS body_key
        )
    FROM said
    LEFT JOIN only_body USING (claim_id)
)
SELECT
    md5(concat_ws(chr(31), city_id, network_id, role, body_key)) AS line_id,
    *,
    first_day_of(since) AS since_on,
    last_day_of(until) AS until_on
FROM keyed;
