-- Who is a member of a network on a day?
-- $network: the network: its id, name or acronym
-- $day (optional): 2021, 2021-06 or 2021-06-30; today where it is not given
-- Example: hansa sql --named members --set network=uclg --set day=2021-06-30
SELECT
    city.name AS city,
    city.country_code,
    list(DISTINCT held.role ORDER BY held.role) AS roles,
    min(held.since) AS since,
    bool_and(held.is_inferred) AS is_inferred,
    max(held.last_confirmed_on) AS last_confirmed_on,
    round(max(held.confidence), 2) AS confidence
FROM membership_as_of(coalesce(CAST($day AS DATE), current_date)) AS held
JOIN role_rule USING (role)
JOIN city USING (city_id)
WHERE held.network_id = $network AND role_rule.is_membership
GROUP BY held.city_id, city.name, city.country_code
ORDER BY city.country_code, city.name;
