-- The spells of the city $id, present belief: what holds first, the highest office first.
SELECT membership.*, network.name AS network, network.acronym
FROM membership
JOIN network USING (network_id)
JOIN role_rule USING (role)
WHERE membership.superseded_at IS NULL AND membership.city_id = $id
ORDER BY
    CASE membership.status WHEN 'current' THEN 0 WHEN 'planned' THEN 1 WHEN 'stale' THEN 2 ELSE 3 END,
    network.name, role_rule.grade DESC, membership.valid_from DESC, membership.membership_id;
