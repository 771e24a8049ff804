-- What tables, columns, views and macros hold; dashboard tools show it.

COMMENT ON TABLE run IS 'A run of the pipeline.';
COMMENT ON COLUMN run.run_id IS 'Hash of inputs, versions and start.';
COMMENT ON COLUMN run.started_at IS 'UTC.';
COMMENT ON COLUMN run.finished_at IS 'UTC; null: the run was cut short.';
COMMENT ON COLUMN run.inputs IS 'What was asked to be read.';
COMMENT ON COLUMN run.versions IS 'Component to version.';
COMMENT ON COLUMN run.counts IS 'What the run counted.';

COMMENT ON TABLE document IS 'A text that was read.';
COMMENT ON COLUMN document.document_id IS 'sha256 of its bytes.';
COMMENT ON COLUMN document.url IS 'Where it was found; null for files.';
COMMENT ON COLUMN document.title IS 'As the document gives it.';
COMMENT ON COLUMN document.publisher IS 'Who published it.';
COMMENT ON COLUMN document.authority IS 'Who speaks: network, city, news, academic, other.';
COMMENT ON COLUMN document.published IS 'Publication date, as exact as known: 2021, 2021-05 or 2021-05-04.';
COMMENT ON COLUMN document.fetched_at IS 'When it was first read, UTC.';
COMMENT ON COLUMN document.kind IS 'Genre: news, press_release, report, minutes, webpage, essay, newsletter, speech, list, other.';
COMMENT ON COLUMN document.language IS 'ISO 639-1 code.';
COMMENT ON COLUMN document.name IS 'What a user calls it: a path, a URL, the id of a JSON line.';
COMMENT ON COLUMN document.network_id IS 'Network whose site or list this is.';
COMMENT ON COLUMN document.source IS 'Name of the source in the sources file.';
COMMENT ON COLUMN document.characters IS 'Length of its text.';
COMMENT ON COLUMN document.words_hash IS 'Equal for copies of one text.';
COMMENT ON COLUMN document.run_id IS 'Run that read it first.';

COMMENT ON TABLE document_text IS 'The whole text of a document; empty in the published file.';
COMMENT ON COLUMN document_text.document_id IS 'The document.';
COMMENT ON COLUMN document_text.text IS 'What the offsets of evidence refer to.';

COMMENT ON TABLE claim IS 'What one document states about one city in one network; appended, never altered.';
COMMENT ON COLUMN claim.claim_id IS 'Hash of what it says, of its document and of the extractor version.';
COMMENT ON COLUMN claim.document_id IS 'The document that states it.';
COMMENT ON COLUMN claim.city_id IS 'gn:GEONAMEID, or name:COUNTRY:NAME for a place without one.';
COMMENT ON COLUMN claim.network_id IS 'Id in the catalogue; new:… where the catalogue lacks it.';
COMMENT ON COLUMN claim.document IS 'Name of the document.';
COMMENT ON COLUMN claim.city IS 'The city: GeoNames name, country, GeoNames id, and the words of the text.';
COMMENT ON COLUMN claim.network IS 'The network: id, name, and the words of the text.';
COMMENT ON COLUMN claim.role IS 'What the city is to the network.';
COMMENT ON COLUMN claim.status IS 'At publication: current, ended, planned, denied.';
COMMENT ON COLUMN claim.since IS 'Partial date.';
COMMENT ON COLUMN claim.until IS 'Partial date.';
COMMENT ON COLUMN claim.body IS 'Committee, programme, event or award.';
COMMENT ON COLUMN claim.holder IS 'Person who holds the role for the city.';
COMMENT ON COLUMN claim.evidence IS 'The sentence, list item or row: text, half-open offsets in the document''s text, page.';
COMMENT ON COLUMN claim.confidence IS '0 to 1.';
COMMENT ON COLUMN claim.found_by IS 'Component and version.';
COMMENT ON COLUMN claim.extractor_version IS 'Version of the whole extractor.';
COMMENT ON COLUMN claim.extracted_at IS 'UTC.';
COMMENT ON COLUMN claim.run_id IS 'Run that stored it.';

COMMENT ON TABLE claim_reading IS 'A reading of a document by a version of the extractor; the newest one''s claims count.';
COMMENT ON COLUMN claim_reading.document_id IS 'The document.';
COMMENT ON COLUMN claim_reading.extractor_version IS 'The version.';
COMMENT ON COLUMN claim_reading.read_at IS 'UTC.';
COMMENT ON COLUMN claim_reading.claims IS 'Claims found.';
COMMENT ON COLUMN claim_reading.run_id IS 'The run.';

