-- What changed in the registry since a day, and why?
-- $since: 2026, 2026-01 or 2026-01-31, in UTC
-- Example: hansa sql --named changes --set since=2026-01-01
SELECT
    change.changed_at,
    change.kind,
    city.name AS city,
    city.country_code,
    change.role,
    network.name AS network,
    change.before.status AS status_before,
    change.after.status AS status_after,
    change.cause,
    claim.evidence.text AS evidence
FROM change
LEFT JOIN city ON city.city_id = change.city_id
LEFT JOIN network ON network.network_id = change.network_id
LEFT JOIN claim ON claim.claim_id = change.claim_id
WHERE change.changed_at >= CAST($since AS TIMESTAMP)
ORDER BY change.changed_at, network, city, change.role, change.change_id;
