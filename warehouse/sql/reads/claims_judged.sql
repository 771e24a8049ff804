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
    coalesce(admitted.city_id, claim.city_id) AS city_id,
    coalesce(admitted.network_id, claim.network_id) AS network_id,
    claim.city,
    claim.network,
    coalesce(admitted.role, claim.role) AS role,
    coalesce(admitted.status, claim.status) AS status,
    if(admitted.claim_id IS NULL, claim.since, admitted.since) AS since,
    if(admitted.claim_id IS NULL, claim.until, admitted.until) AS until,
    if(admitted.claim_id IS NULL, claim.body, admitted.body) AS body,
    if(admitted.claim_id IS NULL, claim.holder, admitted.holder) AS holder,
    claim.evidence,
    claim.confidence,
    claim.found_by,
    CASE WHEN coalesce(admitted.is_doubtful, true) THEN 'does not count' ELSE 'counts' END AS belief,
    CASE WHEN admitted.is_doubtful THEN format('less sure than {:.2f}', least_confidence()) END AS why
FROM claim
JOIN document USING (document_id)
LEFT JOIN admitted_claim AS admitted USING (claim_id)
WHERE list_contains($claim_ids::VARCHAR[], claim.claim_id)
    OR (admitted.network_id = $network_id::VARCHAR) OR (admitted.city_id = $city_id::VARCHAR)
ORDER BY coalesce(document.published, strftime(document.fetched_at, '%Y-%m-%d')) DESC, claim.confidence DESC,
    claim.claim_id;
