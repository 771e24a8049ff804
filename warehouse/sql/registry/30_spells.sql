-- The claims behind each spell. A line's holdings and endings in the order of time; a holding after an
-- ending opens the next spell, and so does a past term that began after it.

CREATE OR REPLACE TEMP TABLE spell_claim AS
WITH kept AS (
    SELECT line_id, claim_id, 'holds' AS part, stated AS placed, false AS is_end, since_on
    FROM holding
    ANTI JOIN set_aside USING (line_id, claim_id)
    WHERE NOT is_event
    UNION ALL
    SELECT line_id, claim_id, part, ended_by, true, since_on
    FROM ending
),
-- Only a text's own words make a spell of an ending alone; a succession ends what was held before.
counted AS (
    SELECT *, count(*) FILTER (WHERE NOT is_end) OVER line AS held_before
    FROM kept
    WINDOW line AS (PARTITION BY line_id ORDER BY placed, is_end, part, claim_id)
),
placed AS (
    SELECT *, lag(is_end) OVER line AS follows_end, lag(placed) OVER line AS follows
    FROM counted
    WHERE part IN ('holds', 'ends') OR held_before > 0
    WINDOW line AS (PARTITION BY line_id ORDER BY placed, is_end, part, claim_id)
),
numbered AS (
    SELECT
        *,
        sum(CASE
            WHEN follows_end IS NULL THEN 1
            WHEN follows_end AND NOT is_end THEN 1
            WHEN follows_end AND part = 'ends' AND since_on > follows THEN 1
            ELSE 0
        END) OVER (PARTITION BY line_id ORDER BY placed, is_end, part, claim_id) AS spell
    FROM placed
)
SELECT line_id, CAST(spell AS INTEGER) AS spell, claim_id, part, placed FROM numbered
UNION ALL
-- An event has one spell, however often it is told.
SELECT line_id, 1, claim_id, 'holds', stated FROM holding WHERE is_event;

-- A chair's spell ends with the first who took over, not with all who came later; that a list lacks a city, or that
-- the network is over, says nothing more where it was over before.
DELETE FROM spell_claim
WHERE part IN ('succeeds', 'absent', 'dissolves') AND placed > (
    SELECT min(sibling.placed)
    FROM spell_claim AS sibling
    WHERE sibling.line_id = spell_claim.line_id AND sibling.spell = spell_claim.spell
        AND sibling.part IN ('succeeds', 'ends', 'leaves', 'absent', 'dissolves')
);

-- Plans: those that came true stand behind the spell that followed; those made since the last end, with
-- nothing that followed, are a planned spell of their own.
INSERT INTO spell_claim
WITH plan AS (SELECT line_id, claim_id, stated FROM evidence WHERE status = 'planned'),
opening AS (
    SELECT line_id, spell, min(placed) AS held_from
    FROM spell_claim
    WHERE part = 'holds'
    GROUP BY line_id, spell
),
line AS (
    SELECT
        line_id,
        max(spell) AS spells,
        max(placed) FILTER (WHERE part <> 'holds') AS ended_by,
        max(placed) FILTER (WHERE part = 'holds') AS held_to
    FROM spell_claim
    GROUP BY line_id
),
follows AS (
    SELECT plan.line_id, plan.claim_id, plan.stated, min(opening.spell) AS spell
    FROM plan
    LEFT JOIN opening ON opening.line_id = plan.line_id AND opening.held_from > plan.stated
    GROUP BY ALL
)
SELECT
    follows.line_id,
    coalesce(follows.spell, coalesce(line.spells, 0) + 1),
    follows.claim_id,
    CASE WHEN follows.spell IS NULL THEN 'plans' ELSE 'planned' END,
    follows.stated
FROM follows
LEFT JOIN line ON line.line_id = follows.line_id
WHERE follows.spell IS NOT NULL
    OR line.line_id IS NULL
    -- Held and not ended: it already is what was planned.
    OR (line.ended_by IS NOT NULL AND follows.stated > line.ended_by AND coalesce(line.held_to <= line.ended_by, true));
