"""Lists whose columns a source explains: a row gives a claim, or a finding says why not."""

from functools import cache

import pytest

from extractors.catalogue import load_catalogue
from extractors.gazetteer import Gazetteer, load_gazetteer
from extractors.listed_cities import find_listed_city
from extractors.member_lists import MemberListReader, describe_reading, is_explained
from extractors.readers import read_document_bytes
from schemas.claim import Claim
from schemas.document import Document
from schemas.finding import Finding
from schemas.source import Source
from schemas.vocabulary import FindingKind, Role, Status

PAGE = (
    "<html><body><main><h1>Our members</h1><p>Eurocities counts the cities below among its members today.</p>"
    "<h2>France</h2><table><tr><th>Ville</th><th>Depuis</th></tr><tr><td>Nantes</td><td>1991</td></tr>"
    "<tr><td>Lyon</td><td>1986</td></tr></table><h2>Norway</h2><table><tr><th>Ville</th><th>Depuis</th></tr>"
    "<tr><td>Oslo</td><td>1992</td></tr></table></main></body></html>"
)


@cache
def reader() -> MemberListReader:
    return MemberListReader(load_gazetteer(), load_catalogue())


def describe(columns: dict[str, str], **fields: object) -> Source:
    given: dict[str, object] = {
        "name": "members", "kind": "list", "paths": ["members.csv"], "publisher": "Eurocities",
        "authority": "network", "network": "eurocities", "columns": columns,
    }  # fmt: skip
    return Source.model_validate(given | fields)


def read(text: str, columns: dict[str, str], name: str = "members.csv", **fields: object):
    [document] = read_document_bytes(text.encode(), name=name)
    assert isinstance(document, Document)
    extraction = reader().read(document, describe(columns, **fields))
    for claim in extraction.claims:
        assert document.text[claim.evidence.start : claim.evidence.end] == claim.evidence.text
        assert claim.city.mention in claim.evidence.text
    return extraction.claims, extraction.findings


def tell(claim: Claim) -> tuple[object, ...]:
    return claim.city.name, claim.city.country, claim.role, claim.status, claim.since


def test_each_row_is_a_claim_under_the_configured_headings() -> None:
    text = "Stadt;Land;Beitritt\nNantes;Frankreich;1991\nTampere;Finnland;05/2005\n"
    claims, findings = read(text, {"city": "Stadt", "country": "Land", "since": "Beitritt"})
    assert [tell(claim) for claim in claims] == [
        ("Nantes", "FR", Role.MEMBER, Status.CURRENT, "1991"),
        ("Tampere", "FI", Role.MEMBER, Status.CURRENT, "2005-05"),
    ]
    assert not findings
    assert claims[0].network.id == "eurocities"
    assert claims[0].evidence.text == "Nantes | Frankreich | 1991"


def test_headings_are_compared_without_case_and_accents() -> None:
    claims, _ = read("VILLE,Pays\nNantes,France\n", {"city": "Ville", "country": "pays"})
    assert len(claims) == 1


def test_all_columns_are_read() -> None:
    text = (
        "City,Country,Network,Role,Status,From,To,Body,Holder\n"
        "Oslo,NO,C40,Vice-President,former,1/5/2019,2021-04-30,Transport Forum,Ana Berg\n"
    )
    names = {"city": "City", "country": "Country", "network": "Network", "role": "Role", "status": "Status",
             "since": "From", "until": "To", "body": "Body", "holder": "Holder"}  # fmt: skip
    [claim], findings = read(text, names)
    assert not findings
    assert claim.network.id == "c40"
    assert (claim.role, claim.status, claim.since, claim.until) == (Role.VICE_CHAIR, Status.ENDED, "2019", "2021-04-30")
    assert (claim.body, claim.holder) == ("Transport Forum", "Ana Berg")


def test_what_being_listed_means_is_the_sources_to_say() -> None:
    claims, _ = read("City\nOslo\n", {"city": "City"}, role="signatory")
    assert claims[0].role is Role.SIGNATORY


def test_country_of_a_row_may_stand_in_the_heading_over_its_table() -> None:
    claims, findings = read(PAGE, {"city": "Ville", "since": "Depuis"}, name="members.html")
    assert [(claim.city.name, claim.city.country) for claim in claims] == [
        ("Nantes", "FR"),
        ("Lyon", "FR"),
        ("Oslo", "NO"),
    ]
    assert not findings
    assert claims[0].network.mention == "Eurocities"


@pytest.mark.parametrize(
    ("written", "country", "expected"),
    [
        ("City of Nantes", "France", ("Nantes", "FR")),
        ("Nantes (France)", "", ("Nantes", "FR")),
        ("Nantes Métropole", "FR", ("Nantes", "FR")),
        ('"Portland, Oregon"', "", ("Portland", "US")),
        ('"Portland, Maine"', "USA", ("Portland", "US")),
        ("Mexico City", "Mexico", ("Mexico City", "MX")),
        ("Birmingham", "United States", ("Birmingham", "US")),
        ("Birmingham", "UK", ("Birmingham", "GB")),
        ("Cordoba", "Spain", ("Córdoba", "ES")),
    ],
)
def test_city_is_linked_within_its_country(written: str, country: str, expected: tuple[str, str]) -> None:
    [claim], _ = read(f"City,Country\n{written},{country}\n", {"city": "City", "country": "Country"})
    assert (claim.city.name, claim.city.country) == expected


