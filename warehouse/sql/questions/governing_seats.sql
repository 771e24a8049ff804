-- Which cities of a region hold seats in a network's governing bodies?
-- $network: the network: its id, name or acronym
-- $continent (optional): Africa, Asia, Europe, North America, Oceania or South America; all where it is not given
-- Example: hansa sql --named governing_seats --set network=uclg --set continent=Europe
SELECT
    held.city,
    country.name AS country,
    held.role,
    held.body,
    held.holder,
    held.since,
    held.last_confirmed_on
FROM membership_current AS held
JOIN role_rule USING (role)
LEFT JOIN country USING (country_code)
WHERE held.network_id = $network
    -- A committee's chair sits in its committee, not in the network's governing body.
    AND role_rule.is_office AND held.role <> 'committee_chair'
    AND ($continent IS NULL OR lower($continent) = CASE country.continent
        WHEN 'AF' THEN 'africa' WHEN 'AS' THEN 'asia' WHEN 'EU' THEN 'europe' WHEN 'NA' THEN 'north america'
        WHEN 'OC' THEN 'oceania' WHEN 'SA' THEN 'south america' END)
ORDER BY role_rule.is_exclusive DESC, held.role, held.city, held.body;
