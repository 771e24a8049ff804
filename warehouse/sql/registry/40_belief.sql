-- What is believed of each spell: dates, holder, status, confidence. Makes `belief`, which has the columns
-- of `membership` without its history.

-- Each claim behind a spell, with what it says about this spell: who took over says when this one ended.
CREATE OR REPLACE TEMP TABLE backing AS
SELECT
    spell_claim.line_id,
    spell_claim.spell,
    spell_claim.claim_id,
    spell_claim.part,
    spell_claim.placed,
    ending.line_id IS NOT NULL AS is_end,
    evidence.standing,
    evidence.stated,
    evidence.stated_on,
    CASE WHEN spell_claim.part NOT IN ('succeeds', 'leaves', 'absent', 'dissolves') THEN evidence.since END AS since,
    CASE WHEN spell_claim.part NOT IN ('succeeds', 'leaves', 'absent', 'dissolves') THEN evidence.since_on END AS since_on,
    CASE WHEN ending.line_id IS NULL THEN evidence.until WHEN NOT ending.is_disputed THEN ending.until END AS until,
    CASE WHEN ending.line_id IS NULL THEN evidence.until_on WHEN NOT ending.is_disputed THEN ending.until_on END
        AS until_on,
    -- An ending without a date was over the day before it was told.
    CASE WHEN ending.line_id IS NULL THEN NULL
        WHEN ending.part <> 'succeeds' AND (ending.until_on IS NULL OR ending.is_disputed) THEN spell_claim.placed - 1
        ELSE spell_claim.placed END AS last_day,
    CASE WHEN spell_claim.part NOT IN ('succeeds', 'leaves', 'absent', 'dissolves') THEN evidence.body END AS body,
    CASE WHEN spell_claim.part NOT IN ('succeeds', 'leaves', 'absent', 'dissolves') THEN evidence.holder END AS holder,
    evidence.confidence,
    evidence.publisher,
    evidence.copy_key
FROM spell_claim
JOIN evidence USING (claim_id)
LEFT JOIN ending ON ending.line_id = spell_claim.line_id AND ending.claim_id = spell_claim.claim_id;

CREATE OR REPLACE TEMP TABLE outline AS
SELECT
    line_id,
    spell,
    min(stated_on) FILTER (WHERE part <> 'dissolves') AS first_claimed_on,
    max(stated_on) FILTER (WHERE part <> 'dissolves') AS last_confirmed_on,
    count(*) FILTER (WHERE part NOT IN ('absent', 'dissolves')) AS claims,
    bool_or(is_end) AS has_end,
    -- Whether it is over because the network is, and not for a reason of its own before.
    coalesce(arg_min(part, (placed, part = 'dissolves')) FILTER (WHERE is_end) = 'dissolves', false) AS is_dissolved,
    bool_or(part = 'plans') AS is_plan,
    min(stated_on) FILTER (WHERE part = 'holds') AS first_held_on,
    max(stated) FILTER (WHERE part = 'holds') AS held_to,
    max(placed) FILTER (WHERE is_end) AS ended_by,
    min(last_day) FILTER (WHERE is_end) AS last_day,
    -- Held on which day at the latest, by sources of each standing and stronger.
    [min(stated) FILTER (WHERE part = 'holds' AND standing <= -1),
        min(stated) FILTER (WHERE part = 'holds' AND standing <= 0),
        min(stated) FILTER (WHERE part = 'holds' AND standing <= 1),
        min(stated) FILTER (WHERE part = 'holds' AND standing <= 2),
        min(stated) FILTER (WHERE part = 'holds' AND standing <= 3),
        min(stated) FILTER (WHERE part = 'holds')] AS held_from,
    arg_max(body, (-standing, stated, length(body), claim_id)) FILTER (WHERE body IS NOT NULL) AS body,
    arg_max(holder, (NOT is_end, stated, -standing, length(holder), claim_id)) FILTER (WHERE holder IS NOT NULL)
        AS holder
FROM backing
GROUP BY line_id, spell;