def test_the_two_portlands_are_told_apart_by_their_states() -> None:
    claims, _ = read('City\n"Portland, Oregon"\n"Portland, Maine"\n', {"city": "City"})
    assert len({claim.city.geonameid for claim in claims}) == 2


@pytest.mark.parametrize(
    ("row", "counts"),
    [
        pytest.param("Birmingham,United Kingdom", True, id="the only one in the country"),
        pytest.param("Nantes,", True, id="the only one"),
        pytest.param('"Portland, Maine",United States', True, id="the only one in the state"),
        pytest.param("Paris,", True, id="far larger than the next"),
        pytest.param("Xyzzyburg,France", True, id="kept by its name"),
        pytest.param("Birmingham,", False, id="not far larger than the next"),
        pytest.param("Springfield,United States", False, id="as large as the next in the country"),
    ],
)
def test_row_counts_unless_its_name_is_as_good_as_a_namesakes(row: str, counts: bool) -> None:
    [claim], _ = read(f"City,Country\n{row}\n", {"city": "City", "country": "Country"})
    assert (claim.confidence >= 0.95, claim.confidence <= 0.6) == (counts, not counts)


def test_city_that_geonames_lacks_is_claimed_only_in_a_country() -> None:
    claims, findings = read("City,Country\nXyzzyburg,France\nTotal: 191,\n", {"city": "City", "country": "Country"})
    assert [(claim.city.name, claim.city.country, claim.city.geonameid) for claim in claims] == [
        ("Xyzzyburg", "FR", None)
    ]
    assert [finding.kind for finding in findings] == [FindingKind.UNRESOLVED_CITY] * 2
    assert "no claim was made" in findings[1].message


def find_one(findings: list[Finding], kind: FindingKind) -> str:
    [message] = [finding.message for finding in findings if finding.kind is kind]
    return message


def test_missing_city_column_names_what_was_found_and_what_to_do() -> None:
    claims, findings = read("Stadt,Land\nNantes,France\n", {"city": "City"})
    assert not claims
    message = find_one(findings, FindingKind.UNREADABLE)
    assert "found 'Stadt', 'Land', expected a column 'City'; correct columns" in message


def test_other_missing_column_costs_only_itself() -> None:
    claims, findings = read("City,Land\nNantes,France\n", {"city": "City", "since": "Since"})
    assert len(claims) == 1
    assert "expected a column 'Since'" in find_one(findings, FindingKind.BROKEN_RECORD)


@pytest.mark.parametrize("column", ["role", "status"])
def test_rows_of_unknown_role_or_status_do_not_count_and_are_told_once(column: str) -> None:
    known = {"role": "Member", "status": "Active"}[column]
    text = f"City,Tier\nNantes,{known}\nOslo,Platinum\nBergen,Platinum\n"
    claims, findings = read(text, {"city": "City", column: "Tier"})
    assert [(claim.city.name, claim.confidence > 0) for claim in claims] == [
        ("Nantes", True), ("Oslo", False), ("Bergen", False),
    ]  # fmt: skip
    assert {(claim.role, claim.status) for claim in claims} == {(Role.MEMBER, Status.CURRENT)}
    assert "'Platinum' (2 rows)" in find_one(findings, FindingKind.BROKEN_RECORD)


def test_row_of_known_role_counts_whatever_another_of_its_city_says() -> None:
    [claim], _ = read("City,Tier\nNantes,Platinum\nNantes,Member\n", {"city": "City", "role": "Tier"})
    assert claim.confidence > 0
    assert claim.evidence.text == "Nantes | Member"


def test_unreadable_date_costs_the_date() -> None:
    [claim], findings = read("City,Since\nNantes,long ago\n", {"city": "City", "since": "Since"})
    assert claim.since is None
    assert "'long ago' (1 rows)" in find_one(findings, FindingKind.BROKEN_RECORD)


def test_unknown_network_gets_an_id_of_its_own() -> None:
    text = "City,Network\nNantes,League of Purple Cities\n"
    [claim], findings = read(text, {"city": "City", "network": "Network"}, network=None)
    assert claim.network.id.startswith("new:")
    assert find_one(findings, FindingKind.UNKNOWN_NETWORK)


def test_only_an_end_in_the_past_ends_a_membership() -> None:
    text = "City,Until\nNantes,2019\nOslo,\nBergen,2999\n"
    claims, _ = read(text, {"city": "City", "until": "Until"})
    assert [claim.status for claim in claims] == [Status.ENDED, Status.CURRENT, Status.CURRENT]


def test_row_said_twice_is_one_claim() -> None:
    claims, _ = read("City,Country\nNantes,France\nNantes,France\n", {"city": "City", "country": "Country"})
    assert len(claims) == 1


def test_version_changes_with_what_the_source_says_of_its_columns() -> None:
    one, two = describe({"city": "City"}), describe({"city": "Ville"})
    assert describe_reading(one) != describe_reading(two)
    assert describe_reading(one) == describe_reading(describe({"city": "City"}, publisher="Another"))


def test_only_lists_with_a_city_column_are_explained() -> None:
    assert is_explained(describe({"city": "City"}))
    assert not is_explained(describe({}))
    assert not is_explained(None)


def test_municipality_that_geonames_lacks_has_no_id_in_a_list(gazetteer: Gazetteer) -> None:
    city = find_listed_city(gazetteer, "Ekurhuleni", "ZA").city
    assert (city.name, city.country, city.geonameid) == ("Ekurhuleni", "ZA", None)
