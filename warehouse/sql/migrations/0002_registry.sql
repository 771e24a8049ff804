-- The registry: its two reference tables, and what is believed, with the history of belief.

CREATE TABLE city (
    city_id VARCHAR NOT NULL,
    geonameid BIGINT,
    name VARCHAR NOT NULL,
    country_code VARCHAR,
    latitude DOUBLE,
    longitude DOUBLE,
    population BIGINT,
    is_reference BOOLEAN NOT NULL
);

CREATE TABLE network (
    network_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    acronym VARCHAR,
    scope VARCHAR,
    theme VARCHAR,
    founded VARCHAR,
    ended VARCHAR,
    successor_id VARCHAR,
    website VARCHAR,
    is_reference BOOLEAN NOT NULL
);

CREATE TABLE membership (
    membership_id VARCHAR NOT NULL,
    city_id VARCHAR NOT NULL,
    network_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    body VARCHAR,
    holder VARCHAR,
    status VARCHAR NOT NULL,
    since VARCHAR,
    until VARCHAR,
    first_claimed_on VARCHAR NOT NULL,
    last_confirmed_on VARCHAR NOT NULL,
    confidence DOUBLE NOT NULL,
    claims BIGINT NOT NULL,
    sources BIGINT NOT NULL,
    best_claim_id VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    superseded_at TIMESTAMP,
    valid_from DATE,
    valid_to DATE,
    is_inferred BOOLEAN NOT NULL
);

-- The claims behind the present belief, and the part that each plays.
CREATE TABLE membership_claim (
    membership_id VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    part VARCHAR NOT NULL
);

-- What the present belief was derived from: which reading of each document, which judgements. What differs
-- from it at the next refresh tells the cause of a change.
CREATE TABLE applied_reading (
    document_id VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL
);
CREATE TABLE applied_judgement (
    judgement_id VARCHAR NOT NULL
);

CREATE TABLE change (
    change_id VARCHAR NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    membership_id VARCHAR NOT NULL,
    city_id VARCHAR NOT NULL,
    network_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    before STRUCT(status VARCHAR, body VARCHAR, holder VARCHAR, since VARCHAR, until VARCHAR, confidence DOUBLE),
    after STRUCT(status VARCHAR, body VARCHAR, holder VARCHAR, since VARCHAR, until VARCHAR, confidence DOUBLE),
    cause VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL
);

CREATE TABLE conflict (
    conflict_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    membership_id VARCHAR NOT NULL,
    city_id VARCHAR NOT NULL,
    network_id VARCHAR NOT NULL,
    role VARCHAR NOT NULL,
    claim_id VARCHAR NOT NULL,
    opposing_claim_id VARCHAR NOT NULL,
    opened_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);

-- What the derivation does with each role.
CREATE TABLE role_rule (
    role VARCHAR NOT NULL,
    is_membership BOOLEAN NOT NULL,
    is_office BOOLEAN NOT NULL,
    is_exclusive BOOLEAN NOT NULL,
    is_event BOOLEAN NOT NULL,
    is_per_body BOOLEAN NOT NULL,
    ends_with_membership BOOLEAN NOT NULL,
    implies_membership BOOLEAN NOT NULL,
    grade TINYINT NOT NULL
);

INSERT INTO role_rule VALUES
    -- role              membership office exclusive event  per_body ends   implies grade
    ('member',           true,      false, false,    false, false,   true,  false,  2),
    ('founding_member',  true,      false, false,    false, false,   true,  false,  2),
    ('associate_member', true,      false, false,    false, false,   true,  false,  2),
    ('observer',         false,     false, false,    false, false,   false, false,  1),
    ('signatory',        true,      false, false,    false, false,   false, false,  2),
    ('partner',          false,     false, false,    false, false,   false, false,  0),
    ('participant',      false,     false, false,    false, true,    false, false,  0),
    ('chair',            false,     true,  true,     false, false,   true,  true,   3),
    ('co_chair',         false,     true,  false,    false, false,   true,  true,   3),
    ('vice_chair',       false,     true,  false,    false, true,    true,  true,   3),
    ('board_member',     false,     true,  false,    false, true,    true,  true,   3),
    ('committee_chair',  false,     true,  false,    false, true,    true,  false,  3),
    ('secretariat_host', false,     false, false,    false, true,    false, false,  0),
    ('event_host',       false,     false, false,    true,  true,    false, false,  0),
    ('award_winner',     false,     false, false,    true,  true,    false, false,  0);
