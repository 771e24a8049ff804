-- Which networks do a city's peers belong to, and it does not? Peers: the 20 cities that share most networks with it.
-- $city: the city: Nantes, or York, GB
-- Example: hansa sql --named peer_networks --set city=Oslo
WITH belongs AS (SELECT city_id, network_id FROM city_network_grade WHERE is_member),
peer AS (
    SELECT other.city_id, count(*) AS shared
    FROM belongs AS own
    JOIN belongs AS other ON other.network_id = own.network_id AND other.city_id <> own.city_id
    WHERE own.city_id = $city
    GROUP BY other.city_id
    ORDER BY shared DESC, other.city_id
    LIMIT 20
)
SELECT
    network.name AS network,
    count(*) AS peers,
    list(city.name ORDER BY peer.shared DESC, city.name) AS cities
FROM peer
JOIN belongs USING (city_id)
JOIN network USING (network_id)
JOIN city USING (city_id)
WHERE belongs.network_id NOT IN (SELECT network_id FROM belongs WHERE city_id = $city)
GROUP BY belongs.network_id, network.name
ORDER BY peers DESC, network;
