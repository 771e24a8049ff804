-- Which claims count: those of each document's newest reading that are certain enough or judged by a person, less
-- those that a person rejected, as a person corrected them, with the cities and networks that a person declared to be
-- the same.

CREATE OR REPLACE VIEW standing_judgement AS
SELECT judgement.*
FROM judgement
ANTI JOIN (SELECT subject_id AS judgement_id FROM judgement WHERE kind = 'withdraw') AS withdrawn
    ON withdrawn.judgement_id = judgement.judgement_id
WHERE judgement.kind <> 'withdraw';

-- The newest judgement on a city or network speaks for it, unless a later one says that the two are not the
-- same. An unknown network that was accepted is the same as the network that it became.
CREATE OR REPLACE VIEW identity_link AS
WITH one AS (
    SELECT if(kind = 'same_city', 'same_city', 'same_network') AS kind, subject_id, object_id, judged_at, judgement_id
    FROM standing_judgement
    WHERE kind IN ('same_city', 'same_network', 'new_network')
),
two AS (
    SELECT if(kind = 'not_same_city', 'same_city', 'same_network') AS kind,
        least(subject_id, object_id) AS first_id, greatest(subject_id, object_id) AS second_id,
        max(judged_at) AS judged_at
    FROM standing_judgement
    WHERE kind IN ('not_same_city', 'not_same_network')
    GROUP BY ALL
)
SELECT one.kind, one.subject_id, one.object_id, one.judgement_id
FROM one
LEFT JOIN two ON two.kind = one.kind
    AND two.first_id = least(one.subject_id, one.object_id) AND two.second_id = greatest(one.subject_id, one.object_id)
WHERE two.judged_at IS NULL OR two.judged_at < one.judged_at
QUALIFY row_number() OVER (
    PARTITION BY one.kind, one.subject_id ORDER BY one.judged_at DESC, one.judgement_id
) = 1;

-- Chains (a is b, b is c) are followed to their end.
CREATE OR REPLACE VIEW same_as AS
WITH RECURSIVE walk AS (
    SELECT kind, subject_id, object_id, 1 AS steps FROM identity_link
    UNION ALL
    SELECT walk.kind, walk.subject_id, identity_link.object_id, walk.steps + 1
    FROM walk
    JOIN identity_link ON identity_link.kind = walk.kind AND identity_link.subject_id = walk.object_id
    WHERE identity_link.object_id <> walk.subject_id AND walk.steps < 32
)
SELECT kind, subject_id, arg_max(object_id, steps) AS object_id
FROM walk
GROUP BY kind, subject_id;

-- A version that read a document twice counts from its first time, so that going back to an old version
-- does not bring its claims back.
CREATE OR REPLACE VIEW newest_reading AS
SELECT document_id, extractor_version, min(read_at) AS read_at
FROM claim_reading
GROUP BY document_id, extractor_version
QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY min(read_at) DESC, extractor_version DESC) = 1;

-- The judgements on each claim. A later version of the extractor that reads the very same out of the same
-- words makes a claim of another id: what was judged of the first holds for it too.
CREATE OR REPLACE VIEW claim_judgement AS
WITH judged AS (
    SELECT
        judgement_id,
        subject_id,
        map_extract(said, 'document_id')[1] AS document_id,
        map_extract(said, 'city_id')[1] AS city_id,
        map_extract(said, 'network_id')[1] AS network_id,
        map_extract(said, 'role')[1] AS role,
        map_extract(said, 'status')[1] AS status,
        map_extract(said, 'since')[1] AS since,
        map_extract(said, 'until')[1] AS until,
        map_extract(said, 'body')[1] AS body,
        map_extract(said, 'holder')[1] AS holder,
        CAST(map_extract(said, 'start')[1] AS BIGINT) AS first_character,
        CAST(map_extract(said, 'end')[1] AS BIGINT) AS last_character
    FROM standing_judgement
    WHERE kind IN ('accept', 'reject', 'correct')
),
about AS (
    SELECT claim.claim_id, judged.judgement_id
    FROM judged
    JOIN claim ON claim.claim_id = judged.subject_id
    UNION
    SELECT claim.claim_id, judged.judgement_id
    FROM judged
    JOIN claim ON claim.document_id = judged.document_id
        AND claim.city_id = judged.city_id AND claim.network_id = judged.network_id
        AND claim.role = judged.role AND claim.status = judged.status
        AND claim.since IS NOT DISTINCT FROM judged.since AND claim.until IS NOT DISTINCT FROM judged.until
        AND claim.body IS NOT DISTINCT FROM judged.body AND claim.holder IS NOT DISTINCT FROM judged.holder
        AND claim.evidence.start = judged.first_character AND claim.evidence."end" = judged.last_character
)
SELECT about.claim_id, judgement.*
FROM about
JOIN judgement USING (judgement_id);

