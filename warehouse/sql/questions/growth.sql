-- How did a network grow, year by year? Without a network: all networks together.
-- $network (optional): the network: its id, name or acronym
-- Example: hansa sql --named growth --set network=eurocities
SELECT
    year,
    CAST(sum(members) AS BIGINT) AS memberships,
    CAST(sum(joined) AS BIGINT) AS joined,
    CAST(sum(left_network) AS BIGINT) AS left_network,
    count(*) FILTER (WHERE members > 0) AS networks
FROM network_growth
WHERE $network IS NULL OR network_id = $network
GROUP BY year
ORDER BY year;
