-- What waits for a person.

-- Networks that texts name and the catalogue lacks, with what speaks for them and a guess at the area they cover:
-- one country if two of its cities are named, else the continent or the world.
CREATE OR REPLACE VIEW unknown_network AS
WITH waiting AS (
    SELECT admitted_claim.*, city.country_code, country.continent
    FROM admitted_claim
    LEFT JOIN city USING (city_id)
    LEFT JOIN country USING (country_code)
    WHERE starts_with(admitted_claim.network_id, 'new:')
),
counted AS (
    SELECT
        network_id,
        list(DISTINCT waiting.network.mention ORDER BY waiting.network.mention) AS mentions,
        count(*) AS claims,
        count(DISTINCT document_id) AS documents,
        count(DISTINCT city_id) AS cities,
        list(DISTINCT country_code ORDER BY country_code) FILTER (WHERE country_code IS NOT NULL) AS countries,
        list(DISTINCT continent ORDER BY continent) FILTER (WHERE continent IS NOT NULL) AS continents
    FROM waiting
    GROUP BY network_id
),
held AS (
    SELECT network_id, count(*) AS memberships FROM membership WHERE superseded_at IS NULL GROUP BY network_id
)
SELECT
    counted.network_id,
    network.name AS network,
    counted.mentions,
    coalesce(held.memberships, 0) AS memberships,
    counted.claims,
    counted.documents,
    counted.cities,
    coalesce(counted.countries, []) AS countries,
    CASE
        WHEN len(counted.countries) = 1 AND counted.cities > 1 THEN 'national ' || counted.countries[1]
        WHEN counted.continents = ['EU'] THEN 'Europe'
        WHEN counted.continents = ['AF'] THEN 'Africa'
        WHEN counted.continents = ['AS'] THEN 'Asia'
        WHEN counted.continents = ['OC'] THEN 'Oceania'
        WHEN counted.continents = ['NA'] THEN 'North America'
        WHEN counted.continents = ['SA'] THEN 'South America'
        WHEN counted.continents = ['NA', 'SA'] THEN 'Americas'
        WHEN counted.continents = ['AS', 'OC'] THEN 'Asia-Pacific'
        WHEN len(counted.continents) > 1 THEN 'global'
    END AS scope_guess
FROM counted
JOIN network USING (network_id)
LEFT JOIN held USING (network_id);
