-- The evidence of a claim equals its slice of the document's text.
SELECT claim.claim_id, claim.evidence.text AS evidence, claim.evidence.start AS start
FROM claim
JOIN document_text USING (document_id)
WHERE substring(document_text.text, claim.evidence.start + 1, claim.evidence."end" - claim.evidence.start)
    <> claim.evidence.text;
