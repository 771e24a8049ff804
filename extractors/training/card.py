"""The model card: a text of our own (`card.md` beside this module) with the figures of the last evaluation."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

TEMPLATE = Path(__file__).parent / "card.md"
TARGETS = {
    ("syntax_test_gold_sentences", "tags"): 0.945,
    ("syntax_test_gold_sentences", "uas"): 0.875,
    ("syntax_test_gold_sentences", "las"): 0.84,
    ("syntax_test_gold_sentences", "lemmas"): 0.955,
    ("syntax_test_raw_text", "sentences"): 0.88,
    ("names_test", "f1"): 0.76,
    ("names_test", "ORG"): 0.65,
    ("names_test_pud", "f1"): 0.73,
    ("resources", "words_per_second"): 8000.0,
}
"""What the project asks of the pipeline, as least values."""
LIMITS = {("resources", "peak_memory_mb"): 600.0, ("resources", "load_seconds"): 1.5, ("resources", "size_mb"): 20.0}
"""What it may cost at most."""

UNCHANGED = 0.0005


def format_value(value: float) -> str:
    """Three decimals for shares and seconds, one for sizes, whole numbers for the large."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value > 10 else f"{value:.3f}"


def format_table(title: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    """A Markdown table with a row per key and a column per measure of any row."""
    columns = list(dict.fromkeys(name for row in rows.values() for name in row))
    lines = [f"| {title} | {' | '.join(columns)} |", "| --- |" + " --- |" * len(columns)]
    for name, row in rows.items():
        cells = (format_value(row[column]) if column in row else "" for column in columns)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def format_targets(scores: Mapping[str, Any]) -> str:
    """A Markdown table of the targets and limits and what was reached."""
    lines = ["| target | asked | reached | |", "| --- | --- | --- | --- |"]
    for sign, bounds in (("≥", TARGETS), ("≤", LIMITS)):
        for (group, name), bound in bounds.items():
            value = scores[group].get(name, 0.0)
            is_met = value >= bound if sign == "≥" else value <= bound
            label = f"{group}: {name}".replace("_", " ")
            verdict = "met" if is_met else "missed"
            lines.append(f"| {label} | {sign} {format_value(bound)} | {format_value(value)} | {verdict} |")
    return "\n".join(lines)


def format_scores(scores: Mapping[str, Any]) -> str:
    """All figures as Markdown: targets, then a table per group."""
    gold = {name: scores[f"syntax_{name}_gold_sentences"] for name in ("test", "test_pud")}
    raw = {name: scores[f"syntax_{name}_raw_text"] for name in ("test", "test_pud")}
    names = {name: scores[f"names_{name}"] for name in ("test", "test_pud")}
    sources = scores["names_test_by_source"] | scores["names_test_pud_by_source"]
    return "\n\n".join(
        [
            format_targets(scores),
            format_table("syntax, gold tokens and sentences", gold),
            format_table("syntax, raw text", raw),
            format_table("syntax by source and genre, gold tokens", scores["syntax_by_genre"]),
            format_table("entities (F1)", names),
            format_table("entities by source (F1)", sources),
            format_table("one core of the machine of the evaluation", {"": scores["resources"]}),
        ]
    )


def flatten(scores: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, float]]:
    """Every figure with the path of keys that leads to it."""
    for name, value in scores.items():
        if isinstance(value, Mapping):
            yield from flatten(value, f"{prefix}{name} / ")
        else:
            yield f"{prefix}{name}", float(value)


def format_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """What changed since the last recorded evaluation, as a Markdown table; a sentence where nothing did."""
    old = dict(flatten(before))
    lines = []
    for name, value in flatten(after):
        if name.startswith("resources") or abs(value - old.get(name, 0.0)) < UNCHANGED:
            continue
        was = format_value(old[name]) if name in old else "new"
        change = f"{value - old[name]:+.3f}" if name in old else ""
        lines.append(f"| {name} | {was} | {format_value(value)} | {change} |")
    if not old:
        return "No figures were recorded before."
    if not lines:
        return "No figure differs from those recorded before."
    return "\n".join(["| figure | before | now | change |", "| --- | --- | --- | --- |", *lines])


def write_card(pipeline: Path, scores: Mapping[str, Any], changes: str) -> None:
    """Write README.md into the pipeline's folder from the template and the figures."""
    text = TEMPLATE.read_text(encoding="utf-8")
    text = text.replace("{scores}", format_scores(scores)).replace("{changes}", changes)
    (pipeline / "README.md").write_text(text, encoding="utf-8")
