-- What is stale: offices not confirmed within the usual term, and memberships that no source has confirmed for years?
-- $years (optional): of memberships; 5 where it is not given
-- Example: hansa sql --named unconfirmed --set years=3
SELECT
    network.name AS network, city.name AS city, city.country_code, role, body, holder, status, last_confirmed_on, sources,
    confidence
FROM membership
JOIN city USING (city_id)
JOIN network USING (network_id)
JOIN role_rule USING (role)
WHERE membership.superseded_at IS NULL AND NOT role_rule.is_event AND (
    status = 'stale'
    OR (status = 'current'
        AND last_day_of(last_confirmed_on) < current_date - to_years(coalesce(CAST($years AS INTEGER), 5)))
)
ORDER BY last_confirmed_on, network, city, role, body;
