-- The judgements that bear on $ids: on the claims, cities, networks or findings themselves, on claims that say the
-- same as one of them, or on what one was judged to be; oldest first.
WITH named AS (SELECT unnest($ids::VARCHAR[]) AS id),
alike AS (SELECT judgement_id, claim_id FROM claim_judgement WHERE claim_id IN (SELECT id FROM named))
SELECT
    judgement.*,
    coalesce(alike.claim_id, judgement.subject_id) AS about_id,
    judgement.judgement_id IN (SELECT judgement_id FROM standing_judgement) AS stands
FROM judgement
LEFT JOIN alike USING (judgement_id)
WHERE judgement.kind <> 'withdraw'
    AND (judgement.subject_id IN (SELECT id FROM named) OR judgement.object_id IN (SELECT id FROM named)
        OR alike.claim_id IS NOT NULL)
ORDER BY judgement.judged_at, judgement.judgement_id, about_id;
