-- Made-up claims for `benchmarks/registry.py`, which sets the variables. Draws are hashes of a claim's number and a word:
-- the same on any machine and in any version. Read on a warehouse that has claims already, it adds others.

CREATE OR REPLACE TEMP MACRO draw(number, word) AS (md5_number_lower(number || word) % 1000000) / 1000000;
CREATE OR REPLACE TEMP MACRO pick(number, word, options) AS
    options[1 + CAST(floor(draw(number, word) * len(options)) AS INTEGER)];
CREATE OR REPLACE TEMP MACRO some_day(number, word) AS
    strftime(DATE '2010-01-01' + CAST(floor(draw(number, word) * 5900) AS INTEGER), '%Y-%m-%d');
CREATE OR REPLACE TEMP MACRO some_date(number, word) AS
    some_day(number, word)[:pick(number, word || 'length', [4, 7, 10])];
INSERT INTO city
SELECT
    'gn:' || number, number, 'City ' || number, pick(number, 'country', ['FR', 'NO', 'IT', 'DE', 'PE']), 1, 1, 1, true
FROM range(1, getvariable('cities') + 1) AS t(number)
WHERE number NOT IN (SELECT geonameid FROM city);
INSERT INTO network BY NAME
SELECT 'network-' || number AS network_id, 'Network ' || number AS name, true AS is_reference
FROM range(getvariable('networks')) AS t(number)
WHERE 'network-' || number NOT IN (SELECT network_id FROM network);

-- Some networks are far larger than others, and what is claimed of a city in a network is claimed about four times.
CREATE OR REPLACE TEMP TABLE made AS
WITH paired AS (
    SELECT
        number,
        CAST(floor(draw(number, 'pair') * getvariable('pairs')) AS BIGINT) AS pair,
        getvariable('first_document') + CAST(floor(draw(number, 'document') * getvariable('documents')) AS BIGINT)
            AS document_number
    FROM range(getvariable('first'), getvariable('first') + getvariable('claims')) AS t(number)
),
told AS (
    SELECT
        *,
        CAST(1 + floor(draw(pair, 'city') * getvariable('cities')) AS BIGINT) AS city,
        CAST(floor(pow(draw(pair, 'network'), 2) * getvariable('networks')) AS BIGINT) AS network,
        pick(number, 'role', [
            'member', 'member', 'member', 'member', 'member', 'member', 'member', 'member', 'member', 'member',
            'founding_member', 'signatory', 'signatory', 'participant', 'board_member', 'board_member', 'vice_chair',
            'event_host', 'secretariat_host', pick(number, 'chair', ['chair', 'member', 'member', 'member'])
        ]) AS role
    FROM paired
)
SELECT
    *,
    pick(number, 'status', [
        'current', 'current', 'current', 'current', 'current', 'current', 'current', 'current', 'ended', 'planned'
    ]) AS status,
    CASE WHEN draw(number, 'has since') < 0.3 THEN some_date(number, 'since') END AS since,
    CASE WHEN draw(number, 'has until') < 0.1 THEN some_date(number, 'until') END AS until,
    CASE WHEN draw(number, 'style') < 0.6 THEN 'City ' || city || ', row ' || number
        ELSE 'At the assembly of ' || number || ' delegates in the autumn, City ' || city || ' was confirmed as ' || role
            || ' of Network ' || network || ' for the coming years, as its mayor number ' || number || ' had hoped.'
    END AS evidence
FROM told;
CREATE OR REPLACE TEMP TABLE laid AS
SELECT
    *,
    CAST(sum(length(evidence) + 1) OVER (PARTITION BY document_number ORDER BY number) AS BIGINT) - length(evidence) - 1
        AS position
FROM made;
INSERT INTO document BY NAME
SELECT
    sha256('document ' || document_number) AS document_id, 'Document ' || document_number AS title,
    'Publisher ' || CAST(floor(draw(document_number, 'publisher') * 2000) AS BIGINT) AS publisher,
    pick(document_number, 'authority', ['network', 'city', 'news', 'news', 'news', 'academic', 'other']) AS authority,
    some_date(document_number, 'published') AS published, TIMESTAMP '2026-05-01' AS fetched_at, 'news' AS kind,
    'en' AS language, 'document ' || document_number AS name, sum(length(evidence) + 1) AS characters,
    sha256('words ' || document_number) AS words_hash, 'made' AS run_id
FROM laid
GROUP BY document_number;
INSERT INTO document_text
SELECT sha256('document ' || document_number), string_agg(evidence, chr(10) ORDER BY number) FROM laid GROUP BY ALL;
INSERT INTO claim BY NAME
SELECT
    sha256('claim ' || number) AS claim_id, sha256('document ' || document_number) AS document_id,
    'gn:' || city AS city_id, 'network-' || network AS network_id, 'document ' || document_number AS document,
    {'name': 'City ' || city, 'country': 'FR', 'geonameid': city, 'mention': 'City ' || city} AS city,
    {'id': 'network-' || network, 'name': 'Network ' || network, 'mention': 'the network'} AS network,
    role, status, since, until,
    CASE WHEN role IN ('board_member', 'event_host') THEN pick(number, 'body', ['Council', 'Section', 'Bureau', NULL]) END
        AS body,
    CASE WHEN role IN ('chair', 'vice_chair') THEN pick(number, 'holder', ['Ada Alba', 'Bo Berg', NULL]) END AS holder,
    {'text': evidence, 'start': position, 'end': position + length(evidence), 'page': NULL} AS evidence,
    -- Above least_confidence(), so that all claims count and are worked on.
    0.86 + 0.13 * draw(number, 'confidence') AS confidence, 'made/1' AS found_by, '1' AS extractor_version,
    TIMESTAMP '2026-05-01' AS extracted_at, 'made' AS run_id
FROM laid;
INSERT INTO claim_reading
SELECT sha256('document ' || document_number), '1', TIMESTAMP '2026-05-01', count(*), 'made'
FROM laid GROUP BY document_number;
DROP TABLE made;
DROP TABLE laid;
