-- What is stale: which present memberships and offices has no source confirmed for some years?
-- $years (optional): 5 where it is not given
-- Example: hansa sql --named unconfirmed --set years=3
SELECT network, city, country_code, role, body, holder, last_confirmed_on, sources, confidence
FROM membership_current
ANTI JOIN (SELECT role FROM role_rule WHERE is_event) AS event USING (role)
WHERE last_day_of(last_confirmed_on) < current_date - to_years(coalesce(CAST($years AS INTEGER), 5))
ORDER BY last_confirmed_on, network, city, role, body;
