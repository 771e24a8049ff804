-- Which cities share most networks with a city?
-- $city: the city: Nantes, or York, GB
-- Example: hansa sql --named co_members --set city=Oslo
WITH belongs AS (SELECT city_id, network_id FROM city_network_grade WHERE is_member)
SELECT
    city.name AS city,
    city.country_code,
    count(*) AS shared,
    list(network.name ORDER BY network.name) AS networks
FROM belongs AS own
JOIN belongs AS other ON other.network_id = own.network_id AND other.city_id <> own.city_id
JOIN city ON city.city_id = other.city_id
JOIN network ON network.network_id = own.network_id
WHERE own.city_id = $city
GROUP BY other.city_id, city.name, city.country_code
ORDER BY shared DESC, city, country_code;
