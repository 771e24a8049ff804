-- What is believed now, held on a day, and was believed at a moment.

CREATE OR REPLACE VIEW membership_current AS
SELECT membership.*, city.name AS city, city.country_code, network.name AS network
FROM membership
JOIN city USING (city_id)
JOIN network USING (network_id)
WHERE membership.superseded_at IS NULL AND membership.status = 'current';

CREATE OR REPLACE MACRO membership_as_of(day) AS TABLE
SELECT *
FROM membership
WHERE superseded_at IS NULL
    AND status <> 'planned'
    AND valid_from <= CAST(day AS DATE)
    AND (valid_to IS NULL OR valid_to >= CAST(day AS DATE));

-- A moment with a time zone is itself in any session; one without is in UTC, as the columns are.
CREATE OR REPLACE MACRO utc(moment) AS
    CASE typeof(moment)
        WHEN 'TIMESTAMP WITH TIME ZONE' THEN make_timestamp(epoch_us(CAST(moment AS TIMESTAMPTZ)))
        ELSE CAST(moment AS TIMESTAMP)
    END;

CREATE OR REPLACE MACRO registry_as_of(moment) AS TABLE
SELECT *
FROM membership
WHERE recorded_at <= utc(moment) AND (superseded_at IS NULL OR superseded_at > utc(moment));
