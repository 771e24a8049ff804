-- What says that a spell of a line is over. One row per line and claim.
--   part      ends: a text says so; succeeds: another city took the chair; leaves: the city left the network;
--             absent: a complete list no longer names the city; dissolves: the network is over
--   ended_by  the last day on which the role may have been held: holdings stated up to it belong to the
--             spell that ends, later ones to the next
--   is_term   a past term with both dates ("2010–2014") speaks for itself, not for the time after it

CREATE OR REPLACE TEMP TABLE holding AS SELECT * FROM evidence WHERE status = 'current';

CREATE OR REPLACE TEMP TABLE ending AS
WITH first_held AS (
    SELECT line_id, city_id, network_id, role, is_exclusive, min(stated) AS stated
    FROM holding
    WHERE NOT is_event
    GROUP BY ALL
),
-- A chair whom only a lesser source names again, after another city took over, does not take over back.
chair AS (
    SELECT * FROM holding AS newer
    WHERE is_exclusive AND NOT EXISTS (
        SELECT 1
        FROM holding AS other
        JOIN holding AS earlier ON earlier.network_id = other.network_id AND earlier.is_exclusive
        WHERE other.network_id = newer.network_id AND other.is_exclusive AND other.role = newer.role
            AND other.city_id <> newer.city_id AND other.standing < newer.standing AND other.stated < newer.stated
            AND earlier.line_id = newer.line_id AND earlier.stated < other.stated
            AND NOT coalesce(newer.since_on > other.stated, false)
    )
)
SELECT
    line_id, claim_id, 'ends' AS part, standing, stated, stated_last, since, since_on, until,
    CASE WHEN until IS NOT NULL THEN least(until_on, stated_last) END AS until_on, holder, holder_key,
    since IS NOT NULL AND until IS NOT NULL AS is_term
FROM evidence
WHERE status = 'ended'
UNION ALL
SELECT
    line_id, claim_id, CASE status WHEN 'absent' THEN 'absent' ELSE 'dissolves' END, standing, stated, stated_last,
    NULL, NULL, until, until_on, NULL, NULL, false
FROM evidence
WHERE status IN ('absent', 'dissolved')
UNION ALL
SELECT
    first_held.line_id, chair.claim_id, 'succeeds', chair.standing, chair.stated, chair.stated_last, NULL, NULL,
    chair.since, chair.since_on - 1, NULL, NULL, false
FROM first_held
JOIN chair ON chair.network_id = first_held.network_id AND chair.role = first_held.role
WHERE first_held.is_exclusive AND chair.city_id <> first_held.city_id AND chair.stated > first_held.stated
UNION ALL
SELECT
    first_held.line_id, left_network.claim_id, 'leaves', left_network.standing, left_network.stated,
    left_network.stated_last, NULL, NULL, left_network.until, left_network.until_on, NULL, NULL,
    left_network.since IS NOT NULL AND left_network.until IS NOT NULL
FROM first_held
JOIN role_rule AS rule ON rule.role = first_held.role AND rule.ends_with_membership
JOIN evidence AS left_network
    ON left_network.city_id = first_held.city_id AND left_network.network_id = first_held.network_id
WHERE left_network.role = 'member' AND left_network.status = 'ended' AND first_held.role <> 'member'
    AND left_network.stated >= first_held.stated;

-- The end of one person's term is not the end of the city's: another holder followed in between.
DELETE FROM ending
WHERE holder_key IS NOT NULL AND NOT is_term AND holder_key <> (
    SELECT arg_max(holding.holder_key, (holding.stated, -holding.standing, holding.claim_id))
    FROM holding
    WHERE holding.line_id = ending.line_id AND holding.stated <= ending.stated AND holding.holder_key IS NOT NULL
);

-- A newer text of the same or a higher standing that dates the role from before its end knows of no end.
DELETE FROM ending
WHERE EXISTS (
    SELECT 1
    FROM holding
    WHERE holding.line_id = ending.line_id AND holding.standing <= ending.standing
        AND holding.stated > ending.stated
        AND holding.since_on <= coalesce(ending.until_on, ending.stated)
        AND NOT ending.is_term
);

-- An end is placed on its date, unless a stronger source still saw the role after that date: then all that
-- is known is that it was over when the end was told.
ALTER TABLE ending ADD COLUMN is_disputed BOOLEAN;
ALTER TABLE ending ADD COLUMN ended_by DATE;
UPDATE ending SET is_disputed = EXISTS (
    SELECT 1
    FROM holding
    WHERE holding.line_id = ending.line_id AND holding.standing < ending.standing AND NOT ending.is_term
        AND holding.stated > ending.until_on AND holding.stated <= ending.stated
        AND NOT coalesce(holding.since_on > ending.until_on, false)
);
UPDATE ending SET ended_by = CASE
    WHEN until_on IS NOT NULL AND NOT is_disputed THEN until_on
    WHEN part = 'succeeds' THEN stated - 1
    ELSE stated
END;

-- Holdings that an ending outweighs:
--   outweighed   by a text as new and as strong, that says that it was over by then
--   contradicts  a lesser source still sees the role after its end: a conflict, unless a source strong
--                enough, or one that tells of a new beginning, has opened the role again
CREATE OR REPLACE TEMP TABLE set_aside AS
WITH reopened AS (
    SELECT ending.line_id, ending.claim_id AS ending_claim_id, min(holding.stated) AS stated
    FROM ending
    JOIN holding ON holding.line_id = ending.line_id AND holding.stated > ending.ended_by
    WHERE holding.since_on > ending.ended_by
        OR (holding.standing <= ending.standing AND holding.stated > ending.stated)
    GROUP BY ALL
)
SELECT
    holding.line_id,
    holding.claim_id,
    CASE WHEN bool_or(ending.stated >= holding.stated) THEN 'outweighed' ELSE 'contradicts' END AS part,
    arg_min(ending.claim_id, (ending.standing, -epoch(ending.stated), ending.claim_id)) AS ending_claim_id
FROM holding
JOIN ending ON ending.line_id = holding.line_id AND ending.ended_by < holding.stated AND NOT ending.is_term
LEFT JOIN reopened ON reopened.line_id = ending.line_id AND reopened.ending_claim_id = ending.claim_id
WHERE NOT coalesce(holding.since_on > ending.ended_by, false)
    AND CASE
        WHEN ending.stated > holding.stated OR (ending.stated = holding.stated AND ending.part <> 'succeeds')
            THEN ending.standing <= holding.standing
        ELSE ending.standing < holding.standing AND NOT coalesce(reopened.stated <= holding.stated, false)
    END
GROUP BY holding.line_id, holding.claim_id;
