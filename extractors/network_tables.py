"""Tables that set cities against networks, and the pairs that their cells speak of.

    City    | Eurocities | ICLEI  | Union of the Baltic Cities
    Turku   | yes        | –      | since 1991
    Tallinn | yes        |        | former (1991–2015)

or the same with networks in the rows and cities in the columns. Each cell speaks of one pair and of nothing else in its
row, which is why such tables are read cell by cell.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.columns import find_column
from extractors.network_cells import do_crosses_deny, read_cell, says_nothing
from extractors.network_mention import NetworkMention
from extractors.reading import Reading
from extractors.relation_masks import Span

_LEAST = 2
"""Networks, and cities where these stand in the header; a table that names one network lists its members."""
_BESIDE_NAMES = re.compile(
    r"\b(?:city|full|status|year|date|of|in|the|at|to|on|for|since|joined|joining|member(?:s|ship)?|signator(?:y|ies)|"
    r"signed|networks?|participation|affiliation|yes|no)\b|[^\w]|[¹²³⁴⁵⁶⁷⁸⁹⁰]|\b\d\b",
    re.IGNORECASE,
)
"""What a heading may have beside a network's name."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell, and the network that it speaks of."""

    network: NetworkMention
    heading: Span
    """The cell that names the network."""
    span: Span
    row: int
    """Block of the row that holds the cell."""


class NetworkTables:
    """The tables of a document that set cities against networks."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        rows: dict[int, list[int]] = defaultdict(list)
        for index, over in enumerate(reading.governing):
            if over.header is not None and reading.blocks[index].cells:
                rows[over.header].append(index)
        self._by_column = {header: named for header in rows if _are_several(named := self._name_columns(header))}
        self._by_row = {
            header: named
            for header, indices in rows.items()
            if header not in self._by_column
            and self._heads_cities(header)
            and _are_several(named := self._name_rows(indices))
        }
        self._crosses_deny = {
            header: do_crosses_deny(
                [self._text(cell) for index in rows[header] for cell in reading.blocks[index].cells]
            )
            for header in (*self._by_column, *self._by_row)
        }

    def cells_about(self, offset: int) -> list[TableCell] | None:
        """The cells that say something of the city that is named at `offset`.

        Empty where they all are silent; None where the city stands in no such table, or in a cell under a network.
        """
        index = self._reading.passages[self._reading.passage_at(offset)].block
        block = self._reading.blocks[index]
        column = find_column(block, offset)
        header = self._reading.governing[index].header
        if column is None:
            return None
        if header in self._by_column and column not in self._by_column[header]:
            return list(self._cells_of_row(header, index))
        if index in self._by_row and column > 0:
            return list(self._cells_of_column(index, column))
        return None

    def _cells_of_row(self, header: int, row: int) -> Iterator[TableCell]:
        names, cells = self._reading.blocks[header].cells, self._reading.blocks[row].cells
        for column, network in self._by_column[header].items():
            if column < len(cells) and self._speaks(header, cells[column]):
                yield TableCell(network, names[column], cells[column], row)

    def _cells_of_column(self, header: int, column: int) -> Iterator[TableCell]:
        for row, network in self._by_row[header].items():
            cells = self._reading.blocks[row].cells
            # The city is named far off, where the relation model would not see it: plain cells only.
            if column < len(cells) and self._speaks(header, cells[column]) and self._is_plain(cells[0], cells[column]):
                yield TableCell(network, cells[0], cells[column], row)

    def _is_plain(self, heading: Span, cell: Span) -> bool:
        return read_cell(self._text(cell), self._text(heading), None) is not None

    def _speaks(self, header: int, cell: Span) -> bool:
        return not says_nothing(self._text(cell), crosses_deny=self._crosses_deny[header])

    def _name_columns(self, header: int) -> dict[int, NetworkMention]:
        named = ((n, self._named_by(cell)) for n, cell in enumerate(self._reading.blocks[header].cells))
        return {column: network for column, network in named if network is not None}

    def _name_rows(self, rows: Sequence[int]) -> dict[int, NetworkMention]:
        named = ((row, self._named_by(self._reading.blocks[row].cells[0])) for row in rows)
        return {row: network for row, network in named if network is not None}

    def _heads_cities(self, header: int) -> bool:
        cells = self._reading.blocks[header].cells[1:]
        headed = [any(a <= city.start < b for city in self._reading.references) for a, b in cells]
        return sum(headed) >= _LEAST

    def _named_by(self, cell: Span) -> NetworkMention | None:
        """The one network that a cell names, with nothing of weight beside it.

        "C40 summit" names none so, "Member of C40 since" does.
        """
        mentions = self._reading.networks_in(*cell)
        if len({mention.network_id for mention in mentions}) != 1:
            return None
        text, at, rest = self._reading.document.text, cell[0], ""
        for mention in mentions:
            rest += text[at : mention.start]
            at = mention.end
        return None if _BESIDE_NAMES.sub("", rest + text[at : cell[1]]) else mentions[0]

    def _text(self, cell: Span) -> str:
        return self._reading.document.text[slice(*cell)]


def _are_several(named: Mapping[int, NetworkMention]) -> bool:
    return len({mention.network_id for mention in named.values()}) >= _LEAST
