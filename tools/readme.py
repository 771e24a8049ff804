"""The parts of README.md that commands write: each stands between two comments that name it."""

from pathlib import Path

README = Path(__file__).parent.parent / "README.md"


def replace_part(name: str, content: str, path: Path = README) -> None:
    """Put `content` between `<!-- name:begin -->` and `<!-- name:end -->`.

    Raises:
        SystemExit: the README lacks the two comments.
    """
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise SystemExit(f"{path}: expected {begin} and {end} once each")
    before, rest = text.split(begin)
    _, after = rest.split(end)
    path.write_text(f"{before}{begin}\n{content.strip()}\n{end}{after}", encoding="utf-8")
