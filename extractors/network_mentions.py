"""Finds the mentions of city networks in a text: catalogued ones by name, others by shape and use.

A mention is explicit: the network's name, its acronym, a short form that the text defines, or a
capitalised short form of a name that stands before (`the League`). What `the association` or `it`
refers to is not decided here.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractors import network_vocabulary as words
from extractors.catalogue import Catalogue
from extractors.city_context import is_caps_line
from extractors.network_aliases import AliasHit, AliasIndex, FoldedText
from extractors.network_arguments import LEAST_DOMAIN_WORDS, find_argued_names
from extractors.network_bodies import find_body
from extractors.network_branches import find_branch_end, find_nation, names_another, tells_organ_of
from extractors.network_collectives import find_collective, is_collective
from extractors.network_definitions import find_definitions, find_uses
from extractors.network_evidence import weigh_ambiguous
from extractors.network_foreign import find_foreign_shapes
from extractors.network_mention import Form, NetworkMention
from extractors.network_names import make_new_id, tidy_name
from extractors.network_references import find_heads, refer_back
from extractors.network_scan import NetworkScan
from extractors.network_shapes import Shape, find_shapes
from extractors.network_similarity import NameKeys, find_variants
from extractors.network_use import find_used_names
from extractors.place_names import fold_name

__all__ = ["NetworkFinder", "NetworkMention"]


class NetworkFinder:
    """Finds networks with one catalogue; holds no state of a text, so one finder serves all."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._index = AliasIndex(catalogue)
        self._keys = NameKeys(catalogue)
        self._scan = NetworkScan(catalogue)

    def find(self, text: str, *, context: str = "", known: Sequence[NetworkMention] = ()) -> list[NetworkMention]:
        """Mentions in the order of the text, not overlapping; none in an empty text.

        `context` (a title, a publisher) is not searched, but a network named there makes its ambiguous
        names in the text sure. `known` networks are named elsewhere in the document: new names that are part of
        theirs are theirs.
        """
        hits = list(self._index.find(text, FoldedText(text)))
        sure_ids = {hit.network_ids[0] for hit in hits if hit.is_sure} | self._sure_ids(context)
        named = _drop_crossed(
            [*self._read_shapes(text, hits, sure_ids, context), *self._read_hits(text, hits, sure_ids, context)]
        )
        named = self._know_by_acronym(text, _drop_overlaps(named))
        if not named:
            named = [self._link_shape(text, shape) for shape in find_collective(text, context)]
        named = list(refer_back(_unite_variants(named), self._names, known))
        sure_spans = {(hit.start, hit.end): hit.network_ids[0] for hit in hits if hit.is_sure}
        defined = [mention for mention in _read_definitions(text, named) if not _contradicts(mention, sure_spans)]
        mentions = _drop_overlaps([*defined, *named])
        if not mentions:
            return []
        mentions = _drop_overlaps([*mentions, *find_heads(text, mentions, self._names)])
        return [replace(mention, body=find_body(text, mention.start, mention.end)) for mention in mentions]

    def find_publisher(self, line: str) -> NetworkMention | None:
        """The network that publishes, of a publisher's name; None where it is no network's.

        A whole line leaves less open than words of a text: names that may mean something else count here.
        """
        line = _REMARK_BEHIND.sub("", line)
        same, _ = self._keys.look_up(tidy_name(line))
        if same is not None:
            return self._mention(0, len(line), (same, 0.9), "name", ())
        meant = self._find_whole(line)
        if meant is not None:
            return self._mention(0, len(line), (meant, 0.9), "name", ())
        found = next(iter(self.find(line)), None)
        if found is None or found.form == "new":
            name = _ORGAN_BEHIND.sub("", line)
            if is_collective(name):
                return self._link_shape(name, Shape(0, len(name), 0.6))
            if found is not None and found.start == 0 and _WHERE_BEHIND.fullmatch(line, found.end):
                return self._link_shape(line, Shape(0, len(line), 0.6))
        return found

    def may_name_network(self, text: str) -> bool:
        """Whether anything calls for `find`, told at a small part of its cost.

        What it overlooks are names in letters that nobody writes them in, which `find` would fold ("ÉÉA").
        """
        return self._scan.may_name_network(text) or words.count_domain_words(text) >= LEAST_DOMAIN_WORDS

    def _sure_ids(self, text: str) -> set[str]:
        if not text:
            return set()
        sure = {hit.network_ids[0] for hit in self._index.find(text, FoldedText(text)) if hit.is_sure}
        return sure | {meant for line in text.split("\n") if (meant := self._find_whole(line)) is not None}

    def _find_whole(self, line: str) -> str | None:
        """The network whose name, not an acronym, is the whole line, though it might mean something else in a text."""
        hits = list(self._index.find(line, FoldedText(line)))
        whole = [hit for hit in hits if (hit.start, hit.end) == (0, len(line)) and not hit.is_acronym]
        return whole[0].network_ids[0] if len(whole) == 1 and len(whole[0].network_ids) == 1 else None

    def _read_hits(self, text: str, hits: list[AliasHit], sure_ids: set[str], context: str) -> Iterator[NetworkMention]:
        for hit in hits:
            form: Form = "acronym" if hit.is_acronym else "name"
            nation = find_nation(text, hit)
            branch_end = find_branch_end(text, hit)
            if branch_end is not None:
                yield self._link_shape(text, Shape(hit.start, branch_end, 0.6))
            elif nation is not None:
                yield self._link_shape(text, Shape(nation, hit.end, 0.6))
            elif hit.is_sure:
                yield self._mention(hit.start, hit.end, (hit.network_ids[0], 0.85 if hit.is_loose else 1.0), form, ())
            else:
                weighed = [(i, weigh_ambiguous(text, hit, i, sure_ids, context)) for i in hit.network_ids]
                ranked = sorted(((i, score) for i, score in weighed if score is not None), key=lambda pair: -pair[1])
                if ranked and not _is_tie(ranked):
                    yield self._mention(hit.start, hit.end, ranked[0], form, tuple(ranked[1:]))

    def _read_shapes(
        self, text: str, hits: list[AliasHit], sure_ids: set[str], context: str
    ) -> Iterator[NetworkMention]:
        by_start = sorted(hits, key=lambda hit: hit.start)
        for shape in _list_shapes(text, context, hits):
            first = bisect_left(by_start, shape.start - _MAX_NAME_LENGTH, key=lambda hit: hit.start)
            last = bisect_left(by_start, shape.end, key=lambda hit: hit.start)
            inside = [hit for hit in by_start[first:last] if shape.start < hit.end]
            if any(hit.is_sure and not names_another(text, hit, shape) for hit in inside):
                continue
            if any(hit.end == shape.end and tells_organ_of(text, hit, shape) for hit in inside if not hit.is_acronym):
                continue
            whole = next((hit for hit in inside if (hit.start, hit.end) == (shape.start, shape.end)), None)
            meant = whole.network_ids[0] if whole is not None and len(whole.network_ids) == 1 else None
            if whole is None or meant is None or weigh_ambiguous(text, whole, meant, sure_ids, context) is None:
                yield self._link_shape(text, shape)
            else:
                yield self._mention(shape.start, shape.end, (meant, shape.score), "name", ())

    def _link_shape(self, text: str, shape: Shape) -> NetworkMention:
        name = tidy_name(text[shape.start : shape.end])
        same, similar = self._keys.look_up(name)
        if same is not None:
            return self._mention(shape.start, shape.end, (same, min(0.9, shape.score + 0.1)), "name", similar)
        return NetworkMention(
            shape.start, shape.end, make_new_id(name), name, shape.score, "new", body=None, runners_up=similar
        )

    def _know_by_acronym(self, text: str, named: Sequence[NetworkMention]) -> list[NetworkMention]:
        """Name as the catalogue does what goes by its acronym and a like name.

        "Union of Latin American-Iberian Capital Cities (UCCI)" is the Union of Ibero-American Capital Cities, wherever
        the text writes that name.
        """
        known: dict[str, str] = {}
        for mention in named:
            if mention.form != "new" or not mention.runners_up or mention.name in known:
                continue
            shorts = {definition.short for definition in find_definitions(text, mention.start, mention.end)}
            meant = [i for i, _ in mention.runners_up if not shorts.isdisjoint(self._catalogue.by_id(i).names)]
            if len(meant) == 1:
                known[mention.name] = meant[0]
        return [
            self._mention(m.start, m.end, (known[m.name], 0.9), "name", ())
            if m.form == "new" and m.name in known
            else m
            for m in named
        ]

    def _names(self, mention: NetworkMention) -> tuple[str, ...]:
        """All that the mention's network is called, as far as is known."""
        if mention.network_id in self._catalogue:
            return self._catalogue.by_id(mention.network_id).names
        return (mention.name,)

    def _mention(
        self, start: int, end: int, best: tuple[str, float], form: Form, others: tuple[tuple[str, float], ...]
    ) -> NetworkMention:
        network = self._catalogue.by_id(best[0])
        return NetworkMention(start, end, best[0], network.name, best[1], form, body=None, runners_up=others)


