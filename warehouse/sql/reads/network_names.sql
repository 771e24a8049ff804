-- The names of all networks: id, name and acronym first, then as texts write them.
WITH used AS (
    SELECT network_id, count(*) AS used FROM membership WHERE superseded_at IS NULL GROUP BY network_id
),
named AS (
    SELECT network_id, name, 0 AS rank FROM network
    UNION
    SELECT network_id, acronym, 0 FROM network
    UNION
    SELECT network_id, network_id, 0 FROM network
    UNION
    SELECT network_id, claim.network.mention, 1 FROM claim
)
SELECT
    fold(named.name) AS folded,
    named.network_id AS id,
    network.name AS label,
    min(named.rank) AS rank,
    coalesce(used.used, 0) AS used
FROM named
JOIN network USING (network_id)
LEFT JOIN used USING (network_id)
WHERE fold(named.name) <> ''
GROUP BY ALL
ORDER BY rank, used DESC, id;
