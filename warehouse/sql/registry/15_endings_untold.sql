-- What ends without anybody saying so: who is missing from a complete list, and what a network's own end ends. Each
-- becomes a row of `evidence`, with the status 'absent' or 'dissolved': it stands for no claim, so its claim_id is made
-- up of the list, or the network, and the line; `absence` knows which list it was.

CREATE OR REPLACE TEMP TABLE listed AS
SELECT DISTINCT edition_part.list_id, evidence.city_id
FROM edition_part
JOIN evidence USING (document_id, network_id)
WHERE evidence.status = 'current'
UNION
FROM perhaps_listed;

-- The first list after each time that the role was held says that it is over; later ones say nothing new.
CREATE OR REPLACE TEMP TABLE absence AS
WITH line AS (
    SELECT DISTINCT line_id, city_id, network_id, role, body_key, is_event, is_exclusive, is_per_body
    FROM evidence
    WHERE status = 'current' AND NOT is_event
),
-- A list without a date that was seen again, the same to the byte, after another that lacked the city: its claims are
-- still told when it was first seen, so the days of the list say that the role is held.
seen_again AS (
    SELECT evidence.line_id, evidence.stated, list.source, max(first_day_of(edition.stated_on)) AS seen_on
    FROM evidence
    JOIN edition_part USING (document_id, network_id)
    JOIN edition USING (list_id, network_id)
    JOIN complete_list AS list ON list.list_id = edition.list_id
    WHERE evidence.status = 'current'
    GROUP BY ALL
),
missing AS (
    SELECT line.*, edition.list_id, edition.stated_on, edition.standing, first_day_of(edition.stated_on) AS stated
    FROM edition
    JOIN complete_list AS list ON list.list_id = edition.list_id
    JOIN line ON line.network_id = edition.network_id
    SEMI JOIN list_scope ON list_scope.list_id = edition.list_id AND list_scope.role = line.role
    ANTI JOIN listed ON listed.list_id = edition.list_id AND listed.city_id = line.city_id
    ANTI JOIN seen_again AS again ON again.line_id = line.line_id AND again.source = list.source
        AND again.stated < first_day_of(edition.stated_on) AND again.seen_on > first_day_of(edition.stated_on)
),
held AS (
    SELECT DISTINCT line_id, stated FROM evidence WHERE status = 'current' AND NOT is_event
)
SELECT
    md5(concat_ws(chr(31), missing.list_id, missing.line_id)) AS absence_id,
    missing.*,
    held.stated AS held_to
FROM missing
ASOF JOIN held ON held.line_id = missing.line_id AND missing.stated > held.stated
QUALIFY row_number() OVER (
    PARTITION BY missing.line_id, held.stated, missing.standing ORDER BY missing.stated, missing.list_id
) = 1;

INSERT INTO evidence BY NAME
SELECT
    absence_id AS claim_id, line_id, city_id, network_id, role, body_key, is_event, is_exclusive, is_per_body,
    'absent' AS status, stated_on AS until, standing, stated_on, stated, last_day_of(stated_on) AS stated_last,
    stated - 1 AS until_on, 0 AS confidence
FROM absence;

INSERT INTO evidence BY NAME
SELECT
    md5(concat_ws(chr(31), 'dissolved', line.network_id, line.line_id)) AS claim_id, line.*, 'dissolved' AS status,
    over.ended AS until, 0 AS standing, over.ended AS stated_on, over.ended_on AS stated, over.ended_on AS stated_last,
    over.ended_on AS until_on, 0 AS confidence
FROM (
    SELECT DISTINCT line_id, city_id, network_id, role, body_key, is_event, is_exclusive, is_per_body
    FROM evidence
    WHERE status = 'current' AND NOT is_event
) AS line
JOIN network_over AS over USING (network_id);
