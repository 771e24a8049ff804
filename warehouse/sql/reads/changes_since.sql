-- What changed in the registry since the moment $since, oldest first, with the words behind each change.
SELECT
    change.*,
    city.name AS city,
    city.country_code,
    network.name AS network,
    claim.evidence.text AS evidence,
    document.title,
    document.publisher,
    document.published,
    document.url
FROM change
LEFT JOIN city USING (city_id)
LEFT JOIN network USING (network_id)
LEFT JOIN claim USING (claim_id)
LEFT JOIN document USING (document_id)
WHERE change.changed_at >= $since::TIMESTAMP
ORDER BY change.changed_at, network.name, city.name, change.role, change.change_id;