-- The weightiest claim that fits says the date; the most exact one that agrees with it says it best.
CREATE OR REPLACE TEMP TABLE opening_date AS
WITH fitting AS (
    SELECT
        backing.*,
        first_value(since) OVER (
            PARTITION BY line_id, spell
            ORDER BY standing, part = 'planned', stated DESC, length(since) DESC, claim_id
        ) AS weightiest
    FROM backing
    JOIN outline USING (line_id, spell)
    WHERE since IS NOT NULL
        -- It cannot have begun after a source as strong saw it, nor after its end.
        AND since_on <= coalesce(outline.held_from[standing + 2], since_on)
        AND since_on <= coalesce(outline.ended_by, since_on)
)
SELECT line_id, spell, since
FROM fitting
WHERE starts_with(since, weightiest) OR starts_with(weightiest, since)
QUALIFY row_number() OVER (
    PARTITION BY line_id, spell ORDER BY length(since) DESC, standing, stated DESC, claim_id
) = 1;

CREATE OR REPLACE TEMP TABLE closing_date AS
WITH fitting AS (
    SELECT
        backing.*,
        first_value(until) OVER (
            PARTITION BY line_id, spell
            -- A list tells only that it was over by its date, and a network's end that it was over by then.
            ORDER BY part IN ('absent', 'dissolves'), standing, part <> 'ends', stated DESC, length(until) DESC, claim_id
        ) AS weightiest
    FROM backing
    JOIN outline USING (line_id, spell)
    JOIN (SELECT DISTINCT line_id, is_event FROM evidence) AS line USING (line_id)
    LEFT JOIN (SELECT line_id, spell, first_day_of(since) AS opened_on FROM opening_date) AS opening
        USING (line_id, spell)
    WHERE until IS NOT NULL
        AND until_on >= coalesce(opening.opened_on, until_on)
        -- A term that was held beyond its date was renewed; an event is told long after it is over.
        AND (line.is_event OR until_on >= coalesce(outline.held_to, until_on))
        AND (is_end OR NOT outline.has_end)
)
SELECT line_id, spell, until, until_on
FROM fitting
WHERE starts_with(until, weightiest) OR starts_with(weightiest, until)
QUALIFY row_number() OVER (
    PARTITION BY line_id, spell
    ORDER BY part IN ('absent', 'dissolves'), length(until) DESC, standing, part <> 'ends', stated DESC, claim_id
) = 1;

-- Independent publishers raise confidence (noisy-or); copies of a text, and a publisher's many texts, count
-- once. The product is ordered: sums in another order differ in their last digit.
CREATE OR REPLACE TEMP TABLE assent AS
WITH voice AS (
    SELECT
        line_id, spell, coalesce(near_copy.text_key, backing.copy_key) AS text_key,
        min(publisher) AS publisher, max(confidence) AS confidence
    FROM backing
    LEFT JOIN near_copy USING (line_id, spell, copy_key)
    WHERE part NOT IN ('succeeds', 'leaves', 'absent', 'dissolves')
    GROUP BY ALL
),
source AS (
    SELECT line_id, spell, publisher, max(confidence) AS confidence FROM voice GROUP BY ALL
)
SELECT
    line_id,
    spell,
    count(*) AS sources,
    round(least(0.99, 1 - product(1 - confidence ORDER BY confidence)), 4) AS confidence
FROM source
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE best AS
SELECT line_id, spell, claim_id AS best_claim_id
FROM backing
WHERE part NOT IN ('absent', 'dissolves')
QUALIFY row_number() OVER (
    PARTITION BY line_id, spell
    ORDER BY
        -- What decides the present status speaks first: the end, then the holding, then the plan.
        CASE WHEN part = 'ends' THEN 0 WHEN is_end THEN 1 WHEN part IN ('holds', 'plans') THEN 2 ELSE 3 END,
        standing, stated DESC, confidence DESC, claim_id
) = 1;

