-- Macros that the views and the derivation share.

-- A name as it is compared: without case, accents and punctuation.
CREATE OR REPLACE MACRO fold(words) AS
    trim(regexp_replace(lower(strip_accents(words)), '[^\pL\pN]+', ' ', 'g'));

-- The first and the last day that a partial date (2021, 2021-05, 2021-05-04) may mean.
CREATE OR REPLACE MACRO first_day_of(partial_date) AS
    CAST(partial_date || CASE length(partial_date) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END AS DATE);
CREATE OR REPLACE MACRO last_day_of(partial_date) AS
    CASE length(partial_date)
        WHEN 4 THEN CAST(partial_date || '-12-31' AS DATE)
        WHEN 7 THEN last_day(CAST(partial_date || '-01' AS DATE))
        ELSE CAST(partial_date AS DATE)
    END;
