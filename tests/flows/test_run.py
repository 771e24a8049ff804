"""The main job without Prefect: what it stores, what it leaves alone, when it refuses to publish."""

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from flows.raw_store import FetchRecord, RawStore
from flows.run import RunReport, run_registry
from flows.settings import Settings
from flows.summary import describe_change
from schemas.document import hash_bytes
from schemas.errors import ConfigurationError, ExpectationFailed, WarehouseBusy
from schemas.vocabulary import FindingKind
from warehouse.database import open_registry, open_warehouse

SAMPLES = Path(__file__).parents[2] / "samples"
LIST = (
    "<html><body><article><h1>Members of Eurocities</h1>"
    "<p>Members of Eurocities:</p><ul>{}</ul></article></body></html>"
)
CITIES = ["Nantes", "Oslo", "Leipzig", "Bologna", "Rotterdam", "Tampere"]


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Two of the samples: a feed and a text."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    for name in ("uclg-congress-2022.txt", "digest.atom"):
        shutil.copy(SAMPLES / name, folder)
    return folder


def write_source(tmp_path: Path, cities: list[str], *, expect: str) -> Path:
    (tmp_path / "members.html").write_text(LIST.format("".join(f"<li>{city}</li>" for city in cities)))
    path = tmp_path / "sources.toml"
    path.write_text(
        '[[source]]\nname = "members"\nkind = "list"\npaths = ["members.html"]\npublisher = "Eurocities"\n'
        f'authority = "network"\nnetwork = "eurocities"\n[source.expect.claims]\n{expect}\n'
    )
    return path


def ask(settings: Settings, query: str) -> list[tuple[object, ...]]:
    with open_registry(settings.publish_path) as con:
        return con.execute(query).fetchall()


def test_run_publishes_what_it_read(settings: Settings, inputs: Path) -> None:
    report = run_registry(settings, [str(inputs)])
    assert report.published == settings.publish_path
    assert not report.failures
    assert report.claims_new > 0
    assert ask(settings, "SELECT count(*) FROM claim") == [(report.claims_new,)]
    assert ask(settings, "SELECT count(*) FROM document") == [(report.documents,)]
    [(run_id, claims)] = ask(settings, "SELECT run_id, counts['claims_new'] FROM run WHERE finished_at IS NOT NULL")
    assert (run_id, claims) == (report.run_id, report.claims_new)


def test_second_run_adds_nothing_and_says_so(settings: Settings, inputs: Path) -> None:
    run_registry(settings, [str(inputs)])
    before = ask(settings, "SELECT * FROM membership ORDER BY ALL")
    report = run_registry(settings, [str(inputs)])
    assert (report.documents_new, report.claims_new, dict(report.changes)) == (0, 0, {})
    assert ask(settings, "SELECT * FROM membership ORDER BY ALL") == before
    assert describe_change(report).startswith("Nothing was added to the registry")


def test_cities_carry_what_the_gazetteer_knows(settings: Settings, inputs: Path) -> None:
    run_registry(settings, [str(inputs)])
    rows = ask(settings, "SELECT country_code, population, latitude FROM city WHERE name = 'Freetown'")
    assert [(row[0], row[1] > 500_000, round(float(str(row[2])))) for row in rows] == [("SL", True, 8)]


def test_bad_input_costs_no_other_its_result(settings: Settings, inputs: Path, tmp_path: Path) -> None:
    alone = run_registry(settings, [str(inputs)])
    (inputs / "empty.html").write_bytes(b"")
    (inputs / "broken.pdf").write_bytes(b"%PDF-1.7 and then nothing")
    other = settings.model_copy(update={"db": tmp_path / "other" / "w.duckdb"})
    report = run_registry(other, [str(inputs), str(tmp_path / "nosuch")])
    assert report.claims_new == alone.claims_new
    assert sorted(Path(finding.subject).name for finding in report.failures) == ["broken.pdf", "empty.html", "nosuch"]
    stored = ask(other, "SELECT count(*) FROM finding WHERE kind = 'unreadable'")
    assert stored == [(3,)]


def test_source_that_keeps_its_promise_is_stored(settings: Settings, tmp_path: Path) -> None:
    report = run_registry(settings, [str(write_source(tmp_path, CITIES, expect="min = 3"))])
    assert report.claims_new >= 3
    assert ask(settings, "SELECT DISTINCT authority FROM document") == [("network",)]


