-- The open conflicts on the city $city_id in the network $network_id.
SELECT * FROM conflict
WHERE city_id = $city_id AND network_id = $network_id
ORDER BY opened_at, conflict_id;
