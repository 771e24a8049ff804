-- Rows of the networks that a person accepted, and of the cities and networks that judgements name and that
-- neither a reference row nor a claim describes. A row of the catalogue comes first.

CREATE OR REPLACE TEMP TABLE accepted_network AS
SELECT
    object_id AS network_id,
    map_extract(details, 'name')[1] AS name,
    nullif(map_extract(details, 'acronym')[1], '') AS acronym,
    nullif(map_extract(details, 'scope')[1], '') AS scope,
    nullif(map_extract(details, 'theme')[1], '') AS theme,
    nullif(map_extract(details, 'founded')[1], '') AS founded,
    nullif(map_extract(details, 'ended')[1], '') AS ended,
    nullif(map_extract(details, 'successor_id')[1], '') AS successor_id,
    nullif(map_extract(details, 'website')[1], '') AS website
FROM standing_judgement
WHERE kind = 'new_network'
QUALIFY row_number() OVER (PARTITION BY object_id ORDER BY judged_at DESC, judgement_id) = 1;

UPDATE network SET
    name = fresh.name, acronym = fresh.acronym, scope = fresh.scope, theme = fresh.theme, founded = fresh.founded,
    ended = fresh.ended, successor_id = fresh.successor_id, website = fresh.website
FROM accepted_network AS fresh
WHERE fresh.network_id = network.network_id AND NOT network.is_reference
    AND (fresh.name, fresh.acronym, fresh.scope, fresh.theme, fresh.founded, fresh.ended, fresh.successor_id,
            fresh.website)
        IS DISTINCT FROM (network.name, network.acronym, network.scope, network.theme, network.founded,
            network.ended, network.successor_id, network.website);
-- What was accepted no more is known by its name only.
UPDATE network SET
    acronym = NULL, scope = NULL, theme = NULL, founded = NULL, ended = NULL, successor_id = NULL, website = NULL
WHERE NOT is_reference AND network_id NOT IN (SELECT network_id FROM accepted_network)
    AND coalesce(acronym, scope, theme, founded, ended, successor_id, website) IS NOT NULL;
INSERT INTO network BY NAME
SELECT *, false AS is_reference FROM accepted_network ANTI JOIN network USING (network_id) ORDER BY network_id;

-- Judgements that were imported may come before anything else that names their object: the id is its name then.
INSERT INTO network BY NAME
SELECT DISTINCT network_id, network_id AS name, false AS is_reference
FROM (
    SELECT object_id AS network_id FROM standing_judgement WHERE kind = 'same_network'
    UNION
    SELECT map_extract(details, 'network_id')[1] FROM standing_judgement WHERE kind = 'correct'
)
ANTI JOIN network USING (network_id)
WHERE network_id IS NOT NULL
ORDER BY network_id;

INSERT INTO city BY NAME
SELECT DISTINCT
    city_id,
    CASE WHEN starts_with(city_id, 'gn:') THEN TRY_CAST(city_id[4:] AS BIGINT) END AS geonameid,
    coalesce(nullif(regexp_extract(city_id, '^name:[^:]*:(.+)$', 1), ''), city_id) AS name,
    nullif(regexp_extract(city_id, '^name:([A-Z]{2}):', 1), '') AS country_code,
    false AS is_reference
FROM (
    SELECT object_id AS city_id FROM standing_judgement WHERE kind = 'same_city'
    UNION
    SELECT map_extract(details, 'city_id')[1] FROM standing_judgement WHERE kind = 'correct'
)
ANTI JOIN city USING (city_id)
WHERE city_id IS NOT NULL
ORDER BY city_id;
