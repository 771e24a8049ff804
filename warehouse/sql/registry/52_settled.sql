-- A spell behind which an accepted claim stands has no conflict with what was told up to the day of the
-- judgement: the person knew of it. Two chairs at a time stay a conflict, whatever is accepted of one.
DELETE FROM contradiction
WHERE kind <> 'chair' AND EXISTS (
    SELECT 1
    FROM spell_belief
    JOIN spell_claim USING (line_id, spell)
    JOIN accepted USING (claim_id)
    JOIN evidence AS opposing ON opposing.claim_id = contradiction.opposing_claim_id
    WHERE spell_belief.membership_id = contradiction.membership_id
        AND opposing.standing >= 0 AND opposing.stated <= accepted.accepted_on
);
