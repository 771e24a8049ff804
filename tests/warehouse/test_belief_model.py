"""The registry against a plain model of its rules: slow loops over one line at a time, instead of SQL over all.

The model knows claims as rows, lists as documents, and judgements as what a person decided of which claim;
everything else it works out by itself.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.dates import first_day, last_day
from schemas.judgement import Judgement, JudgementKind
from schemas.vocabulary import Authority, Role, Status
from warehouse.checks import check_registry
from warehouse.copies import sketch_wording
from warehouse.documents import store_documents
from warehouse.judgements import import_judgements
from warehouse.lists import store_complete_list
from warehouse.reference import store_networks
from warehouse.sql_files import read_sql_file

DAY = timedelta(days=1)
STANDINGS = ["network", "city", "news", "academic", "other"]
INDIRECT = {"succeeds", "leaves", "absent", "dissolves"}
UNTOLD = {"absent", "dissolves"}


def read_settings() -> tuple[float, int, int]:
    """What the rules are set to."""
    with duckdb.connect() as con:
        con.execute(read_sql_file("views", "05_settings").text)
        row = con.execute("SELECT least_confidence(), usual_term_years(), most_copy_distance()").fetchone()
    assert row is not None
    return float(row[0]), row[1], row[2]


LEAST_CONFIDENCE, USUAL_TERM, COPY_DISTANCE = read_settings()
CONFIDENCES = [0.3, LEAST_CONFIDENCE, 0.95, 0.95, 0.98]
Line = tuple[str, str, str, str]


@dataclass(frozen=True)
class Said:
    """What a claim says of a line."""

    id: str
    line: Line
    status: str
    since: str | None
    until: str | None
    holder: str | None
    standing: int
    stated_on: str
    publisher: str
    confidence: float
    text: str = ""
    document: str = ""
    accepted_on: date | None = None

    @property
    def stated(self) -> date:
        return first_day(self.stated_on)

    @property
    def since_on(self) -> date | None:
        return first_day(self.since) if self.since else None

    @property
    def until_on(self) -> date | None:
        return last_day(self.until) if self.until else None

    @property
    def surname(self) -> str | None:
        return self.holder.casefold().split()[-1] if self.holder else None


@dataclass(frozen=True)
class Listing:
    """A complete list: its network, date and standing, its document, and who (perhaps) stands on it in which roles."""

    id: str
    network: str
    stated_on: str
    standing: int
    document: str
    perhaps: frozenset[str]
    cities: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class End:
    """Something that says that a role of a line is over."""

    said: Said
    part: str
    until: str | None
    until_on: date | None
    surname: str | None = None
    is_term: bool = False
    is_disputed: bool = False

    @property
    def ended_by(self) -> date:
        if self.until_on is not None and not self.is_disputed:
            return self.until_on
        return self.said.stated - DAY if self.part == "succeeds" else self.said.stated


@dataclass
class Networks:
    """When those networks ended that are over, and what takes whose place."""

    ended: dict[str, str] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)

    def end_of(self, network: str) -> date | None:
        return last_day(self.ended[network]) if network in self.ended else None

    def find_later(self, network: str, day: date) -> str:
        """The network that a name of then meant on `day`."""
        later, after = network, date.min
        while (end := self.end_of(later)) and later in self.successors:
            later, after = self.successors[later], max(after, end)
            if day > after and not ((until := self.end_of(later)) and day > until):
                return later
        return network

    def find_heir(self, network: str) -> str | None:
        """What stands in the place of a network that is over."""
        heir: str | None = network
        while heir in self.ended:
            heir = self.successors.get(heir)
        return heir


@dataclass
class Part:
    """A claim behind a spell."""

    said: Said
    name: str
    placed: date
    end: End | None = None

    @property
    def since(self) -> str | None:
        return None if self.name in INDIRECT else self.said.since

    @property
    def until(self) -> tuple[str, date] | None:
        if self.end is None:
            return (self.said.until, self.said.until_on) if self.said.until and self.said.until_on else None
        if self.end.is_disputed or self.end.until is None or self.end.until_on is None:
            return None
        return self.end.until, self.end.until_on

    @property
    def last_day(self) -> date:
        is_dated = self.end is not None and (self.end.until_on is not None and not self.end.is_disputed)
        return self.placed if is_dated or self.name == "succeeds" else self.placed - DAY


@dataclass
class Model:
    """The rules, applied to the claims of a warehouse."""

    rules: dict[str, dict[str, bool]]
    said: list[Said]
    lists: list[Listing]
    networks: Networks
    today: date
    held: dict[Line, list[Said]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.lists = [
            replace(one, network=self.networks.find_later(one.network, first_day(one.stated_on))) for one in self.lists
        ]
        self.told = self.said
        self.accepted = [said for said in self.said if said.accepted_on is not None]
        outweighed = {said.id for said in self.said for other in self.accepted if self.is_outweighed(said, other)}
        self.said = [said for said in self.said if said.id not in outweighed]
        for said in self.said:
            if said.status == "current":
                self.held[said.line].append(said)
        self.lists = [self.fill_list(listing) for listing in self.lists]

    def fill_list(self, listing: Listing) -> Listing:
        """Whom a list names, and in which roles; it speaks of a role also where a person knows better of a city."""
        counting = {said.id for said in self.said}
        named = [
            said for said in self.told
            if (said.document, said.status, said.line[1]) == (listing.document, "current", listing.network)
        ]  # fmt: skip
        return replace(
            listing, cities=listing.perhaps | {said.line[0] for said in named if said.id in counting},
            roles=frozenset(said.line[2] for said in named),
        )  # fmt: skip

    def is_outweighed(self, said: Said, accepted: Said) -> bool:
        """Whether what a person accepted contradicts what was said up to the day of the judgement."""
        assert accepted.accepted_on is not None
        rule, day = self.rules[said.line[2]], accepted.stated
        if said.accepted_on is not None or said.stated > accepted.accepted_on:
            return False
        reaches = said.since_on is not None and said.since_on <= day
        if accepted.status == "denied" and said.line == accepted.line and said.status in {"current", "planned"}:
            is_over = not rule["is_event"] and said.until_on is not None and said.until_on < day
            ended = [other.until_on or other.stated for other in self.said
                     if other.line == said.line and other.status == "ended"]  # fmt: skip
            is_earlier = is_over or any(said.stated <= one <= day for one in ended)
            return (said.stated <= day or reaches) and not is_earlier
        if accepted.status == "current" and said.line == accepted.line and said.status == "ended":
            return said.stated == day and not (said.since and said.until)
        is_rival = said.line[1:3] == accepted.line[1:3] and said.line[0] != accepted.line[0] and rule["is_exclusive"]
        return is_rival and accepted.status == said.status == "current" and (
            said.stated == day or (reaches and day <= said.stated)
        )  # fmt: skip

    def believe(self) -> list[tuple[Any, ...]]:
        """The present belief, as rows of `BELIEF`."""
        found = [
            (line, parts, self.date_spell(line, parts))
            for line in sorted({said.line for said in self.said})
            for parts in self.find_spells(line)
        ]
        continued = [one for line, parts, spell in found for one in self.find_continued(line, parts, spell)]
        seen: set[Line] = set()
        spells = []
        for line, _, spell in found:
            begins = [begin for pair, _, begin in continued if pair == line[:2]]
            is_first = line not in seen and line[2] == "member" and spell[2] is None and spell[1] != "planned"
            seen.add(line)
            if is_first and begins and spell[4] and min(begins) <= spell[4]:
                spells.append((line, (*spell[:4], min(begins), *spell[5:])))
            else:
                spells.append((line, spell))
        rows = [(*line[:3], *spell, False) for line, spell in spells]
        return sorted(rows + self.infer(spells, continued), key=repr)

    def find_continued(
        self, line: Line, parts: list[Part], spell: tuple[Any, ...]
    ) -> list[tuple[tuple[str, str], tuple[Any, ...], date]]:
        """The membership in the successor of a network that ended while the city was a member, and its first day."""
        city, network, role, _ = line
        ends = [part for part in parts if part.end]
        heir, end = self.networks.find_heir(network), self.networks.end_of(network)
        first = min(ends, key=lambda part: (part.placed, part.name == "dissolves"), default=None)
        is_member = self.rules[role]["is_membership"] and self.rules[role]["ends_with_membership"]
        if first is None or first.name != "dissolves" or heir is None or not is_member:
            return []
        begin = end + DAY
        lists = [
            one for one in self.lists
            if one.network == heir and first_day(one.stated_on) >= begin and self.lists_role(one, "member")
            and city not in one.cities
        ]  # fmt: skip
        missing = min(lists, key=lambda one: (first_day(one.stated_on), one.standing, one.id), default=None)
        status, until, last = "current", None, None
        if missing:
            status, until, last = "ended", missing.stated_on, first_day(missing.stated_on) - DAY
        held_from = min(begin, last) if last else begin
        return [((city, heir), (spell[0], status, None, until, held_from, last, *spell[6:]), begin)]

    def lists_role(self, listing: Listing, role: str) -> bool:
        """Whether absence from a list says anything of a role."""
        lists_members = any(
            self.rules[one]["is_membership"] and self.rules[one]["ends_with_membership"] for one in listing.roles
        )
        return role in listing.roles or (lists_members and self.rules[role]["ends_with_membership"])

    def find_term(self, network: str) -> int:
        """How many years an office of a network lasts."""
        terms = {
            (said.line[0], said.line[2], said.since[:4], int(said.until[:4]) - int(said.since[:4]))
            for said in self.told
            if said.line[1] == network and self.rules[said.line[2]]["is_office"] and said.status != "denied"
            and said.since and said.until
        }  # fmt: skip
        years = sorted(term[-1] for term in terms if 1 <= term[-1] <= 8)
        return years[(len(years) + 1) // 2 - 1] if len(years) >= 3 else USUAL_TERM

    def find_ends(self, line: Line) -> list[End]:
        """All that says that a role of `line` is over, less what newer or better texts know otherwise."""
        city, network, role, _ = line
        held, rule = self.held[line], self.rules[role]
        ends = [
            End(said, "ends", said.until,
                min(said.until_on, last_day(said.stated_on)) if said.until_on else None,
                said.surname, bool(said.since and said.until))
            for said in self.said if said.line == line and said.status == "ended"
        ]  # fmt: skip
        if held and not rule["is_event"]:
            first = min(said.stated for said in held)
            if rule["is_exclusive"]:
                ends += [
                    End(said, "succeeds", said.since, said.since_on - DAY if said.since_on else None)
                    for said in self.find_successors(network, role)
                    if said.line[0] != city and said.stated > first
                ]
            if rule["ends_with_membership"] and role != "member":
                ends += [
                    End(said, "leaves", said.until, said.until_on, None, bool(said.since and said.until))
                    for said in self.said
                    if said.line == (city, network, "member", "") and said.status == "ended" and said.stated >= first
                ]
            ends += self.find_absences(line)
            if over := self.networks.end_of(network):
                ended = self.networks.ended[network]
                told = Said("dissolved", line, "dissolved", None, None, None, 0, over.isoformat(), "", 0)
                ends.append(End(told, "dissolves", ended, over))
        ends = [end for end in ends if not self.is_another_persons(end, held) and not self.is_overruled(end, held)]
        return [replace(end, is_disputed=self.is_disputed(end, held)) for end in ends]

    def find_successors(self, network: str, role: str) -> list[Said]:
        """Who is said to chair, less those whom a lesser source alone names again after another took over."""
        chairs = [said for line, held in self.held.items() if line[1:3] == (network, role) for said in held]
        return [
            newer for newer in chairs
            if not any(
                other.line[0] != newer.line[0] and other.standing < newer.standing and other.stated < newer.stated
                and not (newer.since_on and newer.since_on > other.stated)
                and any(earlier.stated < other.stated for earlier in self.held[newer.line])
                for other in chairs
            )
        ]  # fmt: skip

    def find_absences(self, line: Line) -> list[End]:
        """The first list of each standing, after each time that the role was held, that lacks the city."""
        city, network, role, _ = line
        firsts: dict[tuple[date, int], Listing] = {}
        named = {said.document for said in self.held[line]}
        days: dict[str, list[date]] = defaultdict(list)
        for listing in self.lists:
            if listing.network == network and listing.document in named:
                days[listing.document].append(first_day(listing.stated_on))
        for listing in sorted(self.lists, key=lambda one: (first_day(one.stated_on), one.id)):
            speaks = self.lists_role(listing, role)
            before = [said.stated for said in self.held[line] if said.stated < first_day(listing.stated_on)]
            day = first_day(listing.stated_on)
            is_seen_again = any(min(seen) < day < max(seen) for seen in days.values())
            if listing.network == network and speaks and city not in listing.cities and before and not is_seen_again:
                firsts.setdefault((max(before), listing.standing), listing)
        return [
            End(Said(f"absent {listing.id}", line, "absent", None, None, None, listing.standing, listing.stated_on,
                     "", 0),
                "absent", listing.stated_on, first_day(listing.stated_on) - DAY)
            for listing in firsts.values()
        ]  # fmt: skip

    @staticmethod
    def is_another_persons(end: End, held: list[Said]) -> bool:
        known = [said for said in held if said.stated <= end.said.stated and said.surname]
        if end.surname is None or end.is_term or not known:
            return False
        return max(known, key=lambda said: (said.stated, -said.standing, said.id)).surname != end.surname

    @staticmethod
    def is_overruled(end: End, held: list[Said]) -> bool:
        return not end.is_term and any(
            said.standing <= end.said.standing and said.stated > end.said.stated
            and said.since_on is not None and said.since_on <= (end.until_on or end.said.stated)
            for said in held
        )  # fmt: skip

    @staticmethod
    def is_disputed(end: End, held: list[Said]) -> bool:
        return not end.is_term and end.until_on is not None and any(
            said.standing < end.said.standing and end.until_on < said.stated <= end.said.stated
            and not (said.since_on and said.since_on > end.until_on)
            for said in held
        )  # fmt: skip

    def is_set_aside(self, said: Said, ends: list[End]) -> bool:
        """Whether an ending outweighs that the role was held."""
        for end in ends:
            if end.is_term or end.ended_by >= said.stated or (said.since_on and said.since_on > end.ended_by):
                continue
            if end.said.stated > said.stated or (end.said.stated == said.stated and end.part != "succeeds"):
                if end.said.standing <= said.standing:
                    return True
            elif end.said.standing < said.standing:
                reopened = [
                    other.stated for other in self.held[said.line] if other.stated > end.ended_by and (
                        (other.since_on and other.since_on > end.ended_by)
                        or (other.standing <= end.said.standing and other.stated > end.said.stated)
                    )
                ]  # fmt: skip
                if not reopened or min(reopened) > said.stated:
                    return True
        return False

    def find_spells(self, line: Line) -> list[list[Part]]:
        """The claims behind each spell of `line`."""
        plans = [said for said in self.said if said.line == line and said.status == "planned"]
        if self.rules[line[2]]["is_event"]:
            spells = [[Part(said, "holds", said.stated) for said in self.held[line]]] if self.held[line] else []
        else:
            spells = self.cut_spells(line)
        opened = [min((part.placed for part in spell if part.name == "holds"), default=None) for spell in spells]
        ends = [part.placed for spell in spells for part in spell if part.name != "holds"]
        holds = [part.placed for spell in spells for part in spell if part.name == "holds"]
        to_come = []
        for said in plans:
            after = [index for index, start in enumerate(opened) if start is not None and start > said.stated]
            if after:
                spells[after[0]].append(Part(said, "planned", said.stated))
            elif not spells or (ends and said.stated > max(ends) and (not holds or max(holds) <= max(ends))):
                to_come.append(Part(said, "plans", said.stated))
        return [*spells, to_come] if to_come else spells

    def cut_spells(self, line: Line) -> list[list[Part]]:
        ends = self.find_ends(line)
        parts = [Part(said, "holds", said.stated) for said in self.held[line] if not self.is_set_aside(said, ends)]
        parts += [Part(end.said, end.part, end.ended_by, end) for end in ends]
        spells: list[list[Part]] = []
        last: Part | None = None
        was_held = False
        for part in sorted(parts, key=lambda one: (one.placed, one.end is not None, one.name, one.said.id)):
            was_held = was_held or part.end is None
            if part.name in INDIRECT and not was_held:
                continue
            begins = last is None or (last.end is not None and (
                part.end is None
                or (part.name == "ends" and part.said.since_on is not None and part.said.since_on > last.placed)
            ))  # fmt: skip
            if begins:
                spells.append([])
            spells[-1].append(part)
            last = part
        for spell in spells:
            over = min((part.placed for part in spell if part.end), default=None)
            spell[:] = [part for part in spell if part.name not in {"succeeds", *UNTOLD} or part.placed == over]
        return spells

    def date_spell(self, line: Line, parts: list[Part]) -> tuple[Any, ...]:
        """Holder, status, dates, counts and confidence of a spell."""
        is_event = self.rules[line[2]]["is_event"]
        holds = [part for part in parts if part.name == "holds"]
        ends = [part for part in parts if part.end]
        since = self.find_since(parts, holds, ends)
        until = self.find_until(parts, holds, ends, since, is_event=is_event)
        is_plan = any(part.name == "plans" for part in parts)
        if is_plan:
            status = "planned"
        elif ends or (until and until[1] < self.today):
            status = "current" if is_event else "ended"
        else:
            status = "current"
        stated = [part.said.stated_on for part in parts if part.name != "dissolves"]
        held_until = None
        if status == "current" and self.rules[line[2]]["is_office"] and not until:
            held_until = add_years(last_day(max(stated)), self.find_term(line[1]))
            status = "stale" if held_until < self.today else status
        begin = end = None
        if not is_plan:
            seen = [part.said.stated for part in holds] + ([first_day(until[0])] if ends and until else [])
            begin = first_day(since) if since else min(seen, default=None)
            last = [part.last_day for part in ends]
            if until:
                end = max(day for day in (until[1], begin) if day)
            elif is_event:
                end = last_day(since or min(part.said.stated_on for part in holds))
            elif ends:
                end = max(day for day in (min(last), *(part.said.stated for part in holds), begin) if day)
            elif status == "stale":
                end = max(day for day in (held_until, begin) if day)
        named = [part for part in parts if part.said.holder and part.name not in INDIRECT]
        holder = max(named, default=None, key=lambda part: (
            part.end is None, part.said.stated, -part.said.standing, len(part.said.holder or ""), part.said.id
        ))  # fmt: skip
        voices: dict[str, float] = {}
        for told in find_texts([part.said for part in parts if part.name not in INDIRECT]):
            publisher = min(said.publisher for said in told)
            voices[publisher] = max(voices.get(publisher, 0), *(said.confidence for said in told))
        doubt = 1.0
        for confidence in sorted(voices.values()):
            doubt *= 1 - confidence
        return (
            holder.said.holder if holder else None, status, since, until[0] if until else None,
            begin, end, min(stated), max(stated), sum(part.name not in UNTOLD for part in parts),
            len(voices), round(min(0.99, 1 - doubt), 4),
        )  # fmt: skip

    @staticmethod
    def find_since(parts: list[Part], holds: list[Part], ends: list[Part]) -> str | None:
        fitting = []
        for part in parts:
            seen = [hold.said.stated for hold in holds if hold.said.standing <= part.said.standing]
            over = [end.placed for end in ends]
            if part.since and all(first_day(part.since) <= day for day in (*seen, *([max(over)] if over else []))):
                fitting.append(part)
        if not fitting:
            return None
        weightiest = min(fitting, key=lambda part: (
            part.said.standing, part.name == "planned", -part.said.stated.toordinal(), -len(part.since), part.said.id
        )).since  # fmt: skip
        agreeing = [one for one in fitting if one.since.startswith(weightiest) or weightiest.startswith(one.since)]
        return min(agreeing, key=lambda part: (
            -len(part.since), part.said.standing, -part.said.stated.toordinal(), part.said.id
        )).since  # fmt: skip

    @staticmethod
    def find_until(
        parts: list[Part], holds: list[Part], ends: list[Part], since: str | None, *, is_event: bool
    ) -> tuple[str, date] | None:
        fitting = [
            part for part in parts
            if part.until and (part.end or not ends)
            and (since is None or part.until[1] >= first_day(since))
            and (is_event or all(part.until[1] >= hold.said.stated for hold in holds))
        ]  # fmt: skip
        if not fitting:
            return None
        weightiest = min(fitting, key=lambda part: (
            part.name in UNTOLD, part.said.standing, part.name != "ends", -part.said.stated.toordinal(),
            -len(part.until[0]), part.said.id,
        )).until[0]  # fmt: skip
        agreeing = [
            one for one in fitting if one.until[0].startswith(weightiest) or weightiest.startswith(one.until[0])
        ]
        return min(agreeing, key=lambda part: (
            part.name in UNTOLD, -len(part.until[0]), part.said.standing, part.name != "ends",
            -part.said.stated.toordinal(), part.said.id,
        )).until  # fmt: skip

    def is_denied(self, pair: tuple[str, str], day: date) -> bool:
        """Whether a person who knew of all up to `day` accepted that the city is no member."""
        return any(
            said.status == "denied" and said.line == (*pair, "member", "") and said.accepted_on is not None
            and day <= said.accepted_on
            for said in self.accepted
        )  # fmt: skip

    def infer(
        self,
        spells: list[tuple[Line, tuple[Any, ...]]],
        continued: list[tuple[tuple[str, str], tuple[Any, ...], date]],
    ) -> list[tuple[Any, ...]]:
        """The memberships that offices, and memberships in networks that are over, imply where no text states one."""
        held = [(line, spell) for line, spell in spells if spell[1] != "planned"]
        stated = {line[:2] for line, _ in held if self.rules[line[2]]["is_membership"]}
        grounds = defaultdict(list)
        for line, spell in held:
            if self.rules[line[2]]["implies_membership"]:
                day = first_day(spell[7])
                grounds[line[:2]] += [] if self.is_denied(line[:2], day) else [(*spell[:3], None, *spell[4:])]
        for pair, spell, begin in continued:
            day = max(first_day(spell[7]), begin)
            grounds[pair] += [] if self.is_denied(pair, day) else [spell]
        return [
            (*pair, "member", None, status, None,
             max((one[3] for one in found if one[3]), default=None) if status == "ended" else None,
             min((one[4] for one in found if one[4]), default=None),
             None if any(one[5] is None for one in found) else max(one[5] for one in found),
             min(one[6] for one in found), max(one[7] for one in found), sum(one[8] for one in found),
             max(one[9] for one in found), max(one[10] for one in found), True)
            for pair, found in grounds.items() if found and pair not in stated
            for status in [min((one[1] for one in found), key=["current", "stale", "ended"].index)]
        ]  # fmt: skip


def add_years(day: date, years: int) -> date:
    """The same day some years later; the last of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def find_texts(told: list[Said]) -> list[list[Said]]:
    """Claims grouped by the text that tells them: copies, of same or near-same wording, are one."""
    groups: list[list[Said]] = []
    for said in told:
        copied = [group for group in groups if any(is_copy(said, other) for other in group)]
        groups = [group for group in groups if group not in copied]
        groups.append([said, *(one for group in copied for one in group)])
    return groups


