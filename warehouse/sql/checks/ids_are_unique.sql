-- An id names one row.
SELECT 'city' AS table_name, city_id AS id, count(*) AS rows FROM city GROUP BY city_id HAVING count(*) > 1
UNION ALL
SELECT 'network', network_id, count(*) FROM network GROUP BY network_id HAVING count(*) > 1
UNION ALL
SELECT 'document', document_id, count(*) FROM document GROUP BY document_id HAVING count(*) > 1
UNION ALL
SELECT 'claim', claim_id, count(*) FROM claim GROUP BY claim_id HAVING count(*) > 1
UNION ALL
SELECT 'finding', finding_id, count(*) FROM finding GROUP BY finding_id HAVING count(*) > 1
UNION ALL
SELECT 'change', change_id, count(*) FROM change GROUP BY change_id HAVING count(*) > 1;
