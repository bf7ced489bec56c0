# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Derived: the rows that a stream's events explain, table by table. Pure: events in, rows out.

The audit compares these rows with what is stored, and a rebuild writes them. One stream is folded at a time, event by
event, so that neither ever holds more than one thing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from agreements import agreement as a
from agreements.agreement import Agreement
from cycle import events as e
from cycle import flow as counted
from cycle import funding as f
from cycle.evolve import begin, evolve
from cycle.facts import BY_EVENT
from cycle.funding import FundingSource
from cycle.items import Item, apply
from cycle.moment import day_in
from cycle.standing import Standing
from ledger.event import Event
from people import roster_fold
from people.roster import Roster
from storage import agreements, entries, exchanges, funding, papers, rosters, search
from storage.exceptions import exception_rows
from storage.flow import Delta, FlowKey

Row = dict[str, Any]
Rows = Mapping[str, list[Row]]
Zone = Callable[[str, int], str]
"""The time zone of a version of a programme: (slug, version) → `America/Lima`."""


class Folding(Protocol):
    """One stream on its way: give it every event in order, then ask for the rows."""

    def add(self, event: Event) -> None: ...
    def rows(self) -> Rows: ...


@dataclass(slots=True)
class ExchangeFolding:
    """An exchange: its row, parties, facts, papers, and what it adds to the flow."""

    exchange: str
    zone: Zone
    standing: Standing | None = None
    items: dict[str, Item] = field(default_factory=dict)
    papers: dict[str, Row] = field(default_factory=dict)
    flow: Counter[FlowKey] = field(default_factory=Counter)
    entries: dict[int, Row] = field(default_factory=dict)
    exceptions: list[Row] = field(default_factory=list)

    def add(self, event: Event) -> None:
        before = self.standing
        after = begin(self.exchange, event) if before is None else evolve(before, event)
        if before is not None and event.type in BY_EVENT:
            name = event.payload["item"]
            self.items[name] = apply(self.items.get(name), event)
        _hear_of_paper(self.papers, event, exchange=self.exchange)
        _hear_of_entry(self.entries, event, self.exchange)
        self.exceptions += exception_rows(self.exchange, event)
        self.flow.update(flow_of(before, after, event, self.zone))
        self.standing = after

    def rows(self) -> Rows:
        if self.standing is None:
            return {}
        return {
            "exchanges": [exchanges.row_of(self.standing)],
            "parties": exchanges.party_rows(self.standing),
            "facts": [exchanges.item_row(self.exchange, item) for item in self.items.values()],
            "papers": list(self.papers.values()),
            "search": [self._words(self.standing)],
            "entries": list(self.entries.values()),
            "exceptions": self.exceptions,
        }

    def _words(self, standing: Standing) -> Row:
        sheets = [item.body for item in self.items.values() if item.kind == search.SHEET and not item.struck]
        return search.row_of(self.exchange, standing.title, standing.reference, standing.parties, sheets)


@dataclass(slots=True)
class AgreementFolding:
    """An agreement: its row, what it covers since which event, its papers."""

    agreement: str
    standing: Agreement | None = None
    since: dict[str, int] = field(default_factory=dict)
    papers: dict[str, Row] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        before = self.standing
        self.standing = a.begin(self.agreement, event) if before is None else a.evolve(before, event)
        for exchange in self.standing.exchanges:
            self.since.setdefault(exchange, event.seq)
        _hear_of_paper(self.papers, event, agreement=self.agreement)

    def rows(self) -> Rows:
        if self.standing is None:
            return {}
        return {
            "agreements": [agreements.row_of(self.standing)],
            "coverage": [self._coverage(exchange, seq) for exchange, seq in self.since.items()],
            "papers": list(self.papers.values()),
        }

    def _coverage(self, exchange: str, seq: int) -> Row:
        return {"agreement": self.agreement, "exchange": exchange, "since_seq": seq, "until_seq": None}


