-- Who chairs what?
-- Example: hansa sql --named chairs
SELECT network, role, city, country_code, holder, since, last_confirmed_on, confidence
FROM membership_current
WHERE role IN ('chair', 'co_chair')
ORDER BY network, role, city;
