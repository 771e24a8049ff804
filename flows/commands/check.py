"""`hansa evaluate` and `hansa doctor`: how good the extractor is, and whether the installation is sound."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import AsJson, Db, Publish
from flows.console import write_json, write_line, write_note, write_table
from flows.settings import read_settings

if TYPE_CHECKING:
    from extractors.score import Ratio, Score


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Gold documents: ID.txt with ID.json beside it.")],
    as_json: AsJson = False,
    errors: Annotated[int, typer.Option("--errors", metavar="N", help="List N misses and false claims.")] = 0,
) -> None:
    """Score the extractor's claims against gold documents.

    Example: `hansa evaluate tests/gold`
    """
    from extractors.catalogue import load_catalogue
    from extractors.score import score_folder
    from flows.extract import get_extractor

    extractor = get_extractor()
    score = score_folder(folder, lambda document: extractor.extract(document).claims, load_catalogue())
    if as_json:
        write_json(score.as_dict(), indent=1)
    else:
        _print_score(score)
    for error in score.errors[:errors]:
        write_json({"document": error.document, "error": error.kind, "claim": error.claim, "near": error.near})


def doctor(db: Db = None, publish: Publish = None) -> None:
    """Check the installation: versions, models, reference data, warehouse, disk; says what to do.

    Example: `hansa doctor`
    """
    from flows.doctor import examine

    found = list(examine(read_settings(db=db, publish=publish)))
    rows = [(each.subject, "well" if each.is_well else "BROKEN", each.found) for each in found]
    write_table(("subject", "state", "found"), rows)
    broken = [each for each in found if not each.is_well]
    for each in broken:
        write_note(f"{each.subject}: {each.advice}")
    if broken:
        raise typer.Exit(2)
    write_line("All is well.")


def _print_score(score: "Score") -> None:
    named = {"triples": score.triple, "pairs": score.pair}
    write_table(
        _HEADINGS, [_figures(name, ratio) for name, ratio in named.items()], title=f"{score.documents} documents"
    )
    shares = {"dates right": score.dates, "holders right": score.holders, "grounded": score.grounded}
    rows = [(name, f"{ratio.recall:.3f}" if ratio.wanted else "", ratio.wanted) for name, ratio in shares.items()]
    rows.append(("claim-free documents clean", f"{score.empty_documents_clean}", score.empty_documents))
    write_table(("of right triples", "share", "of"), rows, title=" ")
    write_table(_HEADINGS, [_figures(role, ratio) for role, ratio in score.by_role.items()], title="\nBy role")


_HEADINGS = ("", "precision", "recall", "F1", "gold", "said")


def _figures(name: str, ratio: "Ratio") -> tuple[str, str, str, str, int, int]:
    return (name, f"{ratio.precision:.3f}", f"{ratio.recall:.3f}", f"{ratio.f1:.3f}", ratio.wanted, ratio.said)
