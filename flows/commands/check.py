"""`hansa evaluate` and `hansa doctor`: how good the extractor is, and whether the installation is sound."""

import textwrap
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean, median
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.options import AsJson, Db, Publish
from flows.console import write_json, write_line, write_note, write_table
from flows.settings import read_settings

if TYPE_CHECKING:
    from extractors.error_causes import CausedError, CauseGroup
    from extractors.score import GoldDocument, Ratio, Score
    from schemas.claim import Claim

_EVIDENCE_LENGTH = 160
_PRECISION = 0.9
_WELL, _BADLY = 0.8, 0.3
"""F1 of documents that are read well, and of those that are hardly read."""


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Gold documents: ID.txt with ID.json beside it.")],
    as_json: AsJson = False,
    errors: Annotated[bool, typer.Option("--errors", help="Group missed and false claims by their cause.")] = False,
    examples: Annotated[
        int, typer.Option("--examples", metavar="N", min=0, help="With --errors: examples of each cause.")
    ] = 3,
    reliability: Annotated[
        bool, typer.Option("--reliability", help="Show how often claims of each confidence are right.")
    ] = False,
) -> None:
    """Score the extractor's claims against gold documents.

    Example: `hansa evaluate tests/gold`

    With --errors, tell as well why claims were missed and false ones made, most frequent causes first.

    Example: `hansa evaluate tests/gold --errors --examples 5`

    With --reliability, tell whether claims are as sure as they say, and from which confidence on nine in ten are right.
    """
    from extractors.catalogue import load_catalogue
    from extractors.score import load_gold, score_claims

    gold = load_gold(folder)
    said, groups = _read_gold(gold, with_errors=errors)
    score = score_claims(gold, said, load_catalogue())
    if as_json:
        told = {"errors": [group.as_dict(examples) for group in groups]} if errors else {}
        write_json(score.as_dict() | told, indent=1)
        return
    _print_score(score)
    if reliability:
        _print_reliability(score)
    if errors:
        _print_errors(groups, examples)


def _read_gold(
    gold: "Sequence[GoldDocument]", *, with_errors: bool
) -> "tuple[dict[str, Sequence[Claim]], list[CauseGroup]]":
    """The claims that gold documents give, by name; and with errors these by cause."""
    from extractors.catalogue import load_catalogue
    from extractors.error_causes import find_causes, group_errors
    from flows.extract import get_extractor

    extractor, catalogue = get_extractor(), load_catalogue()
    said: dict[str, Sequence[Claim]] = {}
    errors: list[CausedError] = []
    for document in gold:
        if with_errors:
            explanation = extractor.explain(document.document)
            errors += find_causes(document, explanation, catalogue)
            said[document.document.name] = explanation.claims
        else:
            said[document.document.name] = extractor.extract(document.document).claims
    return said, group_errors(errors)


def _print_errors(groups: "Sequence[CauseGroup]", examples: int) -> None:
    for kind, title in (("missed", "\nMissed claims by cause"), ("false", "\nFalse claims by cause")):
        mine = [group for group in groups if group.kind == kind]
        rows = [(group.name, len(group.errors), f"{group.share:.0%}") for group in mine]
        write_table(("cause", "claims", "share"), rows, title=title)
    for group in groups if examples else ():
        write_line(f"\n{group.kind}: {group.name}")
        for caused in group.errors[:examples]:
            write_line(f"  {_tell_error(caused)}")


def _tell_error(caused: "CausedError") -> str:
    claim = caused.error.claim
    evidence = claim["evidence"] if isinstance(claim["evidence"], str) else claim["evidence"]["text"]
    detail = f" ({caused.detail})" if caused.detail else ""
    words = textwrap.shorten(evidence, _EVIDENCE_LENGTH, placeholder=" …")
    held = f"{claim['city']['name']}: {claim['role']} of {claim['network']['name']}, {claim['status']}"
    return f"{caused.error.document}  {held}{detail}  “{words}”"


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
    if score.by_document:
        write_line(_tell_documents([ratio.f1 for ratio in score.by_document]))
    shares = {"dates right": score.dates, "holders right": score.holders, "grounded": score.grounded}
    rows = [(name, f"{ratio.recall:.3f}" if ratio.wanted else "", ratio.wanted) for name, ratio in shares.items()]
    rows.append(("claim-free documents clean", f"{score.empty_documents_clean}", score.empty_documents))
    write_table(("of right triples", "share", "of"), rows, title=" ")
    for title, group in (("\nBy role", score.by_role), ("\nBy status", score.by_status)):
        write_table(_HEADINGS, [_figures(name, ratio) for name, ratio in group.items()], title=title)


def _tell_documents(f1: Sequence[float]) -> str:
    well, badly = sum(each >= _WELL for each in f1), sum(each < _BADLY for each in f1)
    return (
        f"{len(f1)} documents with claims: mean F1 of triples {fmean(f1):.3f}, median {median(f1):.3f}; "
        f"{well} at {_WELL} or more, {badly} below {_BADLY}"
    )


def _print_reliability(score: "Score") -> None:
    from extractors.reliability import expected_calibration_error, find_threshold, tabulate

    rows = [
        (f"{each.low:.1f} – {each.high:.1f}", each.claims, f"{each.confidence:.3f}", f"{each.right:.3f}")
        for each in tabulate(score.judged)
    ]
    write_table(("confidence", "claims", "mean", "right"), rows, title="\nReliability")
    write_line(f"Expected calibration error: {expected_calibration_error(score.judged):.3f}")
    threshold = find_threshold(score.judged, _PRECISION)
    told = "no confidence" if threshold is None else f"a confidence of {threshold:.3f}"
    write_line(f"Nine claims in ten are right from {told} on")


_HEADINGS = ("", "precision", "recall", "F1", "gold", "said")


def _figures(name: str, ratio: "Ratio") -> tuple[str, str, str, str, int, int]:
    return (name, f"{ratio.precision:.3f}", f"{ratio.recall:.3f}", f"{ratio.f1:.3f}", ratio.wanted, ratio.said)