@dataclass(slots=True)
class ProgrammeFolding:
    """A programme: one row per published version. In place of its two texts stand their digests, all an event holds."""

    versions: list[Row] = field(default_factory=list)

    def add(self, event: Event) -> None:
        if event.type != "ProgrammePublished":
            return
        said = event.payload
        row = {"slug": said["slug"], "version": said["version"], "hash": said["hash"], "document": said["hash"]}
        told = {"source": said["source_hash"], "published_at": event.recorded_at, "stream": event.stream}
        self.versions.append(row | told)

    def rows(self) -> Rows:
        return {"programmes": self.versions}


@dataclass(slots=True)
class FundingFolding:
    """A funding source: its row, and one for each exchange it sets something aside for."""

    source: str
    standing: FundingSource | None = None
    allocations: dict[str, Row] = field(default_factory=dict)

    def add(self, event: Event) -> None:
        before = self.standing
        self.standing = f.begin(self.source, event) if before is None else f.evolve(before, event)
        if event.type == f.ALLOCATED:
            self.allocations[event.payload["exchange"]] = funding.allocation_row(event)

    def rows(self) -> Rows:
        if self.standing is None:
            return {}
        return {"funding_sources": [funding.row_of(self.standing)], "allocations": list(self.allocations.values())}


@dataclass(slots=True)
class RosterFolding:
    """A roster: its row, and the rows of every part of it."""

    roster: str
    standing: Roster | None = None

    def add(self, event: Event) -> None:
        before = self.standing
        self.standing = roster_fold.begin(self.roster, event) if before is None else roster_fold.evolve(before, event)

    def rows(self) -> Rows:
        return {} if self.standing is None else rosters.rows_of(self.standing)


@dataclass(slots=True)
class OtherFolding:
    """A stream of a kind that no table is derived from."""

    def add(self, event: Event) -> None:
        """Nothing to fold."""

    def rows(self) -> Rows:
        return {}


def folding_of(stream: str, zone: Zone) -> Folding:
    """What folds a stream, by the kind in its id."""
    kind, _, name = stream.partition("/")
    match kind:
        case "exchange":
            return ExchangeFolding(name, zone)
        case "agreement":
            return AgreementFolding(name)
        case "programme":
            return ProgrammeFolding()
        case "funding":
            return FundingFolding(name)
        case "roster":
            return RosterFolding(name)
        case _:
            return OtherFolding()


def derive(stream: str, events: Iterable[Event], zone: Zone) -> Rows:
    """The rows of every table that all events of one stream, in order of seq, explain."""
    folding = folding_of(stream, zone)
    for event in events:
        folding.add(event)
    return folding.rows()


def flow_of(before: Standing | None, after: Standing, event: Event, zone: Zone) -> Mapping[FlowKey, int]:
    """What one event of an exchange adds to each count of the flow; the key is in order of the base's columns."""
    if before is not None and before.parties is after.parties and event.type not in e.PLACING:
        return {}
    timezone = zone(after.programme, after.programme_version)
    found = counted.deltas(before, after, counted.happened_on(event, timezone))
    recorded_on = day_in(event.recorded_at, timezone)
    specimen = int(after.is_specimen)
    return {
        (after.programme, one.country, specimen, one.happened_on, recorded_on, one.stage, one.lifecycle): one.delta
        for one in found
    }


def flow_rows(sums: Mapping[FlowKey, int]) -> list[Row]:
    """The rows of `flow_base` for summed counts, in order of the key; counts of nothing have no row."""
    return [Delta(*key, delta=sums[key])._asdict() for key in sorted(sums) if sums[key]]


def _hear_of_entry(known: dict[int, Row], event: Event, exchange: str) -> None:
    if entries.is_entry(event):
        known[event.seq] = entries.entry_row(exchange, event)
    elif event.type in e.ANSWERS:
        known[event.payload["entry"]].update(entries.answer_values(event))


def _hear_of_paper(
    known: dict[str, Row], event: Event, *, exchange: str | None = None, agreement: str | None = None
) -> None:
    if event.type == e.PAPER_ORDERED:
        row = papers.ordered_row(event, exchange=exchange, agreement=agreement)
        known[row["id"]] = {"drawn_at": None, "sha256": None, "bytes": None, "pages": None, **row}
    elif event.type == e.PAPER_DRAWN_UP:
        known[event.payload["paper"]].update(papers.drawn_values(event))
