-- Claims that contradict each other and that no rule settles. One row per belief and opposing claim:
--   denied    a text denies a role that is believed, and none as new and as strong affirms it
--   reopened  a lesser source still sees a role after a stronger one told its end
--   until     a text dates the end before a stronger source still saw the role
--   since     a lesser source, newer by more than a year, dates the beginning otherwise
--   chair     two cities preside at the same time

CREATE OR REPLACE TEMP TABLE contradiction AS
WITH believed AS (
    SELECT
        spell_belief.*,
        evidence.standing,
        evidence.stated
    FROM spell_belief
    JOIN evidence ON evidence.claim_id = spell_belief.best_claim_id
)
SELECT DISTINCT 'denied' AS kind, believed.membership_id, believed.best_claim_id AS claim_id,
    denied.claim_id AS opposing_claim_id
FROM evidence AS denied
JOIN believed ON believed.line_id = denied.line_id
WHERE denied.status = 'denied'
    AND (believed.status = 'planned' OR denied.stated >= believed.valid_from)
    AND (believed.valid_to IS NULL OR denied.stated <= believed.valid_to
        -- An event that is told has happened; who denies it later still contradicts it.
        OR believed.role IN (SELECT role FROM role_rule WHERE is_event))
    AND NOT EXISTS (
        SELECT 1
        FROM backing
        WHERE backing.line_id = believed.line_id AND backing.spell = believed.spell AND backing.part = 'holds'
            AND backing.standing <= denied.standing AND backing.stated > denied.stated
    )
UNION
-- An end that a list tells, or the network's own end, has no claim: the belief's best speaks for it.
SELECT 'reopened', believed.membership_id,
    CASE WHEN spell_claim.part IN ('absent', 'dissolves') THEN believed.best_claim_id ELSE set_aside.ending_claim_id END,
    set_aside.claim_id
FROM set_aside
JOIN spell_claim ON spell_claim.line_id = set_aside.line_id AND spell_claim.claim_id = set_aside.ending_claim_id
JOIN believed ON believed.line_id = spell_claim.line_id AND believed.spell = spell_claim.spell
WHERE set_aside.part = 'contradicts'
UNION
SELECT 'until', believed.membership_id, believed.best_claim_id, ending.claim_id
FROM ending
JOIN spell_claim ON spell_claim.line_id = ending.line_id AND spell_claim.claim_id = ending.claim_id
JOIN believed ON believed.line_id = spell_claim.line_id AND believed.spell = spell_claim.spell
WHERE ending.is_disputed AND ending.part = 'ends'
UNION
SELECT 'since', believed.membership_id, believed.best_claim_id, backing.claim_id
FROM backing
JOIN believed USING (line_id, spell)
WHERE backing.part = 'holds' AND backing.since IS NOT NULL AND believed.since IS NOT NULL
    AND NOT starts_with(backing.since, believed.since) AND NOT starts_with(believed.since, backing.since)
    AND backing.standing > believed.standing AND backing.stated > believed.stated + INTERVAL 1 YEAR
UNION
SELECT 'chair', one.membership_id, one.best_claim_id, other.best_claim_id
FROM believed AS one
JOIN believed AS other
    ON other.network_id = one.network_id AND other.role = one.role AND other.city_id <> one.city_id
JOIN role_rule ON role_rule.role = one.role AND role_rule.is_exclusive
WHERE one.status = 'current' AND other.status = 'current';
