-- The spells of the city $city_id in the network $network_id, with the document of the best claim
-- and the complete list, if one ended it.
SELECT
    membership.*,
    document.title AS best_title,
    document.publisher AS best_publisher,
    document.authority AS best_authority,
    document.published AS best_published,
    document.url AS best_url,
    document.name AS best_document,
    claim.status AS best_status,
    claim.city_id <> membership.city_id AS is_succession,
    claim.city.name AS best_city,
    list.source AS missing_from,
    part.is_continued,
    CASE WHEN membership.status = 'ended' AND membership.until = network.ended THEN network.ended END AS network_ended
FROM membership
JOIN role_rule USING (role)
JOIN network USING (network_id)
LEFT JOIN believed_claim AS claim ON claim.claim_id = membership.best_claim_id
LEFT JOIN document USING (document_id)
LEFT JOIN (
    SELECT membership_list.membership_id, min(complete_list.source) AS source
    FROM membership_list
    JOIN complete_list USING (list_id)
    GROUP BY membership_list.membership_id
) AS list ON list.membership_id = membership.membership_id
LEFT JOIN (
    SELECT membership_id, bool_or(part = 'continues') AS is_continued FROM membership_claim GROUP BY membership_id
) AS part ON part.membership_id = membership.membership_id
WHERE membership.superseded_at IS NULL
    AND membership.city_id = $city_id AND membership.network_id = $network_id
ORDER BY
    CASE membership.status WHEN 'current' THEN 0 WHEN 'planned' THEN 1 WHEN 'stale' THEN 2 ELSE 3 END,
    role_rule.grade DESC, membership.role, membership.valid_from DESC, membership.membership_id;
