-- How many members does a network have in each OECD country? Those that have none come first.
-- $network: the network: its id, name or acronym
-- Example: hansa sql --named oecd_coverage --set network=c40
SELECT country.name AS country, country.country_code, count(DISTINCT current.city_id) AS members
FROM country
LEFT JOIN (
    SELECT city_id, country_code
    FROM membership_current
    JOIN role_rule USING (role)
    WHERE role_rule.is_membership AND network_id = $network
) AS current USING (country_code)
WHERE country.is_oecd
GROUP BY country.name, country.country_code
ORDER BY members, country;