COMMENT ON TABLE finding IS 'What went wrong with an input, or needs a person.';
COMMENT ON COLUMN finding.finding_id IS 'Hash of what it says.';
COMMENT ON COLUMN finding.kind IS 'unreadable, unreachable, broken_record, unknown_network, unresolved_city, expectation, foreign_language, doubted_text.';
COMMENT ON COLUMN finding.subject IS 'Input, network or city.';
COMMENT ON COLUMN finding.message IS 'Where, what came, what was expected, what to do.';
COMMENT ON COLUMN finding.document_id IS 'The document, where there is one.';
COMMENT ON COLUMN finding.source IS 'The source, where one was configured.';
COMMENT ON COLUMN finding.found_at IS 'First met, UTC.';
COMMENT ON COLUMN finding.run_id IS 'Run that met it first.';

COMMENT ON TABLE judgement IS 'What a person decided; applied at every refresh.';
COMMENT ON COLUMN judgement.judgement_id IS 'Hash of what it says.';
COMMENT ON COLUMN judgement.kind IS 'accept, reject, correct, same_city, same_network, not_same_city, not_same_network, new_network, withdraw.';
COMMENT ON COLUMN judgement.subject_id IS 'Claim, city, network, finding or judgement that is judged.';
COMMENT ON COLUMN judgement.object_id IS 'City or network that the subject is, is not, or is to be called.';
COMMENT ON COLUMN judgement.details IS 'Of a correction: the fields of the claim that it changes, the empty text for no value; of a new network: its catalogue row; else null.';
COMMENT ON COLUMN judgement.said IS 'What the judged claim said, and where, so that the judgement holds for its likes of other versions of the extractor; else null.';
COMMENT ON COLUMN judgement.reason IS 'Why.';
COMMENT ON COLUMN judgement.author IS 'Who.';
COMMENT ON COLUMN judgement.judged_at IS 'UTC.';

COMMENT ON TABLE city IS 'A city.';
COMMENT ON COLUMN city.city_id IS 'gn:GEONAMEID, or name:COUNTRY:NAME.';
COMMENT ON COLUMN city.geonameid IS 'GeoNames id.';
COMMENT ON COLUMN city.name IS 'Main name.';
COMMENT ON COLUMN city.country_code IS 'ISO 3166-1 alpha-2; null where unknown.';
COMMENT ON COLUMN city.latitude IS 'Degrees, WGS 84.';
COMMENT ON COLUMN city.longitude IS 'Degrees, WGS 84.';
COMMENT ON COLUMN city.population IS 'Inhabitants, as in GeoNames.';
COMMENT ON COLUMN city.is_reference IS 'False: not in GeoNames, but known from claims or by a judgement.';

COMMENT ON TABLE network IS 'A network of cities.';
COMMENT ON COLUMN network.network_id IS 'Id in the catalogue; new:… where the catalogue lacks it.';
COMMENT ON COLUMN network.name IS 'Usual name.';
COMMENT ON COLUMN network.acronym IS 'Usual acronym.';
COMMENT ON COLUMN network.scope IS 'Area it covers.';
COMMENT ON COLUMN network.theme IS 'Subject.';
COMMENT ON COLUMN network.founded IS 'Partial date.';
COMMENT ON COLUMN network.ended IS 'Partial date.';
COMMENT ON COLUMN network.successor_id IS 'Network that took its place: its members go on there.';
COMMENT ON COLUMN network.website IS 'Host name.';
COMMENT ON COLUMN network.members_claimed IS 'Members, as the network counts them.';
COMMENT ON COLUMN network.members_claimed_on IS 'Partial date of members_claimed.';
COMMENT ON COLUMN network.is_reference IS 'False: not in the catalogue, but known from claims or by a judgement.';

