-- Belief is compared with the present rows of `membership` of the same groups: what differs is superseded, what is new
-- is recorded, and each difference that matters becomes a `change` with its cause.

CREATE OR REPLACE TEMP TABLE present AS
SELECT * EXCLUDE (recorded_at, superseded_at) FROM membership SEMI JOIN affected USING (city_id, network_id) WHERE superseded_at IS NULL;

CREATE OR REPLACE TEMP TABLE present_claim AS
SELECT * FROM membership_claim SEMI JOIN present USING (membership_id);

CREATE OR REPLACE TEMP TABLE difference AS
WITH was AS (SELECT present AS row, membership_id FROM present),
now_is AS (SELECT belief AS row, membership_id FROM belief)
SELECT membership_id, was.row AS was, now_is.row AS now_is
FROM was
FULL JOIN now_is USING (membership_id)
WHERE was.row IS DISTINCT FROM now_is.row;

-- Which claims came to stand behind a belief or no longer do, and why: the strongest reason names the cause.
CREATE OR REPLACE TEMP TABLE moved AS
WITH gone AS (SELECT * FROM present_claim ANTI JOIN belief_claim USING (membership_id, claim_id, part)),
come AS (SELECT * FROM belief_claim ANTI JOIN present_claim USING (membership_id, claim_id, part))
SELECT membership_id, claim_id, true AS is_new FROM come
UNION ALL
SELECT membership_id, claim_id, false FROM gone;

CREATE OR REPLACE TEMP TABLE reason AS
WITH judged_subject AS (
    SELECT judgement.subject_id
    FROM judgement
    WHERE (judgement_id IN (SELECT judgement_id FROM standing_judgement))
        <> (judgement_id IN (SELECT judgement_id FROM applied_judgement))
        AND judgement.kind <> 'withdraw'
),
judged AS (
    SELECT DISTINCT moved.claim_id
    FROM moved
    JOIN claim USING (claim_id)
    JOIN judged_subject ON judged_subject.subject_id IN (claim.claim_id, claim.city_id, claim.network_id)
),
reread AS (
    SELECT document_id
    FROM newest_reading
    JOIN applied_reading USING (document_id)
    WHERE newest_reading.extractor_version <> applied_reading.extractor_version
),
-- The same address, read before with other words; `is_reissued`: under the same date.
revised AS (
    SELECT document.document_id, bool_or(coalesce(document.published = before.published, false)) AS is_reissued
    FROM document
    ANTI JOIN applied_reading USING (document_id)
    JOIN (SELECT url, published FROM document SEMI JOIN applied_reading USING (document_id)) AS before USING (url)
    GROUP BY document.document_id
)
SELECT
    moved.membership_id,
    bool_or(judged.claim_id IS NOT NULL) AS is_judged,
    -- Nor did the world change where the rules ask for more certainty than before.
    bool_or(reread.document_id IS NOT NULL OR (NOT moved.is_new AND claim.confidence < least_confidence())) AS is_reread,
    bool_or(revised.document_id IS NOT NULL) AS is_revised,
    bool_or(coalesce(revised.is_reissued, false)) AS is_reissued
FROM moved
JOIN claim USING (claim_id)
LEFT JOIN judged USING (claim_id)
LEFT JOIN reread USING (document_id)
LEFT JOIN revised USING (document_id)
GROUP BY moved.membership_id;

CREATE OR REPLACE TEMP TABLE new_change AS
WITH carried AS (
    SELECT implied_id AS membership_id FROM implied WHERE part = 'continues'
    UNION
    SELECT membership_id FROM taken_over
),
told AS (
    SELECT
        *,
        was.status AS old_status,
        now_is.status AS new_status,
        coalesce(now_is.role, was.role) AS role,
        coalesce(now_is, was) AS either
    FROM difference
),
named AS (
    SELECT
        told.*,
        rule.is_membership,
        CASE
            WHEN new_status IS NULL THEN 'retracted'
            WHEN old_status IS NOT DISTINCT FROM new_status THEN 'corrected'
            WHEN new_status = 'planned' AND old_status IS NULL THEN 'planned'
            WHEN new_status = 'stale' THEN 'stale'
            WHEN new_status = 'current' AND old_status = 'stale' THEN 'confirmed'
            WHEN new_status = 'current' AND coalesce(old_status, 'planned') = 'planned'
                AND membership_id IN (SELECT membership_id FROM carried) THEN 'continued'
            WHEN new_status = 'ended' AND coalesce(old_status, 'current') <> 'ended'
                AND membership_id IN (SELECT membership_id FROM spell_belief WHERE is_dissolved) THEN 'network_ended'
            WHEN new_status = 'current' AND coalesce(old_status, 'planned') = 'planned'
                THEN CASE WHEN rule.is_membership THEN 'joined' ELSE 'role_gained' END
            -- An office ended; that the city left, nobody says.
            WHEN new_status = 'ended' AND old_status = 'current' AND now_is.is_inferred
                AND membership_id NOT IN (SELECT membership_id FROM carried) THEN 'corrected'
            WHEN new_status = 'ended' AND coalesce(old_status, 'current') <> 'ended'
                THEN CASE WHEN rule.is_membership THEN 'left' ELSE 'role_ended' END
            ELSE 'corrected'
        END AS kind
    FROM told
    JOIN role_rule AS rule USING (role)
)
SELECT
    sha256(concat_ws(chr(31), getvariable('run_id'), getvariable('refreshed_at'), membership_id, kind, new_status))
        AS change_id,
    getvariable('refreshed_at') AS changed_at,
    getvariable('run_id') AS run_id,
    named.kind,
    named.membership_id,
    either.city_id AS city_id,
    either.network_id AS network_id,
    named.role,
    CASE WHEN was IS NOT NULL THEN {
        'status': was.status, 'body': was.body, 'holder': was.holder, 'since': was.since, 'until': was.until,
        'confidence': was.confidence
    } END AS before,
    CASE WHEN now_is IS NOT NULL THEN {
        'status': now_is.status, 'body': now_is.body, 'holder': now_is.holder, 'since': now_is.since,
        'until': now_is.until, 'confidence': now_is.confidence
    } END AS after,
    CASE
        WHEN reason.is_judged OR judged_membership.membership_id IS NOT NULL THEN 'judgement'
        WHEN reason.is_reread THEN 'extractor'
        -- A page of members that names another one tells what has happened; one that dates a spell anew, or says
        -- otherwise under the same date, corrects itself.
        WHEN reason.is_reissued OR (reason.is_revised AND kind IN ('corrected', 'retracted')) THEN 'source'
        ELSE 'world'
    END AS cause,
    either.best_claim_id AS claim_id
