-- What is recorded and never derived: runs, documents, claims, findings, judgements.
-- No table has an index or a key: DuckDB 2.0 has corrupted indexes at unclean stops, and every id is a
-- content hash, so that rows are added by an anti-join instead.

CREATE TABLE run (
    run_id VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    inputs VARCHAR[] NOT NULL,
    versions MAP(VARCHAR, VARCHAR) NOT NULL,
    counts MAP(VARCHAR, BIGINT)
);

CREATE TABLE document (
    document_id VARCHAR NOT NULL,
    url VARCHAR,
    title VARCHAR,
    publisher VARCHAR,
    authority VARCHAR NOT NULL,
    published VARCHAR,
    fetched_at TIMESTAMP NOT NULL,
    kind VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    network_id VARCHAR,
    source VARCHAR,
    characters BIGINT NOT NULL,
    words_hash VARCHAR NOT NULL,
    run_id VARCHAR NOT NULL
);

-- Stays in the working warehouse: the registry publishes facts and their evidence, not whole texts.
CREATE TABLE document_text (
    document_id VARCHAR NOT NULL,
    text VARCHAR NOT NULL
);

CREATE TABLE claim (
    claim_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    city_id VARCHAR NOT NULL,
    network_id VARCHAR NOT NULL,
    document VARCHAR NOT NULL,
    city STRUCT(name VARCHAR, country VARCHAR, geonameid BIGINT, mention VARCHAR) NOT NULL,
    network STRUCT(id VARCHAR, name VARCHAR, mention VARCHAR) NOT NULL,
    role VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    since VARCHAR,
    until VARCHAR,
    body VARCHAR,
    holder VARCHAR,
    evidence STRUCT(text VARCHAR, "start" BIGINT, "end" BIGINT, page BIGINT) NOT NULL,
    confidence DOUBLE NOT NULL,
    found_by VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    extracted_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);

CREATE TABLE claim_reading (
    document_id VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    read_at TIMESTAMP NOT NULL,
    claims BIGINT NOT NULL,
    run_id VARCHAR NOT NULL
);

CREATE TABLE finding (
    finding_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    document_id VARCHAR,
    source VARCHAR,
    found_at TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL
);

CREATE TABLE judgement (
    judgement_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subject_id VARCHAR NOT NULL,
    object_id VARCHAR,
    reason VARCHAR NOT NULL,
    author VARCHAR NOT NULL,
    judged_at TIMESTAMP NOT NULL
);
