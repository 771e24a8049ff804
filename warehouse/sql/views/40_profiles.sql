-- Dashboards: cities, networks, countries, years.

-- A city's grade in a network: 0 none, 1 observer, 2 full member, 3 privileged (holds an office);
-- +1 for a founder, +2 for the host of the secretariat.
CREATE OR REPLACE VIEW city_network_grade AS
SELECT
    city_id,
    network_id,
    max(grade)
        + CASE WHEN bool_or(role = 'founding_member') THEN 1 ELSE 0 END
        + CASE WHEN bool_or(role = 'secretariat_host') THEN 2 ELSE 0 END AS grade,
    bool_or(is_membership OR is_inferred) AS is_member,
    bool_or(is_office) AS holds_office,
    list(DISTINCT role ORDER BY role) AS roles
FROM membership
JOIN role_rule USING (role)
WHERE superseded_at IS NULL AND status = 'current'
GROUP BY city_id, network_id;

CREATE OR REPLACE VIEW city_profile AS
SELECT
    city.city_id,
    city.name AS city,
    city.country_code,
    city.latitude,
    city.longitude,
    city.population,
    count(*) FILTER (WHERE city_network_grade.is_member) AS memberships,
    count(*) FILTER (WHERE list_contains(city_network_grade.roles, 'observer')) AS observerships,
    count(*) FILTER (WHERE city_network_grade.holds_office) AS networks_with_office,
    count(*) FILTER (WHERE list_contains(city_network_grade.roles, 'founding_member')) AS networks_founded,
    count(*) FILTER (WHERE list_contains(city_network_grade.roles, 'secretariat_host')) AS secretariats_hosted,
    CAST(sum(city_network_grade.grade) AS BIGINT) AS grade_index
FROM city_network_grade
JOIN city USING (city_id)
GROUP BY ALL;

CREATE OR REPLACE VIEW network_profile AS
SELECT
    network.network_id,
    network.name AS network,
    network.acronym,
    network.scope,
    network.theme,
    count(DISTINCT membership.city_id) FILTER (WHERE role_rule.is_membership) AS members,
    count(DISTINCT city.country_code) FILTER (WHERE role_rule.is_membership) AS countries,
    count(DISTINCT membership.city_id) FILTER (WHERE membership.role = 'observer') AS observers,
    count(*) FILTER (WHERE role_rule.is_office) AS offices,
    list(DISTINCT city.name ORDER BY city.name) FILTER (WHERE membership.role IN ('chair', 'co_chair')) AS chaired_by,
    list(DISTINCT city.name ORDER BY city.name) FILTER (WHERE membership.role = 'secretariat_host') AS secretariat_in,
    max(membership.last_confirmed_on) AS last_confirmed_on
FROM network
LEFT JOIN membership
    ON membership.network_id = network.network_id
    AND membership.superseded_at IS NULL
    AND membership.status = 'current'
LEFT JOIN role_rule ON role_rule.role = membership.role
LEFT JOIN city ON city.city_id = membership.city_id
GROUP BY ALL;

-- A row for every country and every network that has a current member anywhere: 0 where the country has none.
CREATE OR REPLACE VIEW country_coverage AS
WITH member AS (
    SELECT DISTINCT network_id, city_id, country_code
    FROM membership_current
    JOIN role_rule USING (role)
    WHERE role_rule.is_membership
)
SELECT
    network.network_id,
    network.name AS network,
    country.country_code,
    country.name AS country,
    country.is_oecd,
    count(member.city_id) AS members
FROM network
SEMI JOIN member AS covered ON covered.network_id = network.network_id
CROSS JOIN country
LEFT JOIN member ON member.network_id = network.network_id AND member.country_code = country.country_code
GROUP BY ALL;

-- Members at the end of each year, from the first spell to the year of the last refresh; `joined` and
-- `left_network` count only those whose year a text states.
CREATE OR REPLACE VIEW network_growth AS
WITH spell AS (
    SELECT membership.*
    FROM membership
    JOIN role_rule USING (role)
    WHERE superseded_at IS NULL AND status <> 'planned' AND role_rule.is_membership AND valid_from IS NOT NULL
),
span AS (
    SELECT
        network_id,
        min(year(valid_from)) AS first_year,
        (SELECT max(year(recorded_at)) FROM membership) AS last_year
    FROM spell
    GROUP BY network_id
),
calendar AS (
    SELECT network_id, unnest(generate_series(first_year, last_year)) AS year FROM span
)
SELECT
    calendar.network_id,
    network.name AS network,
    calendar.year,
    count(DISTINCT spell.city_id) FILTER (
        WHERE spell.valid_to IS NULL OR spell.valid_to >= make_date(calendar.year, 12, 31)
    ) AS members,
    count(DISTINCT spell.city_id) FILTER (
        WHERE spell.since IS NOT NULL AND year(spell.valid_from) = calendar.year
    ) AS joined,
    count(DISTINCT spell.city_id) FILTER (
        WHERE spell.until IS NOT NULL AND spell.status = 'ended' AND year(spell.valid_to) = calendar.year
            -- Nobody leaves a network by its end.
            AND spell.until IS DISTINCT FROM network.ended
    ) AS left_network
FROM calendar
JOIN network USING (network_id)
JOIN spell ON spell.network_id = calendar.network_id AND spell.valid_from <= make_date(calendar.year, 12, 31)
GROUP BY ALL;
