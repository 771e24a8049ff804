-- What the claims said that were judged and whose judgements do not tell it yet.
UPDATE judgement SET said = map_from_entries(list_filter([
    {'k': 'document_id', 'v': claim.document_id},
    {'k': 'city_id', 'v': claim.city_id},
    {'k': 'network_id', 'v': claim.network_id},
    {'k': 'role', 'v': claim.role},
    {'k': 'status', 'v': claim.status},
    {'k': 'since', 'v': claim.since},
    {'k': 'until', 'v': claim.until},
    {'k': 'body', 'v': claim.body},
    {'k': 'holder', 'v': claim.holder},
    {'k': 'start', 'v': CAST(claim.evidence.start AS VARCHAR)},
    {'k': 'end', 'v': CAST(claim.evidence."end" AS VARCHAR)}
], lambda entry: entry.v IS NOT NULL))
FROM claim
WHERE claim.claim_id = judgement.subject_id AND judgement.said IS NULL;
