-- Memberships that change, if they change, because a person decided: a claim behind them was judged, or they
-- lie in the scope of a judgement and no text that was not read before stands behind them.
CREATE OR REPLACE TEMP TABLE judged_membership AS
WITH direct AS (
    SELECT membership_id FROM membership_claim WHERE claim_id IN (SELECT subject_id FROM fresh_judgement)
    UNION
    SELECT membership_id FROM belief_claim WHERE claim_id IN (SELECT subject_id FROM fresh_judgement)
),
known AS (
    SELECT membership_id, city_id, network_id FROM belief
    UNION ALL
    SELECT membership_id, city_id, network_id FROM membership WHERE superseded_at IS NULL
),
-- What was judged of a network that is over bears on those that followed it.
scope AS (
    SELECT city_id, network_id FROM judged_scope
    UNION
    SELECT judged_scope.city_id, later_network.successor_id FROM judged_scope JOIN later_network USING (network_id)
),
near AS (
    SELECT membership_id FROM known SEMI JOIN scope USING (city_id, network_id)
    UNION
    SELECT membership_id FROM known
    SEMI JOIN (SELECT city_id FROM scope WHERE network_id IS NULL) AS of_city USING (city_id)
    UNION
    SELECT membership_id FROM known
    SEMI JOIN (SELECT network_id FROM scope WHERE city_id IS NULL) AS of_network USING (network_id)
),
newly_told AS (
    SELECT belief_claim.membership_id
    FROM belief_claim
    SEMI JOIN near USING (membership_id)
    JOIN claim USING (claim_id)
    ANTI JOIN applied_reading
        ON applied_reading.document_id = claim.document_id AND applied_reading.extractor_version = claim.extractor_version
)
SELECT membership_id FROM direct
UNION
SELECT membership_id FROM near ANTI JOIN newly_told USING (membership_id);