--   held_until  the last day on which an office counts as held that nobody has confirmed since: it is stale afterwards
CREATE OR REPLACE TEMP TABLE spell_belief AS
WITH line AS (SELECT DISTINCT line_id, city_id, network_id, role, body_key, is_event FROM evidence),
dated AS (
    SELECT
        line.*,
        outline.* EXCLUDE (line_id),
        opening_date.since,
        closing_date.until,
        closing_date.until_on,
        CASE WHEN rule.is_office AND closing_date.until_on IS NULL
            THEN CAST(
                last_day_of(outline.last_confirmed_on) + to_years(coalesce(usual_term.years, usual_term_years())) AS DATE
            ) END AS held_until,
        CASE
            WHEN outline.is_plan THEN 'planned'
            WHEN line.is_event THEN 'current'
            WHEN outline.has_end THEN 'ended'
            WHEN closing_date.until_on < CAST(getvariable('refreshed_at') AS DATE) THEN 'ended'
            WHEN held_until < CAST(getvariable('refreshed_at') AS DATE) THEN 'stale'
            ELSE 'current'
        END AS status,
        coalesce(
            first_day_of(opening_date.since),
            least(outline.held_from[6], CASE WHEN outline.has_end THEN first_day_of(closing_date.until) END)
        ) AS valid_from
    FROM outline
    JOIN line USING (line_id)
    JOIN role_rule AS rule USING (role)
    LEFT JOIN usual_term USING (network_id)
    LEFT JOIN opening_date USING (line_id, spell)
    LEFT JOIN closing_date USING (line_id, spell)
)
SELECT
    sha256(concat_ws(chr(31), city_id, network_id, role, body_key, spell)) AS membership_id,
    dated.line_id,
    dated.spell,
    city_id, network_id, role, body, holder, status, since, until, first_claimed_on, last_confirmed_on,
    assent.confidence, dated.claims, assent.sources, best.best_claim_id,
    CASE WHEN status <> 'planned' THEN valid_from END AS valid_from,
    CASE
        WHEN status = 'planned' THEN NULL
        WHEN until_on IS NOT NULL THEN greatest(until_on, valid_from)
        WHEN is_event THEN last_day_of(coalesce(since, first_held_on))
        WHEN has_end THEN greatest(last_day, held_to, valid_from)
        WHEN status = 'stale' THEN greatest(held_until, valid_from)
    END AS valid_to,
    false AS is_inferred,
    dated.is_dissolved,
    CASE WHEN status = 'current' AND NOT is_event THEN coalesce(until_on, held_until) + 1 END AS wakes_on
FROM dated
JOIN assent USING (line_id, spell)
JOIN best USING (line_id, spell);

-- A network that is renamed or merged makes nobody leave: who was a member when it ended goes on in its successor, from
-- the next day, until a text or a complete list there says otherwise. One row per spell that goes on.
CREATE OR REPLACE TEMP TABLE continued AS
WITH heir AS (
    SELECT spell_belief.*, network_over.successor_id, network_over.ended_on + 1 AS continued_on
    FROM spell_belief
    JOIN role_rule USING (role)
    JOIN network_over USING (network_id)
    WHERE spell_belief.is_dissolved AND role_rule.is_membership AND role_rule.ends_with_membership
        AND network_over.successor_id IS NOT NULL
),
missing AS (
    SELECT heir.membership_id, edition.list_id, edition.stated_on
    FROM heir
    JOIN edition ON edition.network_id = heir.successor_id AND first_day_of(edition.stated_on) >= heir.continued_on
    SEMI JOIN list_scope ON list_scope.list_id = edition.list_id AND list_scope.role = 'member'
    ANTI JOIN listed ON listed.list_id = edition.list_id AND listed.city_id = heir.city_id
    QUALIFY row_number() OVER (
        PARTITION BY heir.membership_id ORDER BY first_day_of(edition.stated_on), edition.standing, edition.list_id
    ) = 1
)
SELECT heir.*, missing.list_id, missing.stated_on AS missing_on
FROM heir
LEFT JOIN missing USING (membership_id);

-- A membership in the successor that a text states without its beginning began there.
CREATE OR REPLACE TEMP TABLE taken_over AS
SELECT spell_belief.membership_id, min(continued.continued_on) AS continued_on
FROM spell_belief
JOIN continued ON continued.city_id = spell_belief.city_id AND continued.successor_id = spell_belief.network_id
WHERE spell_belief.role = 'member' AND spell_belief.spell = 1 AND spell_belief.since IS NULL
    AND spell_belief.status <> 'planned'
GROUP BY spell_belief.membership_id
HAVING min(continued.continued_on) <= min(spell_belief.valid_from);
UPDATE spell_belief SET valid_from = taken_over.continued_on
FROM taken_over
WHERE taken_over.membership_id = spell_belief.membership_id;

