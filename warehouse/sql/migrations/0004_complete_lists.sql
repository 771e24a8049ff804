-- Complete lists: what a source that promises all members of a network held, whole, on a day. Absence from
-- one ends a membership, so only what was read without a gap is recorded here.

CREATE TABLE complete_list (
    list_id VARCHAR NOT NULL,
    source VARCHAR NOT NULL,
    network_id VARCHAR NOT NULL,
    document_ids VARCHAR[] NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);

-- Which list stands behind the end of which membership of the present belief.
CREATE TABLE membership_list (
    membership_id VARCHAR NOT NULL,
    list_id VARCHAR NOT NULL
);
