-- What a person accepted outweighs the claims that contradict it, if they were told up to the day of the
-- judgement: they are no evidence any more. What is told later may still contradict it, and is a conflict then.

CREATE OR REPLACE TEMP TABLE accepted AS
SELECT
    claim_id, line_id, city_id, network_id, role, status, stated, is_event, is_exclusive, accepted_on
FROM evidence
WHERE accepted_on IS NOT NULL;

CREATE OR REPLACE TEMP TABLE outweighed AS
-- It is not so: whoever says that it was, or will be, is wrong, unless he speaks of a time that was over by then.
SELECT evidence.claim_id
FROM evidence
JOIN accepted ON accepted.line_id = evidence.line_id AND accepted.status = 'denied'
WHERE evidence.standing >= 0
    AND evidence.status IN ('current', 'planned')
    AND evidence.stated <= accepted.accepted_on
    AND (evidence.stated <= accepted.stated OR evidence.since_on <= accepted.stated)
    AND (evidence.is_event OR coalesce(evidence.until_on >= accepted.stated, true))
    AND NOT EXISTS (
        SELECT 1
        FROM evidence AS ended
        WHERE ended.line_id = evidence.line_id AND ended.status = 'ended'
            AND coalesce(ended.until_on, ended.stated) BETWEEN evidence.stated AND accepted.stated
    )
UNION
-- It is so: a text of the same day that says it is over is wrong.
SELECT evidence.claim_id
FROM evidence
JOIN accepted ON accepted.line_id = evidence.line_id AND accepted.status = 'current'
WHERE evidence.standing >= 0
    AND evidence.status = 'ended'
    AND evidence.stated <= accepted.accepted_on
    AND evidence.stated = accepted.stated
    AND NOT (evidence.since IS NOT NULL AND evidence.until IS NOT NULL)
UNION
-- One city at a time: no other presided on that day.
SELECT evidence.claim_id
FROM evidence
JOIN accepted ON accepted.network_id = evidence.network_id AND accepted.role = evidence.role
    AND accepted.city_id <> evidence.city_id
WHERE accepted.is_exclusive
    AND accepted.status = 'current'
    AND evidence.standing >= 0
    AND evidence.status = 'current'
    AND evidence.stated <= accepted.accepted_on
    AND (evidence.stated = accepted.stated
        OR (evidence.since_on <= accepted.stated AND accepted.stated <= evidence.stated));

DELETE FROM evidence WHERE claim_id IN (SELECT claim_id FROM outweighed);
