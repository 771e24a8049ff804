-- No spell ends before it begins.
SELECT membership_id, since, until, valid_from, valid_to
FROM membership
WHERE superseded_at IS NULL AND (valid_to < valid_from OR last_day_of(until) < first_day_of(since));
