# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One exchange whole: where it stands, who takes part, what was said, its papers and agreements, how old its stage is.

Age is shown twice: calendar days, and working days of the allowance used, without the days it was suspended, and why.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from cycle import events as e
from cycle.events import Told
from cycle.evidence import KIND as EVIDENCE
from cycle.evolve import fold
from cycle.flow import happened_on
from cycle.items import Item
from cycle.moment import day_in
from cycle.programme import Programme
from cycle.standing import ENDED, Standing
from cycle.words import Stage
from ledger.event import Event
from observatory.agreements import may_know
from observatory.board import Days
from observatory.errors import NotFound
from observatory.exchanges import Line, calendar_days, line
from people.actors import Actor
from people.policy import can, may_read
from people.resources import of_exchange
from storage import exchanges, papers, streams
from storage.agreements import standing_of
from storage.papers import PaperRow
from storage.tables import agreements, changes_lifecycle, coverage, events


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension: from a day until another (None: still), and why."""

    since: str
    until: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Age:
    """How long an exchange has been in its stage.

    calendar_days since it entered · allowance: working days it may take (None: as long as it takes) · used: of
    those, in the joint calendar of its countries, without pauses
    """

    calendar_days: int
    allowance: int | None
    used: int
    pauses: tuple[Pause, ...]


@dataclass(frozen=True, slots=True)
class Covering:
    """An agreement that covers the exchange."""

    agreement: str
    reference: str | None
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Whole:
    """All that is shown of one exchange. `version` is its ETag."""

    line: Line
    version: int
    parties: Mapping[str, Mapping[str, Any]]
    review_on: str | None
    before_minga: str | None
    owed: tuple[str, ...]
    met: Mapping[str, str]
    flags: tuple[str, ...]
    age: Age
    items: tuple[Item, ...]
    papers: tuple[PaperRow, ...]
    agreements: tuple[Covering, ...]


def found(connection: Connection, reader: Actor, exchange: str) -> Standing:
    """The standing of an exchange, by id or reference. Raises NotFound for what the reader may not know of."""
    loaded = exchanges.load(connection, exchanges.id_of(connection, exchange) or exchange)
    if loaded is None or not may_read(loaded.standing, reader):
        raise NotFound(f"no exchange {exchange}", exchange=exchange)
    return loaded.standing


def shown(connection: Connection, reader: Actor, standing: Standing, programme: Programme, today: str) -> Whole:
    """One exchange whole, as it stands, without the evidence and the agreements that are not the reader's to know of."""
    return Whole(
        line=line(standing, today),
        version=standing.changed_seq,
        parties=standing.parties,
        review_on=standing.review_on,
        before_minga=standing.before_minga,
        owed=standing.owed,
        met=standing.met,
        flags=standing.flags,
        age=age(standing, programme, _lifecycle_changes(connection, standing), today),
        items=said_in(connection, reader, standing),
        papers=tuple(papers.of_exchange(connection, standing.exchange)),
        agreements=_covering(connection, reader, standing.exchange),
    )


def age(standing: Standing, programme: Programme, changes: Iterable[Told], today: str) -> Age:
    """The age of the present stage on a day, by the suspensions and resumptions since it was entered."""
    since = standing.entered_on or today
    until = _ended_on(standing, programme) or today
    stops = tuple(pauses(changes, since))
    allowance = programme.document["stages"][standing.stage]["allowance"]
    countries = standing.members(kind="country")
    paused = sum(
        programme.calendar.between(max(since, p.since), min(until, p.until or until), countries) for p in stops
    )
    used = programme.calendar.between(since, until, countries) - paused
    return Age(calendar_days(since, until), allowance, max(0, used), stops)


def _ended_on(standing: Standing, programme: Programme) -> str | None:
    """The day an ended exchange ended: its stage grows no older."""
    if standing.lifecycle not in ENDED or standing.moved_at is None:
        return None
    return day_in(standing.moved_at, programme.timezone)


