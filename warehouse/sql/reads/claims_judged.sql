-- Claims by their ids $claim_ids, those of the network $network_id, or those of the city $city_id, as they count
-- now, newest first; a claim that no longer counts is told as it was read.
SELECT
    claim.claim_id,
    claim.document,
    document.title,
    document.publisher,
    document.authority,
    document.published,
    document.url,
    coalesce(believed.city_id, claim.city_id) AS city_id,
    coalesce(believed.network_id, claim.network_id) AS network_id,
    claim.city,
    claim.network,
    coalesce(believed.role, claim.role) AS role,
    coalesce(believed.status, claim.status) AS status,
    if(believed.claim_id IS NULL, claim.since, believed.since) AS since,
    if(believed.claim_id IS NULL, claim.until, believed.until) AS until,
    if(believed.claim_id IS NULL, claim.body, believed.body) AS body,
    if(believed.claim_id IS NULL, claim.holder, believed.holder) AS holder,
    claim.evidence,
    claim.confidence,
    claim.found_by,
    CASE WHEN believed.claim_id IS NULL THEN 'does not count' ELSE 'counts' END AS belief
FROM claim
JOIN document USING (document_id)
LEFT JOIN believed_claim AS believed USING (claim_id)
WHERE list_contains($claim_ids::VARCHAR[], claim.claim_id)
    OR (believed.network_id = $network_id::VARCHAR) OR (believed.city_id = $city_id::VARCHAR)
ORDER BY coalesce(document.published, strftime(document.fetched_at, '%Y-%m-%d')) DESC, claim.confidence DESC,
    claim.claim_id;
