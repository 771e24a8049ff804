-- The spells in the network $id, present belief: what holds first, the highest office first.
SELECT membership.*, city.name AS city, city.country_code
FROM membership
JOIN city USING (city_id)
JOIN role_rule USING (role)
WHERE membership.superseded_at IS NULL AND membership.network_id = $id
ORDER BY
    CASE membership.status WHEN 'current' THEN 0 WHEN 'planned' THEN 1 WHEN 'stale' THEN 2 ELSE 3 END,
    role_rule.grade DESC, membership.role, city.name, membership.valid_from DESC, membership.membership_id;
