-- What near copies are told by, and which groups (a city in a network) the present belief was derived from.

-- SimHash of the wording of documents and of claims' evidence (`warehouse/copies.py`); short texts have none.
-- Stays in the working warehouse, as the texts do.
CREATE TABLE wording (
    text_id VARCHAR NOT NULL,
    high BIGINT NOT NULL,
    low BIGINT NOT NULL
);

-- A group is derived anew where its digest has changed, or where the day has come on which it changes by itself.
CREATE TABLE applied_group (
    city_id VARCHAR NOT NULL,
    network_id VARCHAR NOT NULL,
    digest UBIGINT NOT NULL,
    wakes_on DATE
);

-- As a network counts its own members.
ALTER TABLE network ADD COLUMN members_claimed BIGINT;
ALTER TABLE network ADD COLUMN members_claimed_on VARCHAR;
