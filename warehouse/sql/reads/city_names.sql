-- The names of the cities with claims: their own first, then as texts write them.
-- `used` counts present memberships, so that of two cities with one name the better known comes first.
WITH used AS (
    SELECT city_id, count(*) AS used FROM membership WHERE superseded_at IS NULL GROUP BY city_id
),
named AS (
    SELECT city_id, name, 0 AS rank FROM city
    UNION
    SELECT city_id, claim.city.mention, 1 FROM claim
)
SELECT
    fold(named.name) AS folded,
    named.city_id AS id,
    city.name || coalesce(', ' || city.country_code, '') AS label,
    min(named.rank) AS rank,
    coalesce(used.used, 0) AS used,
    city.population
FROM named
JOIN city USING (city_id)
LEFT JOIN used USING (city_id)
WHERE used.used > 0 OR named.city_id IN (SELECT city_id FROM claim)
GROUP BY ALL
ORDER BY rank, used DESC, population DESC NULLS LAST, id;