_REMARK_BEHIND = re.compile(r"\s*\([^()]{2,40}\)$")
"""An acronym, or "(press release)"."""
_ORGAN_BEHIND = re.compile(
    r"(?: [-–|:])? (?:e-?)?(?:newsletter|news|newsroom|bulletin|blog|website|web site|secretariat|press office|"
    r"press service|press team|circular|letter|magazine|communications)$",
    re.IGNORECASE,
)
"""What of a network publishes in its name."""
_WHERE_BEHIND = re.compile(
    r" (?:on|in|along|around|of|for) (?:the )?[A-Z][\w’'-]*(?: (?:(?:and|of|the) )*[A-Z][\w’'-]*)*"
)
"""In a text such words may belong to the sentence; in a line that is a name they are a part of it."""
_MAX_NAME_LENGTH = 300
"""Characters; no name in the catalogue is half as long."""


def _list_shapes(text: str, context: str, hits: Sequence[AliasHit]) -> list[Shape]:
    """Names by shape; names by use only where none by shape stands."""
    shapes = _cut_headlines(text, [*find_shapes(text), *find_foreign_shapes(text)])
    taken = sorted((shape.start, shape.end) for shape in shapes)
    known = [*(shape.start for shape in shapes), *(hit.start for hit in hits if hit.is_sure)]
    for used in (*find_used_names(text), *find_argued_names(text, context.split("\n"), known)):
        at = bisect_left(taken, (used.end, 0))
        if not any(end > used.start for _, end in taken[max(0, at - 3) : at]):
            shapes.append(used)
    return shapes


