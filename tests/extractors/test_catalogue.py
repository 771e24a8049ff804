from pathlib import Path

import pytest

from extractors.catalogue import CATALOGUE_PATH, Catalogue, load_catalogue
from schemas.errors import ConfigurationError

HEADER = "id,name,acronym,aliases,founded,successor,scope,theme,secretariat_country,ambiguous\n"


def write_table(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "networks.csv"
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


def test_catalogue_of_the_package_is_valid_and_knows_its_networks(catalogue: Catalogue) -> None:
    assert len(catalogue) > 400
    assert catalogue.by_id("uclg").acronym == "UCLG"
    assert catalogue.by_id("iula").successor_id == "uclg"


def test_successors_lead_to_a_network_that_has_none(catalogue: Catalogue) -> None:
    for network in catalogue:
        seen = [network.network_id]
        while (following := catalogue.by_id(seen[-1]).successor_id) is not None:
            assert following not in seen
            seen.append(following)


def test_no_two_networks_share_an_unambiguous_name(catalogue: Catalogue) -> None:
    owners: dict[str, str] = {}
    for network in catalogue:
        for name in set(network.names) - set(network.ambiguous_aliases):
            assert owners.setdefault(name, network.network_id) == network.network_id


def test_years_of_a_network_are_in_order(catalogue: Catalogue) -> None:
    assert all(n.founded <= n.ended for n in catalogue if n.founded is not None and n.ended is not None)


def test_names_hold_name_acronym_and_aliases_once(tmp_path: Path) -> None:
    path = write_table(tmp_path, "x-net,X Network,XN,XN|X Network|Xnet,,,global,general,,")
    assert load_catalogue(path).by_id("x-net").names == ("X Network", "XN", "Xnet")


def test_empty_cells_are_null(tmp_path: Path) -> None:
    network = load_catalogue(write_table(tmp_path, "x-net,X Network,,,,,global,general,,")).by_id("x-net")
    assert (network.acronym, network.aliases, network.founded, network.website) == (None, (), None, None)


def test_without_leaves_networks_out_and_keeps_the_catalogue(catalogue: Catalogue) -> None:
    less = catalogue.without(["c40", "iclei"])
    assert len(less) == len(catalogue) - 2
    assert "c40" in catalogue
    assert "c40" not in less


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("x-net,X Network,,,in 1990,,global,general,,", "line 2, column founded: found 'in 1990'"),
        ("X Net,X Network,,,,,global,general,,", "line 2, column id: found 'X Net'"),
        ("x-net,,,,,,global,general,,", "line 2, column name: found ''"),
        ("x-net,X Network,,,,,global,general,Germany,", "line 2, column secretariat_country: found 'Germany'"),
        ("x-net,X Network,,,,,global,general,,Nets", "line 2, column ambiguous: found 'Nets'"),
        ("x-net,X Network,,,,y-net,global,general,,", "line 2, column successor: found 'y-net'"),
        ("x-net,X Network", "line 2: more or fewer cells"),
        ("x-net,X Network,,,,,global,general,,,", "line 2: more or fewer cells"),
    ],
)
def test_wrong_row_is_named_by_file_line_and_column(tmp_path: Path, row: str, where: str) -> None:
    path = write_table(tmp_path, row)
    with pytest.raises(ConfigurationError) as caught:
        load_catalogue(path)
    assert str(path) in str(caught.value)
    assert where in str(caught.value)


def test_repeated_id_names_both_lines(tmp_path: Path) -> None:
    row = "x-net,X Network,,,,,global,general,,"
    with pytest.raises(ConfigurationError, match=r"line 3, column id: found 'x-net', which stands on line 2 too"):
        load_catalogue(write_table(tmp_path, row, row))


@pytest.mark.parametrize(
    ("header", "message"),
    [("id,name\n", "'scope' is missing"), ("id,name,scope,theme,colour\n", "found column 'colour'")],
)
def test_wrong_heading_is_named(tmp_path: Path, header: str, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        load_catalogue(write_table(tmp_path, header=header))


def test_missing_or_undecodable_file_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_catalogue(tmp_path / "nothing.csv")
    broken = tmp_path / "broken.csv"
    broken.write_bytes(CATALOGUE_PATH.read_bytes()[:300] + b"\xff\n")
    with pytest.raises(ConfigurationError, match="not UTF-8"):
        load_catalogue(broken)