def pauses(changes: Iterable[Told], since: str) -> Iterator[Pause]:
    """The suspensions that reach into the time since a day."""
    began: Told | None = None
    for change in changes:
        if change.payload.get("lifecycle") == "suspended":
            began = change
        elif began is not None:
            if change.payload["on"] >= since:
                yield Pause(began.payload["on"], change.payload["on"], began.payload.get("reason"))
            began = None
    if began is not None:
        yield Pause(began.payload["on"], None, began.payload.get("reason"))


def as_it_stood(connection: Connection, standing: Standing, programme: Programme, days: Days) -> Standing:
    """The fold of what had happened by a day, from what was told by another. Raises NotFound before its first event."""
    told = streams.read_stream(connection, exchanges.stream_of(standing.exchange))
    stood = stood_on(standing.exchange, told, programme.timezone, days)
    if stood is None:
        raise NotFound(
            f"nothing of {standing.reference or standing.exchange} by {days.as_of}", exchange=standing.exchange
        )
    return stood


def stood_on(exchange: str, told: Iterable[Event], zone: str, days: Days) -> Standing | None:
    """Where an exchange stood on a day, by what was told by another; None where nothing was."""
    by_then: list[Event] = []
    seen: set[int] = set()
    for event in told:
        # What is put right was never otherwise: a correction belongs to the day of what it corrects.
        happened = (
            event.payload["event"] in seen if event.type == e.CORRECTED else happened_on(event, zone) <= days.as_of
        )
        if happened and day_in(event.recorded_at, zone) <= days.known_on:
            by_then.append(event)
            seen.add(event.seq)
    stood = fold(exchange, by_then) if by_then and by_then[0].seq == 1 else None
    return stood if stood is not None and stood.is_placed else None


def may_see(stood: Standing, reader: Actor) -> bool:
    """Whether one who may know of an exchange today sees it as it stood: a draft is shown to those alone whose it was."""
    return stood.stage != Stage.DRAFT or may_read(stood, reader)


def draft_hidden_from(connection: Connection, standing: Standing, reader: Actor) -> int:
    """The last event of a draft that was not the reader's to know of; 0 where it was, or where nothing was drafted."""
    moved = select(events).where(
        events.c.stream == exchanges.stream_of(standing.exchange), events.c.type == e.STAGE_MOVED
    )
    left = connection.execute(moved.order_by(events.c.seq).limit(1)).first()
    if left is None or streams.event_of(left).payload["from"] != Stage.DRAFT:
        return 0
    told = streams.read_stream(connection, exchanges.stream_of(standing.exchange), up_to=left.seq - 1)
    return 0 if may_read(fold(standing.exchange, told), reader) else left.seq - 1


def _lifecycle_changes(connection: Connection, standing: Standing) -> list[Event]:
    own = events.c.stream == exchanges.stream_of(standing.exchange)
    query = select(events).where(own, changes_lifecycle).order_by(events.c.seq)
    return [streams.event_of(row) for row in connection.execute(query)]


def said_in(connection: Connection, reader: Actor, standing: Standing) -> tuple[Item, ...]:
    """Everything that was said, in the order in which it was first said; evidence for those alone who may list it.

    What was struck while it was a draft of others was never published: it is not there.
    """
    items = tuple(exchanges.load_items(connection, standing.exchange))
    hidden = draft_hidden_from(connection, standing, reader) if any(item.struck for item in items) else 0
    lists = may_list_evidence(standing, reader)
    return tuple(
        item for item in items if (lists or item.kind != EVIDENCE) and not (item.struck and item.changed_seq <= hidden)
    )


def may_list_evidence(standing: Standing, reader: Actor) -> bool:
    """Whether a reader may know which files were brought; a country that an offer looks for may not."""
    return can(reader, "evidence.list", of_exchange(standing, kind="evidence")).allowed


def _covering(connection: Connection, reader: Actor, exchange: str) -> tuple[Covering, ...]:
    query = (
        select(agreements)
        .join(coverage, coverage.c.agreement == agreements.c.id)
        .where(coverage.c.exchange == exchange, coverage.c.until_seq.is_(None))
        .order_by(agreements.c.reference, agreements.c.id)
    )
    standings = map(standing_of, connection.execute(query))
    return tuple(
        Covering(one.agreement, one.reference, one.title, one.status) for one in standings if may_know(reader, one)
    )