COMMENT ON TABLE membership IS 'A spell of a city in a role in a network, as believed from recorded_at until superseded_at.';
COMMENT ON COLUMN membership.membership_id IS 'The spell; its versions share it.';
COMMENT ON COLUMN membership.city_id IS 'The city.';
COMMENT ON COLUMN membership.network_id IS 'The network.';
COMMENT ON COLUMN membership.role IS 'What the city is to the network.';
COMMENT ON COLUMN membership.body IS 'Committee, programme, event or award.';
COMMENT ON COLUMN membership.holder IS 'Person who last held the role for the city.';
COMMENT ON COLUMN membership.status IS 'current, stale (an office that nobody has confirmed within its usual term), ended, planned; an event or award that has happened stays current.';
COMMENT ON COLUMN membership.since IS 'Partial date, as texts state it.';
COMMENT ON COLUMN membership.until IS 'Partial date, as texts state it; of a succeeded chair: when the next took over; of one whom a complete list no longer names: the list''s date; of one whose network is over: the network''s end.';
COMMENT ON COLUMN membership.first_claimed_on IS 'Date of the earliest document behind it.';
COMMENT ON COLUMN membership.last_confirmed_on IS 'Date of the newest document behind it.';
COMMENT ON COLUMN membership.confidence IS '0 to 1; independent publishers raise it.';
COMMENT ON COLUMN membership.claims IS 'Claims behind it.';
COMMENT ON COLUMN membership.sources IS 'Independent publishers behind it.';
COMMENT ON COLUMN membership.best_claim_id IS 'The claim that decides its status.';
COMMENT ON COLUMN membership.recorded_at IS 'Believed from this moment, UTC.';
COMMENT ON COLUMN membership.superseded_at IS 'Believed until this moment, UTC; null: the present belief.';
COMMENT ON COLUMN membership.valid_from IS 'First day on which it counts as holding: first day of since, else of the first evidence; null: unknown.';
COMMENT ON COLUMN membership.valid_to IS 'Last day on which it counts as holding; null: open.';
COMMENT ON COLUMN membership.is_inferred IS 'No text states it; it follows from an office, or from membership in a network that this one succeeded.';

COMMENT ON TABLE membership_claim IS 'A claim behind a membership of the present belief.';
COMMENT ON COLUMN membership_claim.membership_id IS 'The membership.';
COMMENT ON COLUMN membership_claim.claim_id IS 'The claim.';
COMMENT ON COLUMN membership_claim.part IS 'holds, ends, plans (still to come), planned (came true), succeeds (another took the chair), leaves (the city left the network), implies (by an office), continues (by membership in a network that is over).';

COMMENT ON TABLE complete_list IS 'What a source that promises all members of a network held, whole, on a day; absence from it ends a membership.';
COMMENT ON COLUMN complete_list.list_id IS 'Hash of source, network, documents and day.';
COMMENT ON COLUMN complete_list.source IS 'Name of the source in the sources file.';
COMMENT ON COLUMN complete_list.network_id IS 'The network whose members it lists.';
COMMENT ON COLUMN complete_list.document_ids IS 'The documents that are the list, all of them together.';
COMMENT ON COLUMN complete_list.seen_at IS 'UTC.';
COMMENT ON COLUMN complete_list.run_id IS 'Run that read it.';

COMMENT ON TABLE membership_list IS 'A complete list whose lack of the city ended a membership of the present belief.';
COMMENT ON COLUMN membership_list.membership_id IS 'The membership.';
COMMENT ON COLUMN membership_list.list_id IS 'The list.';

COMMENT ON TABLE applied_reading IS 'Readings that the present belief rests on.';
COMMENT ON COLUMN applied_reading.document_id IS 'The document.';
COMMENT ON COLUMN applied_reading.extractor_version IS 'The version whose claims count.';

COMMENT ON TABLE applied_group IS 'A city in a network, and a digest of all that the present belief on it rests on; empty in the published file.';
COMMENT ON COLUMN applied_group.city_id IS 'The city.';
COMMENT ON COLUMN applied_group.network_id IS 'The network.';
COMMENT ON COLUMN applied_group.digest IS 'Hash of claims, lists, rules; another one: the group is derived anew.';
COMMENT ON COLUMN applied_group.wakes_on IS 'Day on which a term or an office lapses next; null: none.';

COMMENT ON TABLE wording IS 'SimHash of the wording of a document or of the evidence of a claim, by which near copies are told; empty in the published file.';
COMMENT ON COLUMN wording.text_id IS 'document_id or claim_id.';
COMMENT ON COLUMN wording.high IS 'The first 64 of its 128 bits.';
COMMENT ON COLUMN wording.low IS 'The other 64.';

COMMENT ON TABLE applied_judgement IS 'Judgements that the present belief rests on.';
COMMENT ON COLUMN applied_judgement.judgement_id IS 'The judgement.';

COMMENT ON TABLE change IS 'A change of the registry.';
COMMENT ON COLUMN change.change_id IS 'Hash of run, membership and kind.';
COMMENT ON COLUMN change.changed_at IS 'UTC.';
COMMENT ON COLUMN change.run_id IS 'Run that found it.';
COMMENT ON COLUMN change.kind IS 'joined, left, role_gained, role_ended, planned, stale, confirmed, network_ended, continued, corrected, retracted.';
COMMENT ON COLUMN change.membership_id IS 'The membership.';
COMMENT ON COLUMN change.city_id IS 'The city.';
COMMENT ON COLUMN change.network_id IS 'The network.';
COMMENT ON COLUMN change.role IS 'The role.';
COMMENT ON COLUMN change.before IS 'The membership before; null: not believed.';
COMMENT ON COLUMN change.after IS 'The membership after; null: no longer believed.';
COMMENT ON COLUMN change.cause IS 'world, source, extractor, judgement.';
COMMENT ON COLUMN change.claim_id IS 'The best claim after the change, or before a retraction.';

