"""The card's tables say what was measured and what changed."""

from extractors.training.card import LIMITS, TARGETS, format_changes, format_table, format_targets


def test_targets_are_met_or_missed() -> None:
    scores: dict[str, dict[str, float]] = {}
    for (group, name), least in (TARGETS | LIMITS).items():
        scores.setdefault(group, {})[name] = least
    assert "missed" not in format_targets(scores)
    scores["names_test"]["ORG"] -= 0.01
    assert format_targets(scores).count("missed") == 1


def test_rows_without_a_measure_leave_its_cell_empty() -> None:
    table = format_table("genre", {"news": {"las": 0.85}, "mail": {"uas": 0.8}})
    assert table.splitlines() == [
        "| genre | las | uas |",
        "| --- | --- | --- |",
        "| news | 0.850 |  |",
        "| mail |  | 0.800 |",
    ]


def test_changes_name_old_and_new_values() -> None:
    before = {"syntax": {"las": 0.8, "uas": 0.9}, "resources": {"words_per_second": 1.0}}
    after = {"syntax": {"las": 0.82, "uas": 0.9, "tags": 0.95}, "resources": {"words_per_second": 2.0}}
    assert format_changes(before, after).splitlines()[2:] == [
        "| syntax / las | 0.800 | 0.820 | +0.020 |",
        "| syntax / tags | new | 0.950 |  |",
    ]


def test_unchanged_figures_are_said_to_be_unchanged() -> None:
    assert "No figure differs" in format_changes({"a": {"b": 0.5}}, {"a": {"b": 0.5}})
