-- Roles and statuses are words of the vocabulary, and confidence lies above 0 and below 1.
SELECT membership_id, role, status, confidence
FROM membership
WHERE role NOT IN (SELECT role FROM role_rule)
    OR status NOT IN ('current', 'stale', 'ended', 'planned')
    OR NOT (confidence >= 0 AND confidence < 1);
