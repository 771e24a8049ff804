"""Write the figures of `hansa evaluate FOLDER --json`, read from stdin, into README.md's quality section."""

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from readme import replace_part


def write_figures(figures: Mapping[str, Any], folder: str) -> str:
    """The figures as Markdown: what was scored, when, and how well."""
    rows = [_row("city, network, role and status", figures["triple"]), _row("city and network", figures["pair"])]
    roles = [_row(role, ratio) for role, ratio in figures["by_role"].items() if ratio["gold"]]
    head = "| | precision | recall | F1 | gold | said |\n| --- | ---: | ---: | ---: | ---: | ---: |"
    shares = [
        ("dates right, of right claims that have one", figures["dates_right"]),
        ("office holders right, of right claims that name one", figures["holders_right"]),
        ("evidence that stands in the text and bears the claim out", figures["grounded"]),
        ("documents without claims that were left alone", figures["claim_free_documents_clean"]),
    ]
    told = "\n".join(f"- {name}: {value}" for name, value in shares if value is not None)
    day = datetime.now(UTC).date().isoformat()
    intro = (
        f"{figures['documents']} documents of `{folder}`, Hansa {version('hansa')}, {day} (`make gold GOLD={folder}`)."
    )
    return "\n\n".join([intro, "\n".join([head, *rows]), told, "\n".join([head, *roles])])


def _row(name: str, ratio: Mapping[str, Any]) -> str:
    values = " | ".join(f"{ratio[key]:.3f}" for key in ("precision", "recall", "f1"))
    return f"| {name} | {values} | {ratio['gold']} | {ratio['said']} |"


if __name__ == "__main__":
    replace_part("figures", write_figures(json.load(sys.stdin), sys.argv[1]))
