-- Which roles does a city have or had, on what evidence?
-- $city: the city: Nantes, or York, GB
-- Example: hansa sql --named city_roles --set city=Barcelona --format csv
SELECT
    network.name AS network,
    membership.role,
    membership.body,
    membership.holder,
    membership.status,
    membership.since,
    membership.until,
    membership.is_inferred,
    membership.confidence,
    membership.sources,
    claim.evidence.text AS evidence,
    coalesce(document.title, document.name) AS document,
    document.publisher,
    document.published,
    document.url
FROM membership
JOIN network USING (network_id)
LEFT JOIN claim ON claim.claim_id = membership.best_claim_id
LEFT JOIN document ON document.document_id = claim.document_id
WHERE membership.superseded_at IS NULL AND membership.city_id = $city
ORDER BY
    network.name, CASE membership.status WHEN 'current' THEN 0 WHEN 'planned' THEN 1 WHEN 'stale' THEN 2 ELSE 3 END,
    membership.role, membership.valid_from DESC, membership.membership_id;
