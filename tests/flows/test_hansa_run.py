"""`hansa run` as users run it: a process of its own, bad inputs of every kind, a warehouse that is in use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from flows.cli import run_command
from warehouse.database import open_registry, open_warehouse

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "uclg-congress-2022.txt"

pytestmark = pytest.mark.server


def make_pdf(path: Path, *, text: str | None, password: str | None = None) -> bytes:
    """A PDF of one page; without `text` it holds a picture only, as a scan does."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    encryption = StandardEncryption(password, ownerPassword=f"{password}!", canPrint=0) if password else None
    canvas = Canvas(str(path), encrypt=encryption)
    if text is None:
        canvas.rect(100, 100, 300, 500, fill=1)
    else:
        canvas.drawString(72, 720, text)
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def bad_inputs(tmp_path: Path) -> Path:
    """One of each kind of bad input, and one good one."""
    folder = tmp_path / "inputs"
    folder.mkdir()
    shutil.copy(SAMPLE, folder / "good.txt")
    whole = make_pdf(folder / "truncated.pdf", text="Nantes is a member of Eurocities.")
    (folder / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    make_pdf(folder / "encrypted.pdf", text="Nantes is a member of Eurocities.", password="secret")
    make_pdf(folder / "scan.pdf", text=None)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "no-main-text.html").write_text("<html><body><nav><a href='/'>Home</a></nav></body></html>")
    (folder / "broken-line.jsonl").write_text(
        '{"id": "whole", "text": "Oslo is a member of Eurocities."}\n{"id": "broken", "text": \n'
    )
    return folder


LOST = ["broken-line.jsonl", "empty.txt", "encrypted.pdf", "no-main-text.html", "scan.pdf", "truncated.pdf"]


@pytest.mark.usefixtures("prefect_server")
def test_each_bad_input_is_named_and_costs_no_other_its_result(
    bad_inputs: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "data" / "w.duckdb"
    code = run_command(
        ["run", str(bad_inputs), str(tmp_path / "nosuch"), "http://127.0.0.1:9/unreachable", "--db", str(db)]
    )
    out, err = capfd.readouterr()
    assert code == 1
    assert "Traceback" not in err
    for name in [*LOST, "nosuch", "http://127.0.0.1:9/unreachable"]:
        assert name in err
        assert name not in out
    with open_registry(db.parent / "registry.duckdb") as con:
        subjects = [
            row[0] for row in con.execute("SELECT subject FROM finding WHERE kind <> 'unknown_network'").fetchall()
        ]
        documents = [row[0] for row in con.execute("SELECT name FROM document ORDER BY name").fetchall()]
        claims = con.execute("SELECT count(*) FROM claim WHERE document LIKE '%good.txt'").fetchone()
    for name in LOST:
        assert any(name in subject for subject in subjects), name
    assert [Path(name).name for name in documents] == ["good.txt", "whole"]
    assert claims is not None
    assert claims[0] > 0


@pytest.mark.parametrize("name", LOST)
def test_extract_goes_on_after_each_bad_input(bad_inputs: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    code = run_command(["extract", str(bad_inputs / name), str(bad_inputs / "good.txt")])
    out, err = capfd.readouterr()
    assert code == 1
    assert name in err
    assert "Traceback" not in err
    assert "good.txt" in out


def test_html_that_is_not_utf8_is_read(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = (
        "<html><head><meta charset='iso-8859-1'><title>Málaga</title></head><body><article><p>The city of Málaga is a "
        "member of Eurocities, the network of large European cities, as the mayor said in the town hall.</p>"
        "<p>The network has more than two hundred members in all parts of Europe.</p></article></body></html>"
    )
    (tmp_path / "latin.html").write_bytes(page.encode("iso-8859-1"))
    code = run_command(["extract", str(tmp_path / "latin.html")])
    out, _ = capfd.readouterr()
    assert code == 0
    assert "Málaga" in out


@pytest.mark.usefixtures("prefect_server")
def test_second_run_says_that_nothing_was_added(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    arguments = ["run", str(SAMPLE), "--db", str(tmp_path / "w.duckdb")]
    assert run_command(arguments) == 0
    assert "The registry changed" in capfd.readouterr().out
    assert run_command(arguments) == 0
    assert "Nothing was added to the registry" in capfd.readouterr().out


@pytest.mark.usefixtures("prefect_server")
def test_broken_expectation_exits_4_and_publishes_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "sources.toml").write_text(
        f'[[source]]\nname = "few"\nkind = "page"\npaths = ["{SAMPLE}"]\npublisher = "P"\nauthority = "news"\n'
        "[source.expect.claims]\nmin = 5000\n"
    )
    code = run_command(["run", str(tmp_path / "sources.toml"), "--db", str(tmp_path / "data" / "w.duckdb")])
    out, err = capfd.readouterr()
    assert (code, out) == (4, "")
    assert "expected at least 5000" in err
    assert not (tmp_path / "data" / "registry.duckdb").exists()


def test_locked_warehouse_exits_3_before_a_server_is_started(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    db = tmp_path / "w.duckdb"
    program = "import duckdb, sys; con = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", program, db], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        code = run_command(["run", str(SAMPLE), "--db", str(db)])
        assert holder.stdin is not None
        holder.stdin.close()
    out, err = capfd.readouterr()
    assert (code, out) == (3, "")
    assert str(holder.pid) in err
    assert not (tmp_path / "prefect").exists()


def test_missing_sources_file_exits_2(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = run_command(["run", str(tmp_path / "nosuch.toml"), "--db", str(tmp_path / "w.duckdb")])
    assert code == 2
    assert "no such sources file" in capfd.readouterr().err
    assert not (tmp_path / "w.duckdb").exists()


def test_run_with_no_server_starts_one_and_keeps_stderr_clean(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    db = tmp_path / "data" / "w.duckdb"
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", str(SAMPLE), "--db", str(db)],
        capture_output=True, text=True, timeout=180, cwd=ROOT, check=False, env=environment | {"HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.stderr == ""
    assert done.returncode == 0
    assert "The registry changed" in done.stdout
    assert (tmp_path / "data" / "prefect" / "prefect.db").exists()
    with open_warehouse(db) as con:
        assert con.execute("SELECT count(*) FROM run WHERE finished_at IS NOT NULL").fetchall() == [(1,)]