def _cut_headlines(text: str, shapes: list[Shape]) -> list[Shape]:
    """Names in lines in capitals, which show no end ("RIVER TOWNS PACT RENEWS"), cut to one that stands elsewhere."""
    plain = {fold_name(text[s.start : s.end]) for s in shapes if not is_caps_line(text, s.start)}
    return [_cut_to(text, shape, plain) if is_caps_line(text, shape.start) else shape for shape in shapes]


def _cut_to(text: str, shape: Shape, names: set[str]) -> Shape:
    ends = [shape.start + match.end() for match in re.finditer(r"\S+", text[shape.start : shape.end])]
    known = (end for end in reversed(ends) if fold_name(text[shape.start : end]) in names)
    return replace(shape, end=next(known, shape.end))


def _unite_variants(named: Sequence[NetworkMention]) -> list[NetworkMention]:
    """Give the names of one network without a catalogue entry one id."""
    first = find_variants(mention.name for mention in named if mention.form == "new")
    return [
        replace(mention, network_id=make_new_id(first[mention.name]), name=first[mention.name])
        if mention.form == "new" and mention.name in first
        else mention
        for mention in named
    ]


def _contradicts(mention: NetworkMention, sure_spans: dict[tuple[int, int], str]) -> bool:
    """Whether the words are a sure name of another network, so that the text cannot have defined them anew."""
    return sure_spans.get((mention.start, mention.end), mention.network_id) != mention.network_id


def _is_tie(ranked: list[tuple[str, float]]) -> bool:
    """Whether two networks that bear the name have equal claim to it, so that neither can be told."""
    return len(ranked) > 1 and ranked[0][1] == ranked[1][1]


def _read_definitions(text: str, named: list[NetworkMention]) -> Iterator[NetworkMention]:
    """Uses of the acronyms and short names that the text gives to the networks that it names."""
    seen: set[tuple[str, str]] = set()
    for mention in named:
        if mention.form == "acronym":
            continue
        for definition in find_definitions(text, mention.start, mention.end):
            if (definition.short, mention.network_id) in seen:
                continue
            seen.add((definition.short, mention.network_id))
            form: Form = "acronym" if definition.short.isupper() else "defined"
            short = replace(mention, score=0.95, form=form, runners_up=())
            yield replace(short, start=definition.start, end=definition.end)
            for start, end in find_uses(text, definition.short, definition.end):
                yield replace(short, start=start, end=end)


def _drop_crossed(mentions: Sequence[NetworkMention]) -> list[NetworkMention]:
    """Of names that run into one another the surer: "the Executive Conference of Mayors for Peace"."""
    by_start = sorted(mentions, key=lambda mention: mention.start)
    starts = [mention.start for mention in by_start]

    def is_crossed(one: NetworkMention) -> bool:
        inside = by_start[bisect_right(starts, one.start) : bisect_left(starts, one.end)]
        return any(other.score > one.score and one.end < other.end for other in inside)

    return [one for one in mentions if not is_crossed(one)]


def _drop_overlaps(mentions: Iterable[NetworkMention]) -> list[NetworkMention]:
    """Of mentions that overlap keep the leftmost, of those the longest, of equal ones the first."""
    kept: list[NetworkMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or kept[-1].end <= mention.start:
            kept.append(mention)
    return kept
