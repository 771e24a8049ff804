-- Every claim about the city $city_id in the network $network_id, newest first, with what became of it:
--   holds, ends, plans, planned, succeeds, leaves, continues its part in a membership
--   denies, outweighed                                       believed to have been said, but not followed
--   replaced, rejected, doubted                              read otherwise by a newer extractor; judged wrong;
--                                                            of less confidence than belief asks for (`why`)
--   elsewhere                                                judged to be of another city or network
WITH part AS (
    SELECT claim_id, min(part) FILTER (WHERE part <> 'implies') AS part
    FROM membership_claim
    JOIN membership USING (membership_id)
    WHERE membership.superseded_at IS NULL
        AND membership.city_id = $city_id AND membership.network_id = $network_id
    GROUP BY claim_id
),
believed AS (
    SELECT claim_id FROM believed_claim WHERE city_id = $city_id AND network_id = $network_id
),
doubtful AS (
    SELECT claim_id FROM doubtful_claim WHERE city_id = $city_id AND network_id = $network_id
),
rejected AS (
    SELECT claim_id FROM judged_claim WHERE is_rejected
    UNION
    SELECT claim_id FROM claim
    JOIN standing_judgement AS judgement ON judgement.subject_id IN (claim.city_id, claim.network_id)
    WHERE judgement.kind = 'reject' AND claim.city_id = $city_id AND claim.network_id = $network_id
),
elsewhere AS (
    SELECT claim_id FROM believed_claim WHERE (city_id, network_id) <> ($city_id, $network_id)
)
SELECT
    claim.claim_id,
    claim.document_id,
    claim.document,
    document.title,
    document.publisher,
    document.authority,
    document.published,
    document.fetched_at,
    document.url,
    claim.city,
    claim.network,
    claim.role,
    claim.status,
    claim.since,
    claim.until,
    claim.body,
    claim.holder,
    claim.evidence,
    claim.confidence,
    claim.found_by,
    claim.extractor_version,
    CASE
        WHEN part.part IS NOT NULL THEN part.part
        WHEN rejected.claim_id IS NOT NULL THEN 'rejected'
        WHEN elsewhere.claim_id IS NOT NULL THEN 'elsewhere'
        WHEN doubtful.claim_id IS NOT NULL THEN 'doubted'
        WHEN believed.claim_id IS NULL THEN 'replaced'
        WHEN claim.status = 'denied' THEN 'denies'
        ELSE 'outweighed'
    END AS belief,
    CASE WHEN belief = 'doubted' THEN format('less sure than {:.2f}', least_confidence()) END AS why
FROM claim
JOIN document USING (document_id)
LEFT JOIN part USING (claim_id)
LEFT JOIN believed USING (claim_id)
LEFT JOIN doubtful USING (claim_id)
LEFT JOIN rejected USING (claim_id)
LEFT JOIN elsewhere USING (claim_id)
WHERE part.claim_id IS NOT NULL OR believed.claim_id IS NOT NULL OR doubtful.claim_id IS NOT NULL
    OR (claim.city_id = $city_id AND claim.network_id = $network_id)
ORDER BY coalesce(document.published, strftime(document.fetched_at, '%Y-%m-%d')) DESC, claim.confidence DESC,
    claim.claim_id;