COMMENT ON TABLE conflict IS 'Claims that contradict each other, unresolved.';
COMMENT ON COLUMN conflict.conflict_id IS 'Hash of kind, membership and claims.';
COMMENT ON COLUMN conflict.kind IS 'denied, reopened, until, since, chair.';
COMMENT ON COLUMN conflict.membership_id IS 'The membership that is believed.';
COMMENT ON COLUMN conflict.city_id IS 'The city.';
COMMENT ON COLUMN conflict.network_id IS 'The network.';
COMMENT ON COLUMN conflict.role IS 'The role.';
COMMENT ON COLUMN conflict.claim_id IS 'The claim that is believed.';
COMMENT ON COLUMN conflict.opposing_claim_id IS 'The claim that contradicts it.';
COMMENT ON COLUMN conflict.opened_at IS 'UTC.';
COMMENT ON COLUMN conflict.run_id IS 'Run that found it.';

COMMENT ON TABLE role_rule IS 'What the derivation does with each role.';
COMMENT ON COLUMN role_rule.role IS 'The role.';
COMMENT ON COLUMN role_rule.is_membership IS 'Counts as a member.';
COMMENT ON COLUMN role_rule.is_office IS 'Is an office.';
COMMENT ON COLUMN role_rule.is_exclusive IS 'One city at a time.';
COMMENT ON COLUMN role_rule.is_event IS 'Happens once per body.';
COMMENT ON COLUMN role_rule.is_per_body IS 'Held per body.';
COMMENT ON COLUMN role_rule.ends_with_membership IS 'Ends when the city leaves.';
COMMENT ON COLUMN role_rule.implies_membership IS 'Who holds it is a member.';
COMMENT ON COLUMN role_rule.grade IS 'Standing in the network: 0 to 3.';

COMMENT ON TABLE country IS 'A country; names as in GeoNames.';
COMMENT ON COLUMN country.country_code IS 'ISO 3166-1 alpha-2; XK Kosovo.';
COMMENT ON COLUMN country.name IS 'English name.';
COMMENT ON COLUMN country.continent IS 'GeoNames continent code.';
COMMENT ON COLUMN country.is_oecd IS 'Member of the OECD in 2024.';

COMMENT ON TABLE migration IS 'Which files of SQL made this database.';
COMMENT ON COLUMN migration.name IS 'File.';
COMMENT ON COLUMN migration.sha256 IS 'Of its text.';
COMMENT ON COLUMN migration.applied_at IS 'UTC.';

COMMENT ON VIEW standing_judgement IS 'Judgements that are not withdrawn.';
COMMENT ON VIEW unknown_network IS 'Networks that texts name and the catalogue lacks: they wait for a person (hansa review).';
COMMENT ON VIEW identity_link IS 'What a city or network was judged to be, at first hand.';
COMMENT ON VIEW claim_judgement IS 'Standing judgements on each claim, and on its likes of other versions of the extractor.';
COMMENT ON VIEW judged_claim IS 'What the standing judgements on a claim come to.';
COMMENT ON VIEW same_as IS 'Cities and networks that a person judged to be another, chains followed.';
COMMENT ON VIEW newest_reading IS 'The reading of each document whose claims count.';
COMMENT ON VIEW admitted_claim IS 'Claims of the newest reading that no person rejected, as corrected, with judged identities.';
COMMENT ON VIEW believed_claim IS 'Claims that count: those of admitted_claim as certain as least_confidence() asks for, or judged by a person.';
COMMENT ON VIEW doubtful_claim IS 'Claims of admitted_claim that are less certain than least_confidence() and that no person judged: they support no belief.';
COMMENT ON VIEW membership_current IS 'Present belief, status current, with names.';
COMMENT ON VIEW city_network_grade IS 'Grade of a city in a network: 1 observer, 2 member, 3 holds an office; +1 founder, +2 hosts the secretariat.';
COMMENT ON VIEW city_profile IS 'Current memberships of each city, and the sum of its grades.';
COMMENT ON VIEW network_profile IS 'Current members and offices of each network.';
COMMENT ON VIEW country_coverage IS 'Current members of each network in each country, 0 where it has none.';
COMMENT ON VIEW network_growth IS 'Members of each network at the end of each year.';
COMMENT ON MACRO TABLE membership_as_of IS 'What held on a day (DATE or ISO text), by the present belief.';
COMMENT ON MACRO TABLE registry_as_of IS 'What the registry believed at a moment (TIMESTAMP or ISO text, UTC).';
