-- A membership has one present row at most, and its rows follow one another in time.
SELECT membership_id, recorded_at, superseded_at, next_recorded_at
FROM (
    SELECT *, lead(recorded_at) OVER (PARTITION BY membership_id ORDER BY recorded_at, superseded_at NULLS LAST)
        AS next_recorded_at
    FROM membership
)
WHERE superseded_at < recorded_at OR next_recorded_at < coalesce(superseded_at, TIMESTAMP 'infinity');
