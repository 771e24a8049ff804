-- Which claims count: those of each document's newest reading that are certain enough, less those that a person
-- rejected, with the cities and networks that a person declared to be the same.

CREATE OR REPLACE VIEW standing_judgement AS
SELECT judgement.*
FROM judgement
ANTI JOIN (SELECT subject_id AS judgement_id FROM judgement WHERE kind = 'withdraw') AS withdrawn
    ON withdrawn.judgement_id = judgement.judgement_id
WHERE judgement.kind <> 'withdraw';

-- The newest judgement on a city or network speaks for it; chains (a is b, b is c) are followed to their end.
CREATE OR REPLACE VIEW same_as AS
WITH RECURSIVE link AS (
    SELECT kind, subject_id, object_id
    FROM standing_judgement
    WHERE kind IN ('same_city', 'same_network')
    QUALIFY row_number() OVER (PARTITION BY kind, subject_id ORDER BY judged_at DESC, judgement_id) = 1
),
walk AS (
    SELECT kind, subject_id, object_id, 1 AS steps FROM link
    UNION ALL
    SELECT walk.kind, walk.subject_id, link.object_id, walk.steps + 1
    FROM walk
    JOIN link ON link.kind = walk.kind AND link.subject_id = walk.object_id
    WHERE link.object_id <> walk.subject_id AND walk.steps < 32
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

CREATE OR REPLACE VIEW believed_claim AS
SELECT claim.* REPLACE (
    coalesce(same_city.object_id, claim.city_id) AS city_id,
    coalesce(same_network.object_id, claim.network_id) AS network_id
)
FROM claim
SEMI JOIN newest_reading USING (document_id, extractor_version)
ANTI JOIN (SELECT subject_id AS claim_id FROM standing_judgement WHERE kind = 'reject') AS rejected USING (claim_id)
LEFT JOIN (SELECT subject_id, object_id FROM same_as WHERE kind = 'same_city') AS same_city
    ON same_city.subject_id = claim.city_id
LEFT JOIN (SELECT subject_id, object_id FROM same_as WHERE kind = 'same_network') AS same_network
    ON same_network.subject_id = claim.network_id
WHERE claim.confidence >= least_confidence();
