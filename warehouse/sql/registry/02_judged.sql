-- What the judgements bear on that were recorded or withdrawn since the last refresh: what changes there
-- changes because a person decided. A column that is null stands for all.

CREATE OR REPLACE TEMP TABLE fresh_judgement AS
SELECT judgement.*
FROM judgement
WHERE kind <> 'withdraw'
    AND (judgement_id IN (SELECT judgement_id FROM standing_judgement))
        <> (judgement_id IN (SELECT judgement_id FROM applied_judgement));

CREATE OR REPLACE TEMP TABLE judged_scope AS
WITH own AS (
    SELECT
        coalesce(claim.city_id, map_extract(said, 'city_id')[1]) AS city_id,
        coalesce(claim.network_id, map_extract(said, 'network_id')[1]) AS network_id,
        coalesce(claim.role, map_extract(said, 'role')[1]) AS role,
        fresh_judgement.details
    FROM fresh_judgement
    LEFT JOIN claim ON claim.claim_id = fresh_judgement.subject_id
    WHERE claim.claim_id IS NOT NULL OR fresh_judgement.said IS NOT NULL
),
pair AS (
    SELECT city_id, network_id, role FROM own
    UNION
    -- As corrected: the claim may have moved to another city, network or role.
    SELECT
        coalesce(map_extract(details, 'city_id')[1], city_id),
        coalesce(map_extract(details, 'network_id')[1], network_id),
        coalesce(map_extract(details, 'role')[1], role)
    FROM own
),
identified AS (
    SELECT
        coalesce(same_city.object_id, pair.city_id) AS city_id,
        coalesce(same_network.object_id, pair.network_id) AS network_id,
        pair.role
    FROM pair
    LEFT JOIN same_as AS same_city ON same_city.kind = 'same_city' AND same_city.subject_id = pair.city_id
    LEFT JOIN same_as AS same_network
        ON same_network.kind = 'same_network' AND same_network.subject_id = pair.network_id
)
SELECT city_id, network_id FROM identified
UNION
-- One city at a time: a judgement on it bears on who held the role before and after, and on what that implies.
SELECT NULL, network_id FROM identified SEMI JOIN (SELECT role FROM role_rule WHERE is_exclusive) USING (role)
UNION
SELECT unnest([subject_id, object_id]), NULL
FROM fresh_judgement
WHERE kind IN ('same_city', 'not_same_city') OR (kind = 'reject' AND subject_id IN (SELECT city_id FROM city))
UNION
SELECT NULL, unnest([subject_id, object_id, nullif(map_extract(details, 'successor_id')[1], '')])
FROM fresh_judgement
WHERE kind IN ('same_network', 'not_same_network', 'new_network')
    OR (kind = 'reject' AND subject_id IN (SELECT network_id FROM network));
-- A city or network that was rejected has no object.
DELETE FROM judged_scope WHERE city_id IS NULL AND network_id IS NULL;
