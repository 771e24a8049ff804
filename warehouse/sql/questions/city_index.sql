-- How engaged is each city: its memberships, and the sum of its grades over all networks?
-- $country (optional): ISO 3166-1 alpha-2; all countries where it is not given
-- Example: hansa sql --named city_index --set country=DE
SELECT city, country_code, memberships, networks_with_office, networks_founded, secretariats_hosted, grade_index
FROM city_profile
WHERE $country IS NULL OR country_code = upper($country)
ORDER BY grade_index DESC, memberships DESC, city, country_code;
