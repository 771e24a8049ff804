"""The catalogue of city networks: who they are and by which names texts call them.

The table is `extractors/reference/networks.csv`; its README says where it comes from and what each
column means. The catalogue helps a reader and does not fence it in: networks that it lacks are found
by the shape of their names (see `network_shapes`).
"""

import csv
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from schemas.errors import ConfigurationError

CATALOGUE_PATH = Path(__file__).parent / "reference" / "networks.csv"


def _split_list(value: object) -> object:
    """A cell of values separated by `|` as a tuple without empty or repeated values."""
    if not isinstance(value, str):
        return value
    return tuple(dict.fromkeys(part.strip() for part in value.split("|") if part.strip()))


def _empty_is_none(value: object) -> object:
    return None if value == "" else value


NonEmpty = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Cell = Annotated[str | None, BeforeValidator(_empty_is_none)]
Year = Annotated[Annotated[int, Field(ge=1000, le=2100)] | None, BeforeValidator(_empty_is_none)]
Count = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(_empty_is_none)]
CountryCode = Annotated[Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None, BeforeValidator(_empty_is_none)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split_list)]


class Network(BaseModel):
    """One city network: an organisation or standing initiative of cities or other local governments."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    network_id: str = Field(alias="id", pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: NonEmpty = Field(description="its usual full English name")
    acronym: Cell = None
    aliases: Names = Field(default=(), description="other names, in any language, as texts write them")
    ambiguous_aliases: Names = Field(
        default=(), alias="ambiguous", description="names that commonly mean something else; they need more evidence"
    )
    founded: Year = None
    ended: Year = Field(default=None, description="null: it exists, or its end is not known")
    successor_id: Cell = Field(default=None, alias="successor", description="network_id of what it was merged into")
    scope: NonEmpty = Field(description="`global`, a continent or region, or `national` and a country's code")
    theme: NonEmpty
    secretariat_city: Cell = None
    secretariat_country: CountryCode = Field(default=None, description="ISO 3166-1 alpha-2")
    website: Cell = Field(default=None, description="host, without a scheme")
    members_approx: Count = Field(default=None, description="members as the network counts them")
    members_asof: Year = Field(default=None, description="the year of members_approx")
    wikidata: Cell = None
    source: Cell = Field(default=None, description="URL of the page that the row rests on")
    unchecked: Names = Field(default=(), description="columns that were not checked against a source")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Name, acronym and aliases, each once."""
        return tuple(dict.fromkeys(filter(None, (self.name, self.acronym, *self.aliases))))


class Catalogue:
    """Networks by id, in the order of the table."""

    def __init__(self, networks: Iterable[Network]) -> None:
        self.networks: list[Network] = list(networks)
        self._by_id = {network.network_id: network for network in self.networks}

    def __len__(self) -> int:
        return len(self.networks)

    def __iter__(self) -> Iterator[Network]:
        return iter(self.networks)

    def __contains__(self, network_id: object) -> bool:
        return network_id in self._by_id

    def by_id(self, network_id: str) -> Network:
        """The network with that id; KeyError where there is none (ids of new networks are in no catalogue)."""
        return self._by_id[network_id]

    def without(self, network_ids: Iterable[str]) -> Self:
        """A catalogue that lacks these networks, for measuring how unknown ones are met."""
        left_out = set(network_ids)
        return type(self)(network for network in self.networks if network.network_id not in left_out)


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read the table at `path` (the catalogue that comes with the package, if None).

    Raises:
        ConfigurationError: the file cannot be read, or a row is wrong; names file, line and column.
    """
    path = path or CATALOGUE_PATH
    try:
        with path.open(newline="", encoding="utf-8") as lines:
            reader = csv.DictReader(lines, strict=True)
            _check_header(path, reader.fieldnames or ())
            rows = [(reader.line_num, _read_row(path, reader.line_num, row)) for row in reader]
    except OSError as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({error.strerror}); expected a catalogue of networks"
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: byte {error.start} is not UTF-8; save the table as UTF-8") from error
    except csv.Error as error:
        raise ConfigurationError(f"{path}: not well-formed CSV ({error}); mend the quotes") from error
    _check_references(path, rows)
    return Catalogue(network for _, network in rows)


def _columns() -> tuple[list[str], list[str]]:
    """(columns that must be there, columns that may be there), by their headings in the table."""
    fields = [(field.alias or name, field.is_required()) for name, field in Network.model_fields.items()]
    return [name for name, required in fields if required], [name for name, required in fields if not required]


def _check_header(path: Path, header: Iterable[str]) -> None:
    needed, optional = _columns()
    found = list(header)
    for column in needed:
        if column not in found:
            raise ConfigurationError(
                f"{path}, line 1: column {column!r} is missing; found {', '.join(found) or 'nothing'}"
            )
    for column in found:
        if column not in needed and column not in optional:
            raise ConfigurationError(
                f"{path}, line 1: found column {column!r}, expected one of {', '.join(needed + optional)}"
            )


def _read_row(path: Path, line: int, row: dict[str | None, str | None]) -> Network:
    if None in row or None in row.values():
        raise ConfigurationError(f"{path}, line {line}: more or fewer cells than headings; mend the commas and quotes")
    try:
        network = Network.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        column = first["loc"][0] if first["loc"] else "?"
        raise ConfigurationError(
            f"{path}, line {line}, column {column}: found {first.get('input')!r}, {first['msg'].lower()}"
        ) from error
    for alias in network.ambiguous_aliases:
        if alias not in network.names:
            raise ConfigurationError(
                f"{path}, line {line}, column ambiguous: found {alias!r}, which is no name of {network.network_id}; "
                "add it to aliases or drop it"
            )
    return network


def _check_references(path: Path, rows: list[tuple[int, Network]]) -> None:
    first_seen: dict[str, int] = {}
    for line, network in rows:
        if network.network_id in first_seen:
            raise ConfigurationError(
                f"{path}, line {line}, column id: found {network.network_id!r}, "
                f"which stands on line {first_seen[network.network_id]} too"
            )
        first_seen[network.network_id] = line
    for line, network in rows:
        if network.successor_id is not None and network.successor_id not in first_seen:
            raise ConfigurationError(
                f"{path}, line {line}, column successor: found {network.successor_id!r}, which is the id of no row"
            )
