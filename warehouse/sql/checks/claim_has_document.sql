-- Every claim belongs to a document, a known role and a logged reading.
SELECT claim_id, document_id, role, extractor_version
FROM claim
WHERE document_id NOT IN (SELECT document_id FROM document)
    OR role NOT IN (SELECT role FROM role_rule)
    OR (document_id, extractor_version) NOT IN (SELECT (document_id, extractor_version) FROM claim_reading);
