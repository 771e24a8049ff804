-- What has an id that begins with $prefix, with the kind of thing that it is.
SELECT 'conflict' AS kind, conflict_id AS id FROM conflict WHERE starts_with(conflict_id, $prefix)
UNION
SELECT 'finding', finding_id FROM finding WHERE starts_with(finding_id, $prefix)
UNION
SELECT 'judgement', judgement_id FROM judgement WHERE starts_with(judgement_id, $prefix)
UNION
SELECT 'claim', claim_id FROM claim WHERE starts_with(claim_id, $prefix)
UNION
SELECT 'network', network_id FROM network WHERE network_id = $prefix
UNION
SELECT 'city', city_id FROM city WHERE city_id = $prefix
ORDER BY ALL
LIMIT 5;
