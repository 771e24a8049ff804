-- What is known of networks: which are over and what took their place, how long their offices last; and, by that,
-- the network that each claim counts for.

-- A successor that a person judged to be another network is that one.
CREATE OR REPLACE TEMP TABLE succession AS
SELECT
    network.network_id, network.ended,
    nullif(coalesce(same_network.object_id, network.successor_id), network.network_id) AS successor_id
FROM network
LEFT JOIN same_as AS same_network
    ON same_network.kind = 'same_network' AND same_network.subject_id = network.successor_id;

-- Networks that are over today, by the catalogue or by judgement. A year is over when it is past.
--   successor_id  the network that stands in their place today, chains followed; null: none does
CREATE OR REPLACE TEMP TABLE network_over AS
WITH RECURSIVE over AS (
    SELECT network_id, ended, last_day_of(ended) AS ended_on, successor_id
    FROM succession
    WHERE last_day_of(ended) < CAST(getvariable('refreshed_at') AS DATE)
),
walk AS (
    SELECT network_id, successor_id, 1 AS steps FROM over WHERE successor_id IS NOT NULL
    UNION ALL
    SELECT walk.network_id, over.successor_id, walk.steps + 1
    FROM walk
    JOIN over ON over.network_id = walk.successor_id
    WHERE over.successor_id IS NOT NULL AND walk.steps < 32
)
SELECT over.network_id, over.ended, over.ended_on, heir.successor_id
FROM over
LEFT JOIN (
    SELECT network_id, successor_id FROM walk ANTI JOIN over ON over.network_id = walk.successor_id
) AS heir USING (network_id);

-- The name of a network that is over may go on in use: what is told to hold after its end, holds in the successor.
-- One row per network and each that followed it.
--   after_on, until_on  a claim of a day after the one, and not after the other, counts for the successor
CREATE OR REPLACE TEMP TABLE later_network AS
WITH RECURSIVE walk AS (
    SELECT over.network_id, succession.successor_id, over.ended_on AS after_on, 1 AS steps
    FROM network_over AS over
    JOIN succession USING (network_id)
    WHERE succession.successor_id IS NOT NULL
    UNION ALL
    SELECT walk.network_id, succession.successor_id, greatest(walk.after_on, over.ended_on), walk.steps + 1
    FROM walk
    JOIN network_over AS over ON over.network_id = walk.successor_id
    JOIN succession ON succession.network_id = walk.successor_id
    WHERE succession.successor_id IS NOT NULL AND walk.steps < 32
)
SELECT walk.network_id, walk.successor_id, walk.after_on, over.ended_on AS until_on
FROM walk
LEFT JOIN network_over AS over ON over.network_id = walk.successor_id
WHERE over.ended_on IS NULL OR over.ended_on > walk.after_on;

-- What a document brings to each of its claims.
CREATE OR REPLACE TEMP TABLE speaker AS
SELECT
    document_id,
    words_hash,
    CASE authority WHEN 'network' THEN 0 WHEN 'city' THEN 1 WHEN 'news' THEN 2 WHEN 'academic' THEN 3 ELSE 4 END
        AS standing,
    coalesce(
        nullif(fold(publisher), ''), nullif(regexp_extract(url, '^[a-z]+://(?:www\.)?([^/]+)', 1), ''), document_id
    ) AS publisher,
    coalesce(published, strftime(fetched_at, '%Y-%m-%d')) AS stated_on,
    first_day_of(stated_on) AS stated,
    last_day_of(stated_on) AS stated_last
FROM document;

CREATE OR REPLACE TEMP TABLE acceptance AS
SELECT claim_id, CAST(accepted_at AS DATE) AS accepted_on FROM judged_claim WHERE is_accepted;

--   accepted_on  the day on which a person accepted it
CREATE OR REPLACE TEMP VIEW counted AS
SELECT
    claim.* REPLACE (
        coalesce(later_network.successor_id, claim.network_id) AS network_id,
        -- "Hosted" and "was the host" are the same: an event is not given up by being over.
        CASE WHEN rule.is_event AND claim.status = 'ended' THEN 'current' ELSE claim.status END AS status
    ),
    speaker.* EXCLUDE (document_id)
        REPLACE (CASE WHEN acceptance.claim_id IS NULL THEN speaker.standing ELSE -1 END AS standing),
    acceptance.accepted_on,
    rule.is_event,
    rule.is_exclusive,
    rule.is_per_body,
    rule.is_office
FROM believed_claim AS claim
JOIN speaker USING (document_id)
JOIN role_rule AS rule USING (role)
LEFT JOIN acceptance USING (claim_id)
LEFT JOIN later_network
    ON later_network.network_id = claim.network_id
    AND claim.status IN ('current', 'planned')
    AND NOT rule.is_event
    AND speaker.stated > later_network.after_on
    AND (later_network.until_on IS NULL OR speaker.stated <= later_network.until_on);

-- How many years an office of a network lasts: the median of the terms that texts state with both their years.
CREATE OR REPLACE TEMP TABLE usual_term AS
WITH term AS (
    SELECT DISTINCT
        network_id, city_id, role, since[:4] AS first_year, CAST(until[:4] AS INTEGER) - CAST(since[:4] AS INTEGER) AS years
    FROM counted
    WHERE is_office AND status <> 'denied' AND since IS NOT NULL AND until IS NOT NULL
)
SELECT network_id, quantile_disc(years, 0.5) AS years
FROM term
WHERE years BETWEEN 1 AND 8
GROUP BY network_id
HAVING count(*) >= 3;
