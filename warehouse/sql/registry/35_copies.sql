-- Texts of a spell that are copies of one though their words differ a little: the wording of both has a SimHash, and
-- the two differ in few bits. One row per spell and text with such a copy.
--   text_key  the least copy_key of all that are, directly or by way of others, copies of one another

CREATE OR REPLACE TEMP TABLE near_copy AS
WITH RECURSIVE told AS (
    SELECT spell_claim.line_id, spell_claim.spell, evidence.copy_key, evidence.publisher, evidence.text_id
    FROM spell_claim
    JOIN evidence USING (claim_id)
    WHERE spell_claim.part NOT IN ('succeeds', 'leaves', 'absent', 'dissolves')
),
-- Where one publisher speaks, or one text, there is nothing to be counted twice.
several AS (
    SELECT line_id, spell FROM told GROUP BY ALL HAVING min(publisher) <> max(publisher) AND min(copy_key) <> max(copy_key)
),
worded AS (
    SELECT told.line_id, told.spell, told.copy_key, told.publisher, wording.high, wording.low
    FROM told
    SEMI JOIN several USING (line_id, spell)
    JOIN wording ON wording.text_id = told.text_id
),
pair AS (
    SELECT DISTINCT one.line_id, one.spell, one.copy_key, other.copy_key AS other_key
    FROM worded AS one
    JOIN worded AS other ON other.line_id = one.line_id AND other.spell = one.spell
    WHERE one.copy_key <> other.copy_key AND one.publisher <> other.publisher
        AND bit_count(xor(one.high, other.high)) + bit_count(xor(one.low, other.low)) <= most_copy_distance()
),
reached AS (
    SELECT line_id, spell, copy_key, other_key FROM pair
    UNION
    SELECT reached.line_id, reached.spell, reached.copy_key, pair.other_key
    FROM reached
    JOIN pair ON pair.line_id = reached.line_id AND pair.spell = reached.spell AND pair.copy_key = reached.other_key
)
SELECT line_id, spell, copy_key, least(copy_key, min(other_key)) AS text_key
FROM reached
GROUP BY line_id, spell, copy_key;
