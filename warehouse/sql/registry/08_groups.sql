-- Which groups must be derived anew. A group is a city in a network; its belief follows from its own claims and what
-- a person accepted of them, from what is true of its network (lists, end, terms), where it chairs, from the network's
-- other chairs, and from its groups in the networks that its network succeeds. All of that goes into a digest, and what has another digest than at the last
-- refresh is derived anew, together with what it follows from. A full rebuild is a refresh for which all digests differ.
-- Hashes are hashed again before they are combined: hash(a, b) is of the form f(a) xor g(b), so that in a bit_xor over
-- two rows with the same b, whatever it is, nothing of b would be left.

-- What is true of a whole network, and what of those that chair it.
CREATE OR REPLACE TEMP TABLE network_input AS
SELECT network_id, bit_xor(hash(fact)) AS digest
FROM (
    SELECT edition.network_id, hash(list_id, stated_on, standing, role) AS fact FROM edition JOIN list_scope USING (list_id)
    UNION ALL
    SELECT edition.network_id, hash('perhaps', list_id, city_id) FROM edition JOIN perhaps_listed USING (list_id)
    UNION ALL
    SELECT network_id, hash('over', ended, successor_id) FROM network_over
    UNION ALL
    SELECT successor_id, hash('succeeds', network_id, ended) FROM network_over WHERE successor_id IS NOT NULL
    UNION ALL
    SELECT network_id, hash('term', years) FROM usual_term
)
GROUP BY network_id;

CREATE OR REPLACE TEMP TABLE group_input AS
WITH own AS (
    SELECT
        city_id,
        network_id,
        count(*) AS claims,
        bit_xor(hash(hash(claim_id, role, status, since, until, body, holder, confidence, accepted_on))) AS digest,
        bit_xor(hash(hash(claim_id, role, since, until, accepted_on)))
            FILTER (WHERE is_exclusive AND status = 'current') AS chair_digest
    FROM counted
    GROUP BY ALL
),
chairs AS (
    SELECT network_id, bit_xor(hash(hash(city_id, chair_digest))) AS digest
    FROM own
    WHERE chair_digest IS NOT NULL
    GROUP BY network_id
),
-- A city in a network that is over may be a member of its successor.
related AS (
    SELECT *, 'own' AS part FROM own
    UNION ALL
    SELECT own.city_id, network_over.successor_id, own.claims, hash(own.network_id, own.digest), NULL, 'before'
    FROM own
    JOIN network_over ON network_over.network_id = own.network_id AND network_over.successor_id IS NOT NULL
),
grouped AS (
    SELECT
        city_id, network_id,
        bit_xor(hash(hash(part, claims, digest))) AS digest,
        max(chair_digest) AS chair_digest
    FROM related
    GROUP BY ALL
)
SELECT
    city_id,
    network_id,
    chair_digest IS NOT NULL AS is_chair,
    hash(
        getvariable('rules'), grouped.digest, network_input.digest,
        CASE WHEN chair_digest IS NOT NULL THEN chairs.digest END
    ) AS digest
FROM grouped
LEFT JOIN network_input USING (network_id)
LEFT JOIN chairs USING (network_id);

-- Groups whose belief may be another than at the last refresh.
CREATE OR REPLACE TEMP TABLE affected AS
SELECT city_id, network_id
FROM group_input
FULL JOIN applied_group USING (city_id, network_id)
WHERE group_input.digest IS DISTINCT FROM applied_group.digest
    OR applied_group.wakes_on <= CAST(getvariable('refreshed_at') AS DATE);

-- And those without whose evidence they cannot be derived: the other chairs, and the networks that were before.
CREATE OR REPLACE TEMP TABLE involved AS
WITH chairing AS (
    SELECT city_id, network_id FROM group_input WHERE is_chair
),
with_chairs AS (
    SELECT city_id, network_id FROM affected
    UNION
    SELECT city_id, network_id
    FROM chairing
    WHERE network_id IN (SELECT network_id FROM affected SEMI JOIN chairing USING (city_id, network_id))
),
with_before AS (
    SELECT city_id, network_id FROM with_chairs
    UNION
    SELECT with_chairs.city_id, network_over.network_id
    FROM with_chairs
    JOIN network_over ON network_over.successor_id = with_chairs.network_id
)
SELECT city_id, network_id FROM with_before
UNION
SELECT city_id, network_id
FROM chairing
WHERE network_id IN (SELECT network_id FROM with_before SEMI JOIN chairing USING (city_id, network_id));