def is_copy(one: Said, other: Said) -> bool:
    mine, theirs = sketch_wording(one.text), sketch_wording(other.text)
    if one.text == other.text:
        return True
    if mine is None or theirs is None or one.publisher == other.publisher:
        return False
    return sum(((a ^ b) & (2**64 - 1)).bit_count() for a, b in zip(mine, theirs, strict=True)) <= COPY_DISTANCE


ENDED = {
    "network-1": "2016",
    "network-3": "2014-06",
    "network-4": "2018-03-05",
    "network-5": "2099",
    "network-6": "2019",
}
SUCCESSORS = {"network-1": "network-2", "network-3": "network-1", "network-5": "network-2", "network-6": "network-2"}
BELIEF = (
    "SELECT city_id, network_id, role, holder, status, since, until, valid_from, valid_to, first_claimed_on, "
    "last_confirmed_on, claims, sources, confidence, is_inferred FROM "
)


def apply_judgements(row: list[Any], judgements: list[Judgement]) -> tuple[list[Any], date | None] | None:
    """A claim's row as it was corrected, and the day on which it was accepted; None where it does not count."""
    accepted = None
    counts = row[10] >= LEAST_CONFIDENCE
    for judgement in sorted(judgements, key=lambda one: one.judged_at):
        if judgement.subject_id != row[0]:
            continue
        counts = judgement.kind is not JudgementKind.REJECT
        if judgement.kind is JudgementKind.CORRECT:
            changed = dict(judgement.details)
            key = row[1] | {"role": changed.pop("role", row[1]["role"])}
            said = dict(zip(["status", "since", "until"], row[2:5], strict=True))
            said |= {name: value or None for name, value in changed.items()}
            row = [row[0], key, *said.values(), *row[5:]]
        else:
            accepted = judgement.judged_at.date() if judgement.kind is JudgementKind.ACCEPT else None
    return (row, accepted) if counts else None


