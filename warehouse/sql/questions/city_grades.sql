-- What is a city's grade in each network: 0 none, 1 observer, 2 full member, 3 privileged; +1 founder, +2 host?
-- $city: the city: Nantes, or York, GB
-- Example: hansa sql --named city_grades --set city=Bonn
SELECT network.name AS network, coalesce(held.grade, 0) AS grade, held.roles
FROM network
LEFT JOIN (SELECT * FROM city_network_grade WHERE city_id = $city) AS held USING (network_id)
WHERE held.city_id IS NOT NULL OR network.network_id IN (SELECT network_id FROM membership_current)
ORDER BY grade DESC, network;
