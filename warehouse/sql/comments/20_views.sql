-- Columns that only views have; the others say what the column of that name says in its table.

COMMENT ON COLUMN membership_current.city IS 'Name of the city.';
COMMENT ON COLUMN membership_current.country_code IS 'Of the city; ISO 3166-1 alpha-2.';
COMMENT ON COLUMN membership_current.network IS 'Name of the network.';

COMMENT ON COLUMN city_network_grade.grade IS '1 observer, 2 member, 3 holds an office; +1 founder, +2 hosts the secretariat.';
COMMENT ON COLUMN city_network_grade.is_member IS 'Member by a text, or by an office that implies it.';
COMMENT ON COLUMN city_network_grade.holds_office IS 'Chairs, or sits in a governing body or a committee''s chair.';
COMMENT ON COLUMN city_network_grade.roles IS 'Current roles, in the order of the alphabet.';

COMMENT ON COLUMN city_profile.city IS 'Name of the city.';
COMMENT ON COLUMN city_profile.memberships IS 'Networks that it is a member of.';
COMMENT ON COLUMN city_profile.observerships IS 'Networks that it observes.';
COMMENT ON COLUMN city_profile.networks_with_office IS 'Networks in which it holds an office.';
COMMENT ON COLUMN city_profile.networks_founded IS 'Networks that it helped to found.';
COMMENT ON COLUMN city_profile.secretariats_hosted IS 'Networks whose secretariat it hosts.';
COMMENT ON COLUMN city_profile.grade_index IS 'Sum of its grades over all networks.';

COMMENT ON COLUMN network_profile.network IS 'Name of the network.';
COMMENT ON COLUMN network_profile.members IS 'Cities that are members.';
COMMENT ON COLUMN network_profile.countries IS 'Countries of the members.';
COMMENT ON COLUMN network_profile.observers IS 'Cities that observe.';
COMMENT ON COLUMN network_profile.offices IS 'Offices that are held.';
COMMENT ON COLUMN network_profile.chaired_by IS 'Cities that chair or co-chair.';
COMMENT ON COLUMN network_profile.secretariat_in IS 'Cities that host a secretariat.';
COMMENT ON COLUMN network_profile.last_confirmed_on IS 'Date of the newest document behind a current membership or office.';

COMMENT ON COLUMN country_coverage.network IS 'Name of the network.';
COMMENT ON COLUMN country_coverage.country IS 'English name.';
COMMENT ON COLUMN country_coverage.is_oecd IS 'Member of the OECD in 2024.';
COMMENT ON COLUMN country_coverage.members IS 'Cities of the country that are members; 0 where it has none.';

COMMENT ON COLUMN network_growth.network IS 'Name of the network.';
COMMENT ON COLUMN network_growth.year IS 'Calendar year.';
COMMENT ON COLUMN network_growth.members IS 'Members at its end.';
COMMENT ON COLUMN network_growth.joined IS 'Members whose beginning a text dates to the year.';
COMMENT ON COLUMN network_growth.left_network IS 'Members whose end a text dates to the year.';

COMMENT ON COLUMN identity_link.kind IS 'same_city, same_network.';
COMMENT ON COLUMN same_as.kind IS 'same_city, same_network.';
COMMENT ON COLUMN standing_judgement.kind IS 'As in judgement, but never withdraw.';
COMMENT ON COLUMN claim_judgement.kind IS 'accept, reject, correct.';
COMMENT ON COLUMN judged_claim.is_rejected IS 'It counts no more: the newest judgement on it is a rejection.';
COMMENT ON COLUMN judged_claim.is_accepted IS 'It outweighs others: it was accepted, and not rejected since.';
COMMENT ON COLUMN judged_claim.accepted_at IS 'When it was accepted last, UTC.';
COMMENT ON COLUMN judged_claim.correction IS 'The corrected fields with their newest values; null: none.';

COMMENT ON COLUMN admitted_claim.is_doubtful IS 'Less certain than least_confidence(), and not judged by a person.';

COMMENT ON COLUMN unknown_network.network IS 'Name, as most claims give it.';
COMMENT ON COLUMN unknown_network.mentions IS 'How texts write it.';
COMMENT ON COLUMN unknown_network.memberships IS 'Present memberships that hang on it.';
COMMENT ON COLUMN unknown_network.claims IS 'Claims that wait for it.';
COMMENT ON COLUMN unknown_network.documents IS 'Documents that make them.';
COMMENT ON COLUMN unknown_network.cities IS 'Cities that they name.';
COMMENT ON COLUMN unknown_network.countries IS 'Countries of these; ISO 3166-1 alpha-2.';
COMMENT ON COLUMN unknown_network.scope_guess IS 'Area that it may cover, by these countries; null: none is known.';