def read_claims(
    teller, networks: Networks, judgements: list[Judgement]
) -> tuple[dict[str, dict[str, bool]], list[Said]]:
    """The rules of the roles, and the claims that count with the line that each belongs to."""
    cursor = teller.con.execute("FROM role_rule")
    names = [column[0] for column in cursor.description]
    rules = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    rows = teller.ask(
        "SELECT claim_id, {'city': city_id, 'network': claim.network_id, 'role': role}, status, since, until, "
        "coalesce(lower(body), ''), holder, authority, coalesce(published, strftime(fetched_at, '%Y-%m-%d')), "
        "lower(publisher), confidence, claim.evidence.text, document_id "
        "FROM claim JOIN document USING (document_id) ORDER BY claim_id"
    )
    judged = [found for row in rows if (found := apply_judgements(list(row), judgements))]
    accepted_on = {row[0]: day for row, day in judged}
    rows = [
        (row[0], place(row, rules, networks), row[2], *drop_impossible(*row[3:5]), *row[5:]) for row, _ in judged
    ]  # fmt: skip
    years: dict[Any, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for _, key, _, since, _, body, *_ in rows:
        if body:
            years[key][body] += [since[:4]] if since else []
    return rules, [
        Said(
            claim_id, (*key, find_body(rules[key[2]], body, since, years[key])),
            "current" if rules[key[2]]["is_event"] and status == "ended" else status,
            since, until, holder, -1 if accepted_on[claim_id] else STANDINGS.index(authority), stated_on, publisher,
            confidence, text, document, accepted_on[claim_id],
        )
        for claim_id, key, status, since, until, body, holder, authority, stated_on, publisher, confidence, text,
        document in rows
    ]  # fmt: skip


def place(row: list[Any], rules: dict[str, dict[str, bool]], networks: Networks) -> tuple[str, str, str]:
    """City, network and role of a claim: what holds after a network's end holds in its successor."""
    city, network, role = row[1].values()
    if row[2] in {"current", "planned"} and not rules[role]["is_event"]:
        network = networks.find_later(network, first_day(row[8]))
    return city, network, role


def drop_impossible(since: str | None, until: str | None) -> tuple[str | None, str | None]:
    """Both dates, or neither where the end lies before the beginning."""
    return (None, None) if since and until and first_day(since) > last_day(until) else (since, until)


def find_body(rule: dict[str, bool], body: str, since: str | None, named: dict[str, list[str]]) -> str:
    """The body that a claim is about: its own, the only one that others name, or of an event its year."""
    if body or not rule["is_per_body"]:
        return body if rule["is_per_body"] else ""
    fits = [
        name for name, known in named.items()
        if not rule["is_event"] or since is None or not known or min(known) <= since[:4] <= max(known)
    ]  # fmt: skip
    return fits[0] if len(fits) == 1 else (since or "")[:4] if rule["is_event"] else ""


def tell_lists(teller, told: list[dict[str, Any]]) -> list[Listing]:
    """Store complete lists, each of the cities that a story of it names; the first of them may be in doubt.

    One that is seen again has no date: it speaks for the days on which it was seen, the first of them "on".
    """
    lists = []
    for number, entry in enumerate(told):
        days = [first_day(entry["on"]), entry["again"]] if entry.get("again") else []
        document = teller.document(
            f"list {number}: {entry}", published=None if days else entry["on"], authority=Authority(entry["by"]),
            publisher="L",
        )  # fmt: skip
        moments = [datetime.combine(day, time(12), UTC) for day in sorted(days)] or [teller.now]
        store_documents(teller.con, teller.run_id, [document], fetched_at=moments[0])
        claims = [
            teller.claim(document, city, entry["role"], network=entry["network"],
                         confidence=0.6 if place < entry["doubtful"] else 0.98)
            for place, city in enumerate(entry["cities"])
        ]  # fmt: skip
        perhaps = frozenset(claim.city.city_id for claim in claims if claim.confidence < LEAST_CONFIDENCE)
        teller.read(document.document_id, claims, version="1")
        for moment in dict.fromkeys(moments):
            list_id = store_complete_list(
                teller.con, teller.run_id, source="list", network_id=entry["network"],
                document_ids=[document.document_id], seen_at=moment,
            )  # fmt: skip
            stated_on = moment.date().isoformat() if days else entry["on"]
            lists.append(
                Listing(
                    list_id, entry["network"], stated_on, STANDINGS.index(entry["by"]), document.document_id, perhaps
                )
            )
    return lists


def judge(teller, given: list[tuple[str, int, dict[str, str]]]) -> list[Judgement]:
    """Store judgements, each later than the one before, on numbered claims of the stories."""
    rows = teller.ask("SELECT claim_id FROM claim WHERE document LIKE 'story%' ORDER BY 1")
    claims = [claim_id for (claim_id,) in rows]
    judgements = [
        Judgement(
            kind=JudgementKind(kind), subject_id=claims[number % len(claims)], details=details, reason="so",
            author="Ada", judged_at=teller.now + timedelta(minutes=minute),
        )
        for minute, (kind, number, details) in enumerate(given)
    ]  # fmt: skip
    import_judgements(teller.con, judgements)
    return judgements


def agree(
    teller,
    parts: list[list[dict[str, Any]]],
    lists: list[dict[str, Any]],
    days: list[date],
    given: list[tuple[str, int, dict[str, str]]],
) -> None:
    """Tell stories in parts, then judge them, and compare what the registry believes after each with the model."""
    teller.forget()
    networks = Networks({name: end for name, end in ENDED.items() if last_day(end) < teller.now.date()}, SUCCESSORS)
    store_networks(teller.con, [
        {"network_id": name, "name": name, "ended": ENDED.get(name), "successor_id": SUCCESSORS.get(name)}
        for name in {*ENDED, *SUCCESSORS, *SUCCESSORS.values()}
    ])  # fmt: skip
    believed: list[Any] = []
    number, listings = 0, []

    def compare(judgements: list[Judgement]) -> None:
        teller.refresh(after=DAY)
        assert check_registry(teller.con) == []
        model = Model(*read_claims(teller, networks, judgements), listings, networks, teller.now.date())
        believed.append((teller.now.astimezone(UTC).replace(tzinfo=None), model.believe()))

    for position, part in enumerate(parts):
        teller.tell_all(enumerate(part, start=number))
        number += len(part)
        if position == len(parts) - 1:
            listings = tell_lists(teller, lists)
        compare([])
    compare(judge(teller, given))
    for moment, rows in believed:
        assert sorted(teller.ask(f"{BELIEF} registry_as_of(TIMESTAMP '{moment}')"), key=repr) == rows
    for day in days:
        held = [row for row in believed[-1][1]
                if row[4] != "planned" and row[7] and row[7] <= day and (row[8] is None or day <= row[8])]  # fmt: skip
        assert sorted(teller.ask(f"{BELIEF} membership_as_of('{day}')"), key=repr) == held


dates = st.builds(
    lambda year, month, day, length: f"{year}-{month:02}-{day:02}"[:length],
    st.integers(2010, 2022), st.integers(1, 12), st.integers(1, 28), st.sampled_from([4, 7, 10]),
)  # fmt: skip
stories = st.fixed_dictionaries(
    {
        "city": st.sampled_from(["Nantes", "Oslo", "Milan"]),
        "network": st.sampled_from([f"network-{number}" for number in range(8)]),
        "role": st.sampled_from(["member", "member", "chair", "board_member", "event_host", "founding_member"]),
        "status": st.sampled_from(["current", "current", "current", "ended", "ended", "planned", "denied"]),
        "on": dates,
        "by": st.sampled_from(STANDINGS),
        "publisher": st.sampled_from(["A", "B", "C"]),
        "since": st.none() | dates,
        "until": st.none() | dates,
        "body": st.sampled_from([None, None, "Council", "Section"]),
        "holder": st.sampled_from([None, None, "Ada Alba", "Bo Berg"]),
        "version": st.just("1"),
        "confidence": st.sampled_from(CONFIDENCES),
    }
)
complete_lists = st.fixed_dictionaries(
    {
        "network": st.sampled_from([f"network-{number}" for number in range(8)]),
        "cities": st.lists(st.sampled_from(["Nantes", "Oslo", "Milan"]), unique=True),
        "doubtful": st.integers(0, 1),
        "role": st.sampled_from(["member", "signatory"]),
        "on": dates,
        "again": st.none() | st.dates(date(2010, 1, 1), date(2022, 12, 28)),
        "by": st.sampled_from(["network", "other"]),
    }
)


corrections = st.fixed_dictionaries(
    {"since": st.just("") | dates},
    optional={"role": st.sampled_from(["member", "chair"]), "status": st.sampled_from(["current", "ended", "denied"])},
)
judgements = st.one_of(
    st.tuples(st.sampled_from(["accept", "accept", "reject"]), st.integers(0, 200), st.just({})),
    st.tuples(st.just("correct"), st.integers(0, 200), corrections),
)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(stories, min_size=1, max_size=200),
    st.lists(complete_lists, max_size=8),
    st.integers(1, 3),
    st.lists(st.dates(date(2009, 1, 1), date(2023, 1, 1)), max_size=3),
    st.lists(judgements, max_size=40),
)
def test_what_is_believed_and_what_held_agree_with_the_model(teller, told, lists, batches, days, given):
    agree(teller, [told[batch::batches] for batch in range(batches)], lists, days, given)