FROM named
LEFT JOIN reason USING (membership_id)
LEFT JOIN judged_membership USING (membership_id)
-- One more claim that says the same is no change, though the row's counts differ.
WHERE kind <> 'corrected'
    OR (was.status, was.body, was.holder, was.since, was.until)
        IS DISTINCT FROM (now_is.status, now_is.body, now_is.holder, now_is.since, now_is.until);

UPDATE membership SET superseded_at = getvariable('refreshed_at')
WHERE superseded_at IS NULL AND membership_id IN (SELECT membership_id FROM difference WHERE was IS NOT NULL);

INSERT INTO membership BY NAME
SELECT belief.*, getvariable('refreshed_at') AS recorded_at, NULL AS superseded_at
FROM belief
SEMI JOIN difference USING (membership_id)
ORDER BY city_id, network_id, role, membership_id;

INSERT INTO change BY NAME
SELECT * FROM new_change;

DELETE FROM membership_claim
WHERE membership_id IN (SELECT membership_id FROM moved WHERE NOT is_new)
    AND (membership_id, claim_id, part) NOT IN (SELECT (membership_id, claim_id, part) FROM belief_claim);
INSERT INTO membership_claim
SELECT * FROM belief_claim ANTI JOIN present_claim USING (membership_id, claim_id, part);

DELETE FROM membership_list
WHERE membership_id IN (SELECT membership_id FROM present)
    AND (membership_id, list_id) NOT IN (SELECT (membership_id, list_id) FROM belief_list);
INSERT INTO membership_list
SELECT * FROM belief_list ANTI JOIN membership_list USING (membership_id, list_id)
ORDER BY ALL;

CREATE OR REPLACE TEMP TABLE open_conflict AS
SELECT
    sha256(concat_ws(chr(31), contradiction.kind, membership_id, claim_id, opposing_claim_id)) AS conflict_id,
    contradiction.kind, membership_id, belief.city_id, belief.network_id, belief.role,
    contradiction.claim_id, contradiction.opposing_claim_id
FROM contradiction
JOIN belief USING (membership_id);

DELETE FROM conflict
WHERE (city_id, network_id) IN (SELECT (city_id, network_id) FROM affected)
    AND conflict_id NOT IN (SELECT conflict_id FROM open_conflict);
INSERT INTO conflict BY NAME
SELECT open_conflict.*, getvariable('refreshed_at') AS opened_at, getvariable('run_id') AS run_id
FROM open_conflict
ANTI JOIN conflict USING (conflict_id)
ORDER BY conflict_id;

DELETE FROM applied_judgement WHERE judgement_id NOT IN (SELECT judgement_id FROM standing_judgement);
INSERT INTO applied_judgement
SELECT judgement_id FROM standing_judgement ANTI JOIN applied_judgement USING (judgement_id);
DELETE FROM applied_reading WHERE (document_id, extractor_version) NOT IN (
    SELECT (document_id, extractor_version) FROM newest_reading
);
INSERT INTO applied_reading
SELECT document_id, extractor_version
FROM newest_reading
ANTI JOIN applied_reading USING (document_id, extractor_version);

DELETE FROM applied_group WHERE (city_id, network_id) IN (SELECT (city_id, network_id) FROM affected);
INSERT INTO applied_group BY NAME
SELECT group_input.city_id, group_input.network_id, group_input.digest, min(spell_belief.wakes_on) AS wakes_on
FROM group_input
SEMI JOIN affected USING (city_id, network_id)
LEFT JOIN spell_belief USING (city_id, network_id)
GROUP BY ALL
ORDER BY ALL;
