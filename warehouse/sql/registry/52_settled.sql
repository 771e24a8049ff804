-- A spell behind which an accepted claim stands has no conflict with what was told up to the day of the
-- judgement: the person knew of it. Two chairs at a time stay a conflict, whatever is accepted of one.
-- A join and no EXISTS: correlated, it took a minute where a thousand of 200,000 claims were judged.
DELETE FROM contradiction
WHERE kind <> 'chair' AND (membership_id, opposing_claim_id) IN (
    WITH settled AS (
        SELECT spell_belief.membership_id, max(accepted.accepted_on) AS accepted_on
        FROM accepted
        JOIN spell_claim USING (claim_id)
        JOIN spell_belief ON spell_belief.line_id = spell_claim.line_id AND spell_belief.spell = spell_claim.spell
        GROUP BY spell_belief.membership_id
    )
    SELECT (contradiction.membership_id, contradiction.opposing_claim_id)
    FROM contradiction
    JOIN settled USING (membership_id)
    JOIN evidence AS opposing ON opposing.claim_id = contradiction.opposing_claim_id
    WHERE opposing.standing >= 0 AND opposing.stated <= settled.accepted_on
);
