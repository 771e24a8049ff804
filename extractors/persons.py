"""Persons that a text names: by full name, and later by surname alone ("Sadiq Khan … Khan had chaired")."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.people import Holder
from extractors.person_shapes import cuts, find_names, is_person_name, meets, spell_name, surname_of
from extractors.place_names import fold_name
from extractors.relation_masks import Span
from schemas.document import Block
from schemas.vocabulary import BlockKind

_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mayor|Cllr|Councill?or)\.? (?P<name>[A-ZÀ-ÖØ-ÞĀ-ŽŞİ][\w'’]{2,}(?:-[A-Z][\w'’]+)?)"
    r"(?![\w'’-]| [A-ZÀ-ÖØ-Þ])"
)
_LINE_END = re.compile(r"(?<!-)\n")
_LEAST_SURNAME = 3


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Words that name a person."""

    start: int
    """Half-open offsets in the text."""
    end: int
    is_full: bool
    """The full name, not the surname alone."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom a text names."""

    name: str
    """As at its first full mention, without line breaks; the surname where no other mention tells more."""
    mentions: tuple[PersonMention, ...]
    """In the order of the text."""
    is_given: bool
    """The name begins with a known given name."""
    ties: tuple[Holder, ...]
    """What ties the person to cities."""


def find_persons(
    text: str, blocks: Sequence[Block], holders: Sequence[Holder], taken: Sequence[Span]
) -> tuple[Person, ...]:
    """The persons of a text, in the order of their first full mention.

    Args:
        text: the document's text.
        blocks: its blocks; a name may run over the end of a line, but not of a block.
        holders: people tied to cities; they count as persons whatever their names look like.
        taken: half-open offsets of the names of cities and networks, which are no persons'.
    """
    full: dict[str, list[Span]] = {}
    names: dict[str, str] = {}
    for start, end in _find_full_names(_unwrap(text, blocks), holders, taken):
        name = _bare(spell_name(text[start:end]))
        key = fold_name(name)
        names.setdefault(key, name)
        full.setdefault(key, []).append((start, end))
    mentions = {key: [PersonMention(a, b, True) for a, b in spans] for key, spans in full.items()}
    covered = sorted({span for spans in full.values() for span in spans})
    owners = _own_surnames(names, full)
    for match in _TITLED.finditer(text):
        name = match["name"]
        if name not in owners and not any(meets(match.span("name"), known) for known in (*covered, *taken)):
            owners[name] = fold_name(name)
            names[owners[name]], mentions[owners[name]] = name, []
    if owners:
        for start, end in _find_surnames(text, owners, covered):
            mentions[owners[text[start:end]]].append(PersonMention(start, end, False))
    ties: dict[str, list[Holder]] = {}
    for holder in holders:
        ties.setdefault(fold_name(_bare(holder.name)), []).append(holder)
    return tuple(
        Person(name, tuple(sorted(mentions[k], key=lambda m: m.start)), is_person_name(name), tuple(ties.get(k, ())))
        for k, name in names.items()
        if mentions[k]
    )


def _bare(name: str) -> str:
    return name.removesuffix("'s").removesuffix("’s")


def _unwrap(text: str, blocks: Sequence[Block]) -> str:
    """The text with line ends inside paragraphs and items made spaces, but not after hyphens; offsets stay.

    Between blocks they become page breaks, over which no name runs.
    """
    pieces, at = [], 0
    for block in blocks:
        inside = text[block.start : block.end]
        wraps = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
        pieces += [text[at : block.start].replace("\n", "\f"), _LINE_END.sub(" ", inside) if wraps else inside]
        at = block.end
    return "".join([*pieces, text[at:]])


def _find_full_names(text: str, holders: Sequence[Holder], taken: Sequence[Span]) -> list[Span]:
    spans = [(holder.start, holder.end) for holder in holders]
    ends = {end for _, end in spans}
    starts = {start for start, _ in spans}
    for span in find_names(text):
        if span[0] in starts or span[1] in ends or any(meets(span, known) for known in spans):
            continue
        if not any(cuts(place, span) for place in taken):
            spans.append(span)
    return sorted(spans)


def _own_surnames(names: dict[str, str], full: dict[str, list[Span]]) -> dict[str, str]:
    """Whom a surname alone means: the person named first with it."""
    owners: dict[str, str] = {}
    for key in sorted(full, key=lambda key: full[key][0]):
        surname = surname_of(names[key])
        if len(surname) >= _LEAST_SURNAME:
            owners.setdefault(surname, key)
    return owners


def _find_surnames(text: str, owners: dict[str, str], covered: Sequence[Span]) -> Iterator[Span]:
    pattern = re.compile(rf"(?<![\w'’-])(?:{'|'.join(map(re.escape, sorted(owners, key=len, reverse=True)))})(?![\w-])")
    for match in pattern.finditer(text):
        if not any(meets(match.span(), span) for span in covered):
            yield match.span()