-- A city that presides over a network is a member of it, and so is a member of what the network took the place of,
-- though no text says so: believed, but marked. It has the id that the first stated spell will have, which then
-- confirms it instead of replacing it; beside a planned membership, which has that id, it takes another.
--   part  implies: by an office; continues: by a membership in a network that is over
CREATE OR REPLACE TEMP TABLE implied AS
WITH ground AS (
    SELECT spell_belief.* EXCLUDE (until), NULL AS until, 'implies' AS part, NULL AS list_id, NULL::DATE AS continued_on
    FROM spell_belief
    JOIN role_rule USING (role)
    WHERE role_rule.implies_membership AND spell_belief.status <> 'planned'
    UNION ALL BY NAME
    SELECT
        continued.* EXCLUDE (successor_id, missing_on) REPLACE (
            successor_id AS network_id,
            CASE WHEN list_id IS NULL THEN 'current' ELSE 'ended' END AS status,
            missing_on AS until,
            least(continued_on, first_day_of(missing_on) - 1) AS valid_from,
            first_day_of(missing_on) - 1 AS valid_to
        ),
        'continues' AS part
    FROM continued
)
SELECT
    ground.*,
    sha256(concat_ws(chr(31), city_id, network_id, 'member', '', CASE WHEN planned.city_id IS NULL THEN 1 ELSE 0 END))
        AS implied_id
FROM ground
LEFT JOIN (
    SELECT DISTINCT city_id, network_id FROM spell_belief WHERE role = 'member' AND status = 'planned'
) AS planned USING (city_id, network_id)
ANTI JOIN (
    SELECT city_id, network_id
    FROM spell_belief
    JOIN role_rule USING (role)
    WHERE role_rule.is_membership AND spell_belief.status <> 'planned'
) AS stated USING (city_id, network_id)
-- Nor where a person accepted that it is no member, knowing of the office, or of the network that is over.
ANTI JOIN (SELECT * FROM accepted WHERE role = 'member' AND status = 'denied') AS denied
    ON denied.city_id = ground.city_id AND denied.network_id = ground.network_id
    AND greatest(first_day_of(ground.last_confirmed_on), ground.continued_on) <= denied.accepted_on;

CREATE OR REPLACE TEMP TABLE belief AS
SELECT * EXCLUDE (line_id, spell, is_dissolved, wakes_on)
FROM spell_belief
SEMI JOIN affected USING (city_id, network_id)
UNION ALL
SELECT
    implied_id,
    city_id, network_id, 'member', NULL, NULL,
    CASE WHEN bool_or(status = 'current') THEN 'current' WHEN bool_or(status = 'stale') THEN 'stale' ELSE 'ended' END,
    NULL,
    CASE WHEN bool_and(status = 'ended') THEN max(until) END,
    min(first_claimed_on), max(last_confirmed_on),
    max(confidence), sum(claims)::BIGINT, max(sources), arg_max(best_claim_id, (confidence, best_claim_id)),
    min(valid_from),
    CASE WHEN bool_and(valid_to IS NOT NULL) THEN max(valid_to) END,
    true
FROM implied
SEMI JOIN affected USING (city_id, network_id)
GROUP BY implied_id, city_id, network_id;

CREATE OR REPLACE TEMP TABLE belief_claim AS
SELECT spell_belief.membership_id, spell_claim.claim_id, spell_claim.part
FROM spell_claim
JOIN spell_belief USING (line_id, spell)
SEMI JOIN affected USING (city_id, network_id)
WHERE spell_claim.part NOT IN ('absent', 'dissolves')
UNION
SELECT implied.implied_id, spell_claim.claim_id, implied.part
FROM implied
JOIN spell_claim USING (line_id, spell)
SEMI JOIN affected USING (city_id, network_id)
WHERE spell_claim.part NOT IN ('absent', 'dissolves');

CREATE OR REPLACE TEMP TABLE belief_list AS
SELECT spell_belief.membership_id, absence.list_id
FROM spell_claim
JOIN spell_belief USING (line_id, spell)
SEMI JOIN affected USING (city_id, network_id)
JOIN absence ON absence.absence_id = spell_claim.claim_id AND absence.line_id = spell_claim.line_id
WHERE spell_claim.part = 'absent'
UNION
SELECT implied_id, list_id
FROM implied
SEMI JOIN affected USING (city_id, network_id)
WHERE list_id IS NOT NULL;
