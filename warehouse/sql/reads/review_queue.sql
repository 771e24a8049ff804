-- What needs a person, by consequence: how many present memberships, and how many claims, hang on it. A conflict
-- on whether a city is a member hangs over all that it is in the network. Of claims that are too unsure to count those
-- are listed that would change what is believed, alike ones once, by the surest: an end or a denial would change what
-- is held, anything else would add a membership.
WITH present AS (
    SELECT * FROM membership WHERE superseded_at IS NULL
),
pair AS (
    SELECT city_id, network_id, count(*) AS memberships FROM present GROUP BY ALL
),
conflict_item AS (
    SELECT
        NULL::DOUBLE AS confidence,
        'conflict' AS kind,
        conflict.conflict_id AS id,
        conflict.kind AS what,
        city.name || ': ' || conflict.role || ' of ' || network.name AS subject,
        CASE WHEN conflict.kind = 'chair' THEN 2 WHEN role_rule.is_membership THEN pair.memberships ELSE 1 END
            AS memberships,
        present.claims + 1 AS claims,
        conflict.opened_at AS met_at
    FROM conflict
    JOIN present USING (membership_id)
    JOIN pair ON pair.city_id = conflict.city_id AND pair.network_id = conflict.network_id
    JOIN role_rule ON role_rule.role = conflict.role
    JOIN city ON city.city_id = conflict.city_id
    JOIN network ON network.network_id = conflict.network_id
    -- Two chairs at a time are told from either side.
    WHERE conflict.kind <> 'chair' OR conflict.claim_id < conflict.opposing_claim_id
),
network_item AS (
    SELECT NULL, 'network', network_id, 'unknown_network', network, memberships, claims,
        (SELECT min(extracted_at) FROM claim WHERE claim.network_id = unknown_network.network_id)
    FROM unknown_network
),
city_item AS (
    SELECT
        NULL, 'city', claim.city_id, 'unresolved_city',
        any_value(city.name) || coalesce(', ' || any_value(city.country_code), ''),
        (SELECT count(*) FROM present WHERE present.city_id = claim.city_id),
        count(*), min(claim.extracted_at)
    FROM admitted_claim AS claim
    JOIN city USING (city_id)
    WHERE starts_with(claim.city_id, 'name:')
    GROUP BY claim.city_id
),
doubtful AS (
    SELECT
        city_id, network_id, role, status,
        max(confidence) AS confidence,
        arg_max(claim_id, (confidence, claim_id)) AS claim_id,
        arg_max(starts_with(found_by, 'member_lists/'), (confidence, claim_id)) AS is_listed,
        count(*) AS claims,
        min(extracted_at) AS met_at
    FROM doubtful_claim
    -- The network waits itself, with all its claims.
    WHERE NOT starts_with(network_id, 'new:')
    GROUP BY ALL
),
doubtful_item AS (
    SELECT
        doubtful.confidence,
        'claim',
        doubtful.claim_id,
        -- A row of a list that a source explains is in doubt only as to which place of that name it means, unless its
        -- role or status is not known, which makes it worth 0.
        if(doubtful.is_listed AND doubtful.confidence > 0, 'doubtful_place', 'doubtful'),
        city.name || ': ' || doubtful.role || ' of ' || network.name
            || CASE doubtful.status WHEN 'current' THEN '' ELSE ', ' || doubtful.status END,
        CASE WHEN known.is_held AND role_rule.is_membership THEN pair.memberships ELSE 1 END,
        doubtful.claims,
        doubtful.met_at
    FROM doubtful
    JOIN role_rule ON role_rule.role = doubtful.role
    JOIN city ON city.city_id = doubtful.city_id
    JOIN network ON network.network_id = doubtful.network_id
    LEFT JOIN pair ON pair.city_id = doubtful.city_id AND pair.network_id = doubtful.network_id
    LEFT JOIN (
        SELECT city_id, network_id, role, bool_or(status <> 'ended') AS is_held FROM present GROUP BY ALL
    ) AS known
        ON known.city_id = doubtful.city_id AND known.network_id = doubtful.network_id AND known.role = doubtful.role
    WHERE CASE
        WHEN known.is_held IS NULL THEN doubtful.status <> 'denied'
        ELSE known.is_held AND doubtful.status IN ('ended', 'denied')
    END
),
-- What an unknown network or city has claims of waits under its own name above; what was accepted is done with,
-- and so is an input that could not be had then and was read since.
open_finding AS (
    SELECT finding.*
    FROM finding
    WHERE finding.finding_id NOT IN (SELECT subject_id FROM standing_judgement WHERE kind = 'accept')
        AND NOT (finding.kind = 'unknown_network' AND finding.subject IN (
            SELECT claim.network.name FROM claim WHERE starts_with(network_id, 'new:')))
        AND NOT (finding.kind = 'unresolved_city' AND finding.subject IN (
            SELECT unnest([claim.city.name, claim.city.mention]) FROM claim WHERE starts_with(city_id, 'name:')))
        AND NOT (finding.kind IN ('unreachable', 'unreadable') AND EXISTS (
            SELECT 1 FROM document
            WHERE (document.name = finding.subject OR document.url = finding.subject)
                AND document.fetched_at > finding.found_at))
),
read_from AS (
    SELECT open_finding.finding_id, document.document_id
    FROM open_finding
    JOIN document ON document.document_id = open_finding.document_id
        OR document.url = open_finding.subject OR document.name = open_finding.subject
        OR (open_finding.kind = 'expectation' AND document.source = open_finding.source)
),
finding_item AS (
    SELECT NULL, 'finding', open_finding.finding_id, open_finding.kind, open_finding.message,
        count(DISTINCT membership_claim.membership_id), count(DISTINCT claim.claim_id), open_finding.found_at
    FROM open_finding
    LEFT JOIN read_from USING (finding_id)
    LEFT JOIN believed_claim AS claim ON claim.document_id = read_from.document_id
    LEFT JOIN membership_claim ON membership_claim.claim_id = claim.claim_id
    GROUP BY ALL
)
SELECT * EXCLUDE (confidence)
FROM (
    SELECT * FROM conflict_item
    UNION ALL SELECT * FROM network_item
    UNION ALL SELECT * FROM city_item
    UNION ALL SELECT * FROM finding_item
    UNION ALL SELECT * FROM doubtful_item
)
ORDER BY memberships DESC, claims DESC, kind = 'claim', kind, confidence DESC, subject, id;
