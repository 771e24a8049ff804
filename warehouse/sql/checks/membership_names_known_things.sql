-- Every membership names a city and a network that have a row.
SELECT membership_id, city_id, network_id
FROM membership
WHERE city_id NOT IN (SELECT city_id FROM city) OR network_id NOT IN (SELECT network_id FROM network);
