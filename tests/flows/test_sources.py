"""The sources file: what it may say, and how it is told what is wrong."""

from pathlib import Path

import pytest

from flows.sources import check_networks, check_schedule, find_source, read_sources
from schemas.errors import ConfigurationError
from schemas.source import SourceKind
from schemas.vocabulary import Authority, Role

WHOLE = """
[[source]]
name = "eurocities-members"
kind = "list"
urls = ["https://eurocities.eu/cities/"]
publisher = "Eurocities"
authority = "network"
network = "eurocities"
role = "member"
complete = true
published = "2022-01-01"
include = ["*/cities/*"]
exclude = ["*/news/*"]
max_bytes = 5_000_000
schedule = "0 6 * * 1"
[source.columns]
city = "City"
country = "Country"
since = "Member since"
[source.expect.claims]
min = 180
max = 260
"""
LEAST = (
    '[[source]]\nname = "one"\nkind = "page"\nurls = ["https://example.org/"]\npublisher = "P"\nauthority = "news"\n'
)
LOCAL = LEAST.replace('urls = ["https://example.org/"]', 'paths = ["list.csv"]')


@pytest.fixture
def write(tmp_path: Path):
    def write_sources(text: str) -> Path:
        path = tmp_path / "sources.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write_sources


def test_every_documented_key_is_read(write) -> None:
    [source] = read_sources(write(WHOLE))
    assert source.authority is Authority.NETWORK
    assert source.role is Role.MEMBER
    assert source.columns.since == "Member since"
    assert (source.expect.claims.min, source.expect.claims.max) == (180, 260)
    assert source.complete
    assert source.max_bytes == 5_000_000
    assert source.schedule == "0 6 * * 1"


def test_least_source_needs_five_keys(write) -> None:
    [source] = read_sources(write(LEAST))
    assert source.network is None
    assert source.expect.claims.min is None


def test_shipped_sources_are_well_formed_and_known() -> None:
    from extractors.catalogue import load_catalogue

    path = Path(__file__).parents[2] / "sources.toml"
    sources = read_sources(path)
    check_networks(path, sources, {network.network_id for network in load_catalogue().networks})
    assert len(sources) >= 25
    assert len({source.publisher for source in sources}) >= 20
    assert {source.kind for source in sources} >= {SourceKind.PAGE, SourceKind.FEED, SourceKind.LIST}
    assert all(source.publisher for source in sources)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LEAST.replace('"news"', '"newspaper"'), r"\[\[source\]\] 1 'one', key 'authority': found 'newspaper'"),
        (LEAST.replace('"page"', '"webpage"'), "key 'kind': found 'webpage'"),
        (LEAST + 'colour = "red"\n', "key 'colour': is unknown"),
        (LEAST + "[source.columns]\ntown = 'City'\n", "key 'columns.town': is unknown"),
        (LEAST.replace('publisher = "P"\n', ""), "key 'publisher': is missing"),
        (LEAST.replace("https://example.org/", "file:///etc/passwd"), "key 'urls': .*no http or https"),
        (LEAST.replace('urls = ["https://example.org/"]\n', ""), "'one', has neither urls nor paths"),
        (LEAST.replace('"one"', '"One!"'), "key 'name': found 'One!'"),
        (LEAST + 'schedule = "every day"\n', "key 'schedule'"),
        (LEAST + 'schedule = "99 6 * * 1"\n', "key 'schedule'"),
        (LEAST + 'published = "2022-13"\n', "key 'published': found '2022-13'"),
        (LEAST + "max_bytes = 0\n", "key 'max_bytes': found 0: Input should be greater than 0"),
        (LEAST + "complete = true\n", "complete needs kind"),
        (LEAST + "[source.expect.claims]\nmin = 9\nmax = 3\n", "min 9 is greater than max 3"),
        (LEAST + "[source.columns]\ncity = 'City'\n", "'one', table 'columns': found on a source of kind \"page\""),
        (
            LEAST.replace('"page"', '"list"') + "[source.columns]\nsince = 'Since'\n",
            "table 'columns': lacks the key 'city'",
        ),
        (
            LEAST.replace('"page"', '"list"') + "[source.columns]\ncity = 'City'\n",
            "lacks the key 'network', since the source names no network either",
        ),
        (LEAST + LEAST, "two sources are named 'one'"),
        (
            LEAST + LEAST.replace('"one"', '"two"').replace("org/", "org/#members"),
            r"'two', key 'urls': found 'https://example.org/#members', which 'one' names as well",
        ),
        (
            LOCAL + LOCAL.replace('"one"', '"two"').replace("list.csv", "./a/../list.csv"),
            r"'two', key 'paths': found './a/../list.csv', which 'one' names as well, .*; join the two sources",
        ),
        ('[sources]\nname = "x"\n', "unknown table 'sources'"),
        ('[source]\nname = "x"\n', "found one table"),
        ("[[source]\n", "cannot be read as TOML"),
    ],
)
def test_fault_is_told_by_file_table_and_key(write, text: str, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told) as caught:
        read_sources(write(text))
    assert "sources.toml" in str(caught.value)


def test_all_faults_are_told_at_once(write) -> None:
    text = LEAST.replace('"news"', '"x"') + LEAST.replace('"one"', '"two"').replace('"page"', '"y"')
    with pytest.raises(ConfigurationError) as caught:
        read_sources(write(text))
    assert len(str(caught.value).splitlines()) == 2


def test_folder_may_be_shared_by_the_patterns_of_two_sources(write) -> None:
    folder = LOCAL.replace('"page"', '"folder"').replace("list.csv", "texts")
    text = folder + 'include = ["*.md"]\n' + folder.replace('"one"', '"two"') + 'exclude = ["*.md"]\n'
    assert len(read_sources(write(text))) == 2


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="no such sources file; name inputs"):
        read_sources(tmp_path / "none.toml")


def test_unknown_source_lists_those_there_are(write) -> None:
    with pytest.raises(ConfigurationError, match="no source is named 'two'; there are: one"):
        find_source(read_sources(write(LEAST)), "two")


def test_unknown_network_is_told_by_source(write) -> None:
    path = write(LEAST + 'network = "atlantis"\n')
    with pytest.raises(ConfigurationError, match="'one', key 'network': found 'atlantis'"):
        check_networks(path, read_sources(path), {"eurocities"})


@pytest.mark.parametrize("expression", ["0 6 * * *", "*/15 * * * 1-5", "0 0 1 JAN *"])
def test_cron_expression_is_taken(expression: str) -> None:
    check_schedule(expression)


@pytest.mark.parametrize("expression", ["", "daily", "0 6 * *", "0 25 * * *", "0 0 31 2 *"])
def test_expression_that_never_comes_is_refused(expression: str) -> None:
    with pytest.raises(ConfigurationError, match="expected a cron expression"):
        check_schedule(expression)
