-- How many members does each network count itself, and how many does the registry know?
-- Example: hansa sql --named member_counts
SELECT
    network_profile.network,
    network.members_claimed AS claimed,
    network.members_claimed_on AS claimed_on,
    network_profile.members AS listed,
    round(network_profile.members / nullif(network.members_claimed, 0), 2) AS share
FROM network_profile
JOIN network USING (network_id)
WHERE network.members_claimed IS NOT NULL OR network_profile.members > 0
ORDER BY claimed DESC NULLS LAST, listed DESC, network_profile.network;