def test_source_that_yields_too_little_stops_publishing(settings: Settings, tmp_path: Path, inputs: Path) -> None:
    sources = write_source(tmp_path, CITIES, expect="min = 300")
    with pytest.raises(ExpectationFailed, match=r"members: found \d+ claims, expected at least 300"):
        run_registry(settings, [str(inputs), str(sources)])
    assert not settings.publish_path.exists()
    with open_warehouse(settings.db) as con:
        [(of_source, of_others)] = con.execute(
            "SELECT count(*) FILTER (source = 'members'), count(*) FILTER (source IS NULL) "
            "FROM claim JOIN document USING (document_id)"
        ).fetchall()
        kinds = con.execute("SELECT kind, source FROM finding").fetchall()
    assert of_source == 0, "claims that the next run would publish"
    assert of_others > 0, "the other inputs keep their result"
    assert (FindingKind.EXPECTATION, "members") in kinds


def test_mended_source_is_published_by_the_next_run(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(ExpectationFailed):
        run_registry(settings, [str(write_source(tmp_path, CITIES, expect="min = 300"))])
    report = run_registry(settings, [str(write_source(tmp_path, CITIES, expect="min = 3"))])
    assert report.documents_new == 0
    assert report.claims_new >= 3


def test_promise_is_kept_by_claims_of_earlier_runs(settings: Settings, tmp_path: Path) -> None:
    sources = write_source(tmp_path, CITIES, expect="min = 3")
    run_registry(settings, [str(sources)])
    assert run_registry(settings, [str(sources)]).claims_new == 0


def test_source_that_yields_too_much_is_a_finding(settings: Settings, tmp_path: Path) -> None:
    report = run_registry(settings, [str(write_source(tmp_path, CITIES, expect="max = 2"))])
    assert report.published
    assert not report.failures
    [finding] = [finding for finding in report.findings if finding.kind is FindingKind.EXPECTATION]
    assert "expected at most 2" in finding.message


def test_unreachable_source_breaks_no_expectation(settings: Settings, tmp_path: Path, site) -> None:
    path = tmp_path / "sources.toml"
    path.write_text(
        f'[[source]]\nname = "down"\nkind = "list"\nurls = ["{site.url}/gone"]\npublisher = "P"\n'
        'authority = "network"\n[source.expect.claims]\nmin = 100\n'
    )
    report = run_registry(settings, [str(path)])
    assert [finding.source for finding in report.failures] == ["down"]
    assert report.published


def test_warehouse_of_another_process_is_busy(settings: Settings, inputs: Path) -> None:
    settings.db.parent.mkdir(parents=True)
    program = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(settings.db)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(WarehouseBusy, match=str(holder.pid)):
            run_registry(settings, [str(inputs)])
        assert holder.stdin is not None
        holder.stdin.close()


def test_failure_in_the_middle_keeps_what_was_done(settings: Settings, inputs: Path) -> None:
    from flows.run import Steps

    def break_down(*_: object) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        run_registry(settings, [str(inputs)], steps=Steps(refresh=break_down))
    report = run_registry(settings, [str(inputs)])
    assert report.claims_new == 0, "claims were committed before the failure"
    assert report.changes


def test_counts_are_plain_numbers() -> None:
    assert set(RunReport().counts) >= {"inputs", "documents", "claims_new", "failures"}
    assert all(isinstance(value, int) for value in RunReport().counts.values())


COLUMNS = """
[[source]]
name = "members"
kind = "list"
paths = ["members.csv"]
publisher = "Eurocities"
authority = "network"
network = "eurocities"
published = "2022"
[source.columns]
city = "Stadt"
country = "Land"
"""


def test_list_is_read_by_the_columns_of_its_source_and_anew_when_they_change(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "members.csv").write_text("Stadt;Land;Beitritt\nNantes;Frankreich;1991\nOslo;Norwegen;1992\n")
    sources = tmp_path / "sources.toml"
    sources.write_text(COLUMNS)
    first = run_registry(settings, [str(sources)])
    assert (first.claims_new, first.memberships) == (2, 2)
    assert run_registry(settings, [str(sources)]).claims_new == 0
    sources.write_text(COLUMNS + 'since = "Beitritt"\n')
    assert run_registry(settings, [str(sources)]).claims_new == 2
    rows = ask(settings, "SELECT city, since FROM membership_current ORDER BY city")
    assert rows == [("Nantes", "1991"), ("Oslo", "1992")]


SHRINKS = "[source.expect]\nshrink = 0.5\n"


@pytest.mark.parametrize(("complete", "left"), [("true", 1), ("false", 0)])
def test_city_that_a_complete_list_no_longer_names_has_left(
    settings: Settings, tmp_path: Path, complete: str, left: int
) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text(COLUMNS.replace("[source.columns]", f"complete = {complete}\n[source.columns]") + SHRINKS)
    (tmp_path / "members.csv").write_text("Stadt;Land\nNantes;Frankreich\nOslo;Norwegen\n")
    assert run_registry(settings, [str(sources)]).memberships == 2
    (tmp_path / "members.csv").write_text("Stadt;Land\nNantes;Frankreich\n")
    sources.write_text(sources.read_text().replace('published = "2022"', 'published = "2023"'))
    assert run_registry(settings, [str(sources)]).changes.get("left", 0) == left
    current = ask(settings, "SELECT city FROM membership_current ORDER BY city")
    assert current == [("Nantes",), ("Oslo",)][: 2 - left]


def test_complete_list_that_shrinks_by_more_than_it_may_stops_publishing(settings: Settings, tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text(COLUMNS.replace("[source.columns]", "complete = true\n[source.columns]"))
    members = tmp_path / "members.csv"
    members.write_text("Stadt;Land\nNantes;Frankreich\nOslo;Norwegen\nMilan;Italien\nLeipzig;Deutschland\n")
    run_registry(settings, [str(sources)])
    published = settings.publish_path.read_bytes()
    members.write_text("Stadt;Land\nNantes;Frankreich\nOslo;Norwegen\n")
    sources.write_text(sources.read_text().replace('published = "2022"', 'published = "2023"'))
    for _ in range(2):
        with pytest.raises(ExpectationFailed, match=r"2 of the 4 cities .* missing, expected 20% .* expect\.shrink"):
            run_registry(settings, [str(sources)])
    assert settings.publish_path.read_bytes() == published
    with open_warehouse(settings.db) as con:
        assert con.execute("SELECT count(*), count(DISTINCT source) FROM complete_list").fetchone() == (1, 1)
        assert con.execute("SELECT count(*) FROM membership_current").fetchone() == (4,)
    sources.write_text(sources.read_text() + SHRINKS)
    assert run_registry(settings, [str(sources)]).changes == {"left": 2}


def test_registry_is_rebuilt_offline_from_what_was_fetched(settings: Settings, tmp_path: Path, site) -> None:
    site.add("/members", LIST.format("".join(f"<li>{city}</li>" for city in CITIES)).encode())
    run_registry(settings, [f"{site.url}/members"])
    asked, known = list(site.paths), ask(settings, "SELECT membership_id FROM membership ORDER BY ALL")
    site.pages.clear()
    offline = settings.model_copy(
        update={"db": tmp_path / "other" / "w.duckdb", "data": settings.data_folder, "offline": True}
    )
    report = run_registry(offline, [f"{site.url}/members", f"{site.url}/never"])
    assert [finding.subject for finding in report.failures] == [f"{site.url}/never"]
    assert ask(offline, "SELECT membership_id FROM membership ORDER BY ALL") == known
    assert known
    assert site.paths == asked


def test_what_is_rebuilt_offline_is_dated_by_the_day_it_was_fetched(settings: Settings) -> None:
    url, body = "https://example.org/members.csv", b"Stadt;Land\nNantes;Frankreich\n"
    record = FetchRecord(
        url=url, final_url=url, sha256=hash_bytes(body), media_type="text/csv", fetched_at="2023-05-01T00:00:00+00:00"
    )
    store = RawStore(settings.data_folder)
    with store.receive() as incoming:
        incoming.write(body)
        store.store(incoming, record)
    sources = settings.data_folder / "sources.toml"
    sources.write_text(
        COLUMNS.replace('paths = ["members.csv"]', f'urls = ["{url}"]').replace('published = "2022"', "complete = true")
    )
    run_registry(settings.model_copy(update={"offline": True}), [str(sources)])
    assert ask(settings, "SELECT fetched_at::DATE FROM document") == [(date(2023, 5, 1),)]
    assert ask(settings, "SELECT last_confirmed_on FROM membership_current") == [("2023-05-01",)]
    with open_warehouse(settings.db) as con:
        assert con.execute("SELECT seen_at::DATE FROM complete_list").fetchall() == [(date(2023, 5, 1),)]


def test_source_is_read_whole_where_others_stand_between_its_files(settings: Settings, tmp_path: Path) -> None:
    for name, city in (("a", "Nantes;Frankreich"), ("b", "Oslo;Norwegen"), ("c", "Leipzig;Deutschland")):
        (tmp_path / f"{name}.csv").write_text(f"Stadt;Land\n{city}\n")
    sources = tmp_path / "sources.toml"
    sources.write_text(
        COLUMNS.replace('["members.csv"]', '["a.csv", "c.csv"]').replace(
            "[source.columns]", "complete = true\n[source.columns]"
        )
    )
    run_registry(settings, [str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), str(tmp_path / "c.csv"), str(sources)])
    with open_warehouse(settings.db) as con:
        assert con.execute("SELECT len(document_ids) FROM complete_list").fetchall() == [(2,)]


def test_network_that_the_catalogue_lacks_stops_a_run_before_anything_is_read(
    settings: Settings, tmp_path: Path
) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text(COLUMNS.replace('"eurocities"', '"eurocitties"'))
    with pytest.raises(ConfigurationError, match=r"'members', key 'network': found 'eurocitties'.*; correct it"):
        run_registry(settings, [str(sources)])
    assert not settings.db.exists()


def test_row_of_a_complete_list_that_is_not_understood_makes_nobody_leave(settings: Settings, tmp_path: Path) -> None:
    sources, members = tmp_path / "sources.toml", tmp_path / "members.csv"
    text = COLUMNS.replace("[source.columns]", "complete = true\n[source.columns]") + 'role = "Art"\n'
    sources.write_text(text)
    members.write_text("Stadt;Land;Art\nNantes;Frankreich;Member\nOslo;Norwegen;Member\n")
    assert run_registry(settings, [str(sources)]).memberships == 2
    sources.write_text(text.replace('published = "2022"', 'published = "2023"'))
    members.write_text("Stadt;Land;Art\nNantes;Frankreich;Member (fee waived)\nOslo;Norwegen;Member\n")
    report = run_registry(settings, [str(sources)])
    assert "left" not in report.changes
    assert ["'Member (fee waived)'" in finding.message for finding in report.failures] == [True]
    current = ask(settings, "SELECT city, last_confirmed_on FROM membership_current ORDER BY city")
    assert current == [("Nantes", "2022"), ("Oslo", "2023")]


def test_rows_that_are_not_understood_keep_no_promise(settings: Settings, tmp_path: Path) -> None:
    sources = tmp_path / "sources.toml"
    sources.write_text(COLUMNS + 'role = "Art"\n[source.expect.claims]\nmin = 1\n')
    (tmp_path / "members.csv").write_text("Stadt;Land;Art\nNantes;Frankreich;Platin\n")
    with pytest.raises(ExpectationFailed, match="members: found 0 claims, expected at least 1"):
        run_registry(settings, [str(sources)])


def test_addresses_of_several_sources_are_each_fetched_once(settings: Settings, tmp_path: Path, site) -> None:
    page = LIST.format("".join(f"<li>{city}</li>" for city in CITIES)).encode()
    links = "".join(f"<url><loc>{site.url}/{name}</loc></url>" for name in ("members", "board"))
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.add("/sitemap.xml", f"<urlset {space}>{links}</urlset>".encode(), headers={"Content-Type": "text/xml"})
    site.add("/members", page)
    site.add("/board", page.replace(b"Members of", b"Board of"))
    sources = tmp_path / "sources.toml"
    sources.write_text(
        "".join(
            f'[[source]]\nname = "{name}"\nkind = "{kind}"\nurls = ["{site.url}/{path}"]\npublisher = "P"\n'
            'authority = "network"\nnetwork = "eurocities"\n'
            for name, kind, path in (("one", "list", "members"), ("all", "sitemap", "sitemap.xml"))
        )
    )
    report = run_registry(settings, [str(sources)])
    assert not report.failures
    assert sorted(site.paths) == ["/board", "/members", "/robots.txt", "/sitemap.xml"]
