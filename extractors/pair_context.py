"""What the relation model is shown of a candidate pair: where it stands, what is over it, and what is around it."""

from collections.abc import Iterable
from itertools import chain, repeat

from extractors.candidates import Candidate
from extractors.columns import find_column, find_column_heading, find_row_heading, is_empty
from extractors.reading import Passage, Reading
from extractors.references import Form
from extractors.relation_masks import Span
from extractors.relation_windows import Layout, PairContext, TargetKind
from schemas.vocabulary import BlockKind

_KINDS: dict[Form, TargetKind] = {
    "name": TargetKind.NAME,
    "holder": TargetKind.HOLDER,
    "nominal": TargetKind.NOMINAL,
    "home": TargetKind.HOME,
}
_LAYOUTS = {
    BlockKind.HEADING: Layout.HEADING,
    BlockKind.LIST_ITEM: Layout.ITEM,
    BlockKind.TABLE_ROW: Layout.ROW,
    BlockKind.TABLE_HEADER: Layout.ROW,
}


def describe_context(reading: Reading, pair: Candidate) -> PairContext:
    """What the relation model is shown of a candidate pair."""
    passage = reading.passages[pair.passage]
    block = reading.blocks[passage.block]
    over = reading.governing[passage.block]
    mine = reading.network_spans.get(pair.network_id, ())
    if pair.near == "reference" and pair.network_mention is not None:
        mine = (*mine, pair.network_mention)
    layout = _LAYOUTS.get(block.kind, Layout.PROSE)
    previous = [
        p for p in reading.passages[max(0, pair.passage - 2) : pair.passage] if _is_neighbour(reading, p, passage)
    ]
    following = reading.passages[pair.passage + 1] if pair.passage + 1 < len(reading.passages) else None
    columns = _name_columns(reading, passage)
    focus = (passage.start, passage.end)
    if pair.cell is not None:
        columns = [(pair.cell.heading, pair.cell.span)]
        column = find_column(block, pair.city.start)
        focus = focus if column is None else block.cells[column]
    elif len(columns) > 1 and (over.header is None or _has_city_in_each(reading, columns)):
        # Lists side by side: what stands in the next column is another matter.
        columns = [(name, cell) for name, cell in columns if cell[0] <= pair.city.start < cell[1]]
        focus = columns[0][1] if columns else focus
    return PairContext(
        text=reading.document.text,
        focus=focus,
        target=(pair.city.start, pair.city.end),
        kind=_KINDS[pair.city.form],
        network_id=pair.network_id,
        network=mine,
        other_networks=reading.spans_of_others(pair.network_id),
        same_city=reading.spans_of_place(pair.city.place.geonameid),
        cities=reading.city_spans,
        layout=layout,
        headings=[(reading.blocks[h].start, reading.blocks[h].end) for h in over.headings],
        lead_in=None
        if over.lead_in is None
        else (reading.blocks[over.lead_in].start, reading.blocks[over.lead_in].end),
        columns=columns,
        cell=None if pair.cell is None else pair.cell.span,
        previous=[(p.start, p.end) for p in previous],
        following=None if following is None else (following.start, following.end),
        title=reading.document.title,
        published=reading.document.published,
        is_main=pair.network_id == reading.topic,
        title_networks=tuple(
            {
                (reading.document.title or "")[m.start : m.end]
                for m in reading.title_networks
                if m.network_id == pair.network_id
            }
        ),
    )


def _is_neighbour(reading: Reading, earlier: Passage, passage: Passage) -> bool:
    """Headings and lead-ins over the passage are shown as such, not a second time."""
    over = reading.governing[passage.block]
    return earlier.block not in over.headings and earlier.block not in (over.lead_in, over.header)


def _has_city_in_each(reading: Reading, columns: Iterable[tuple[Span, Span]]) -> bool:
    """Whether every cell under a name holds a city, as in no row that tells something of one."""
    return all(reading.cities_in(*cell) for name, cell in columns if name[1] > name[0])


def _name_columns(reading: Reading, passage: Passage) -> list[tuple[Span, Span]]:
    """Pairs of what heads a cell (nothing: a span without length) and the cell; of the row's heading and the row where
    no column is headed."""
    block = reading.blocks[passage.block]
    if not block.cells:
        return []
    header = reading.governing[passage.block].header
    text, blocks = reading.document.text, reading.blocks
    if header is not None:
        cells = block.cells
        over = find_row_heading(text, blocks, passage.block) if is_empty(text, cells[0]) else None
        if over is not None and not any(over[0] < city.end and city.start < over[1] for city in reading.cities):
            cells = (over, *cells[1:])
        # A column without a name often holds what the row is about: an office, above all.
        pairs = zip(chain(blocks[header].cells, repeat((0, 0))), cells, strict=False)
        return [(name, cell) for name, cell in pairs if cell[1] > cell[0]]
    named = [(find_column_heading(text, blocks, passage.block, cell[0], None), cell) for cell in block.cells]
    headed = [(name, cell) for name, cell in named if name is not None and not text[slice(*cell)].isupper()]
    if len(headed) == len(block.cells):
        return headed
    over_row = find_row_heading(text, blocks, passage.block)
    return [(over_row, (block.start, block.end))] if over_row is not None else []