-- What these come to. The newest speaks: a claim that was rejected and accepted later is accepted, a correction
-- after a rejection makes it count again, and what is accepted may be corrected. Of several corrections each field
-- keeps its newest value.
CREATE OR REPLACE VIEW judged_claim AS
WITH field AS (
    SELECT claim_id, unnest(map_entries(details)) AS entry, judged_at, judgement_id
    FROM claim_judgement
    WHERE kind = 'correct'
),
newest AS (
    SELECT claim_id, entry.key AS name, arg_max(entry.value, (judged_at, judgement_id)) AS value
    FROM field
    GROUP BY claim_id, entry.key
),
corrected AS (
    SELECT claim_id, map(list(name ORDER BY name), list(value ORDER BY name)) AS correction
    FROM newest
    GROUP BY claim_id
),
verdict AS (
    SELECT
        claim_id,
        arg_max(kind, (judged_at, judgement_id)) = 'reject' AS is_rejected,
        coalesce(arg_max(kind, (judged_at, judgement_id)) FILTER (WHERE kind <> 'correct') = 'accept', false)
            AS is_accepted,
        max(judged_at) FILTER (WHERE kind = 'accept') AS accepted_at
    FROM claim_judgement
    GROUP BY claim_id
)
SELECT verdict.*, corrected.correction
FROM verdict
LEFT JOIN corrected USING (claim_id);

-- What a person accepted or corrected counts, however sure the extractor was.
CREATE OR REPLACE VIEW admitted_claim AS
WITH corrected AS (
    SELECT claim.* REPLACE (
        coalesce(map_extract(judged_claim.correction, 'city_id')[1], claim.city_id) AS city_id,
        coalesce(map_extract(judged_claim.correction, 'network_id')[1], claim.network_id) AS network_id,
        coalesce(map_extract(judged_claim.correction, 'role')[1], claim.role) AS role,
        coalesce(map_extract(judged_claim.correction, 'status')[1], claim.status) AS status,
        nullif(coalesce(map_extract(judged_claim.correction, 'since')[1], claim.since), '') AS since,
        nullif(coalesce(map_extract(judged_claim.correction, 'until')[1], claim.until), '') AS until,
        nullif(coalesce(map_extract(judged_claim.correction, 'body')[1], claim.body), '') AS body,
        nullif(coalesce(map_extract(judged_claim.correction, 'holder')[1], claim.holder), '') AS holder
    ),
    judged_claim.claim_id IS NULL AND claim.confidence < least_confidence() AS is_doubtful
    FROM claim
    SEMI JOIN newest_reading USING (document_id, extractor_version)
    LEFT JOIN judged_claim USING (claim_id)
    WHERE NOT coalesce(judged_claim.is_rejected, false)
),
-- Rejected cities and networks are looked for under the ids that count: what was judged to be another goes with it.
identified AS (
    SELECT corrected.* REPLACE (
        coalesce(same_city.object_id, corrected.city_id) AS city_id,
        coalesce(same_network.object_id, corrected.network_id) AS network_id
    )
    FROM corrected
    LEFT JOIN (SELECT subject_id, object_id FROM same_as WHERE kind = 'same_city') AS same_city
        ON same_city.subject_id = corrected.city_id
    LEFT JOIN (SELECT subject_id, object_id FROM same_as WHERE kind = 'same_network') AS same_network
        ON same_network.subject_id = corrected.network_id
)
SELECT identified.*
FROM identified
ANTI JOIN (SELECT subject_id AS city_id FROM standing_judgement WHERE kind = 'reject') AS no_city USING (city_id)
ANTI JOIN (SELECT subject_id AS network_id FROM standing_judgement WHERE kind = 'reject') AS no_network
    USING (network_id);

CREATE OR REPLACE VIEW believed_claim AS SELECT * EXCLUDE (is_doubtful) FROM admitted_claim WHERE NOT is_doubtful;
CREATE OR REPLACE VIEW doubtful_claim AS SELECT * EXCLUDE (is_doubtful) FROM admitted_claim WHERE is_doubtful;