@pytest.mark.parametrize(("seed", "networks"), [(1, 70), (2, 70), (3, 6)])
def test_a_thousand_stories_of_every_role_agree_with_the_model(teller, seed, networks):
    rng = random.Random(seed)

    def day() -> str:
        return f"{rng.randint(2010, 2022)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"[: rng.choice([4, 7, 10])]

    told = [
        {
            "city": rng.choice(["Nantes", "Oslo", "Milan"]), "network": f"network-{rng.randint(1, networks)}",
            "role": rng.choice(list(Role)).value, "status": rng.choices(list(Status), [6, 2, 1, 1])[0].value,
            "on": rng.choice([day(), day(), None]), "by": rng.choice(STANDINGS), "publisher": rng.choice("ABCDE"),
            "since": rng.choice([None, day()]), "until": rng.choice([None, None, day()]),
            "body": rng.choice([None, None, "Council", "Section"]),
            "holder": rng.choice([None, None, "Ada Alba", "Bo Berg"]), "version": "1",
            "confidence": rng.choice(CONFIDENCES),
        }
        for _ in range(1000)
    ]  # fmt: skip
    lists = [
        {
            "network": f"network-{rng.randint(1, networks)}", "role": "member",
            "cities": rng.sample(["Nantes", "Oslo", "Milan"], rng.randint(0, 2)), "doubtful": rng.randint(0, 1),
            "on": day(), "again": rng.choice([None, first_day(day())]), "by": rng.choice(["network", "news"]),
        }
        for _ in range(100)
    ]  # fmt: skip
    given = [
        (kind, rng.randint(0, 2000), {} if kind != "correct" else {
            "since": rng.choice(["", day()]), "role": rng.choice(["member", "chair", "observer"]),
            "status": rng.choice(["current", "ended", "planned", "denied"]),
        })
        for kind in rng.choices(["accept", "reject", "correct"], [5, 1, 1], k=300)
    ]  # fmt: skip
    agree(teller, [told[:600], told[600:]], lists, [date(2012, 5, 1), date(2017, 7, 1), date(2021, 1, 1)], given)
