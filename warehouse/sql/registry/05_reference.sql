-- Cities and networks that claims name and that no reference row describes. The name that most claims
-- give is kept, so that the order of the claims does not matter.

CREATE OR REPLACE TEMP TABLE named_city AS
SELECT city_id, name, country_code
FROM (
    SELECT city_id, claim.city.name AS name, claim.city.country AS country_code, claim.city.geonameid AS geonameid, count(*) AS times
    FROM claim
    ANTI JOIN (SELECT city_id FROM city WHERE is_reference) AS described USING (city_id)
    GROUP BY ALL
)
QUALIFY row_number() OVER (PARTITION BY city_id ORDER BY times DESC, country_code NULLS LAST, name) = 1;

UPDATE city SET name = named_city.name, country_code = named_city.country_code
FROM named_city
WHERE named_city.city_id = city.city_id
    AND (named_city.name, named_city.country_code) IS DISTINCT FROM (city.name, city.country_code);
INSERT INTO city BY NAME
SELECT
    city_id,
    CASE WHEN starts_with(city_id, 'gn:') THEN CAST(city_id[4:] AS BIGINT) END AS geonameid,
    name, country_code, false AS is_reference
FROM named_city
ANTI JOIN city USING (city_id)
ORDER BY city_id;

CREATE OR REPLACE TEMP TABLE named_network AS
SELECT network_id, name
FROM (
    SELECT network_id, claim.network.name AS name, count(*) AS times
    FROM claim
    ANTI JOIN (SELECT network_id FROM network WHERE is_reference) AS described USING (network_id)
    GROUP BY ALL
)
QUALIFY row_number() OVER (PARTITION BY network_id ORDER BY times DESC, name) = 1;

UPDATE network SET name = named_network.name
FROM named_network
WHERE named_network.network_id = network.network_id
    AND named_network.name <> network.name;
INSERT INTO network BY NAME
SELECT network_id, name, false AS is_reference
FROM named_network
ANTI JOIN network USING (network_id)
ORDER BY network_id;
