-- Every present membership rests on claims that count, its best among them.
SELECT membership.membership_id, membership.claims, membership.best_claim_id
FROM membership
LEFT JOIN membership_claim USING (membership_id)
LEFT JOIN believed_claim USING (claim_id)
WHERE membership.superseded_at IS NULL
GROUP BY ALL
HAVING count(believed_claim.claim_id) < 1 OR NOT bool_or(believed_claim.claim_id = membership.best_claim_id);
