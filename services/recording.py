# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Recording: what a decision asked for becomes events, and all that follows from them, in the caller's transaction.

Events, standing, parties, items, flow and ordered papers are written together or not at all.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from cycle import events as e
from cycle import flow as counted
from cycle.events import Happening
from cycle.evolve import begin, evolve
from cycle.facts import BY_EVENT
from cycle.items import Item, apply
from cycle.moment import Moment, day_in
from cycle.programme import Programme
from cycle.standing import Standing
from ledger.chain import extend
from ledger.event import GENESIS, Draft, Event, Tip
from ledger.sealing import seal_drafts
from people.actors import Actor
from services.desk import Desk
from services.entries_told import owe_news
from storage import entries, exceptions, exchanges, flow, papers, streams


def drafts_of(happenings: Sequence[Happening]) -> list[Draft]:
    """Happenings as drafts of the ledger, with the fields to be sealed set apart."""
    return [
        Draft(
            h.type,
            {name: value for name, value in h.payload.items() if name not in h.sealed},
            sealed={name: str(h.payload[name]) for name in h.sealed},
        )
        for h in happenings
    ]


def record_events(
    desk: Desk,
    connection: Connection,
    stream: str,
    tip: Tip,
    happenings: Sequence[Happening],
    actor: Actor,
    moment: Moment,
    programme: str | None,
) -> tuple[Event, ...]:
    """Appends happenings to a stream, sealed and chained. Raises ChangedMeanwhile."""
    covered, sealed_rows = seal_drafts(stream, tip, drafts_of(happenings), desk.identifiers.random)
    events = extend(
        stream,
        tip,
        covered,
        actor=actor.person,
        on_behalf_of=actor.on_behalf_of,
        occurred_at=moment.occurred_at,
        recorded_at=moment.recorded_at,
        programme_version=programme,
    )
    streams.append(connection, events, sealed_rows)
    return events


def record_plain(
    connection: Connection, stream: str, tip: Tip, drafts: Sequence[Draft], actor: Actor, at: str, programme: str | None
) -> tuple[Event, ...]:
    """Appends events that happen as they are recorded and hold nothing sealed."""
    events = extend(
        stream,
        tip,
        drafts,
        actor=actor.person,
        on_behalf_of=actor.on_behalf_of,
        occurred_at=at,
        recorded_at=at,
        programme_version=programme,
    )
    streams.append(connection, events)
    return events


def record_on_exchange(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    loaded: exchanges.Loaded,
    happenings: Sequence[Happening],
    actor: Actor,
    moment: Moment,
    items: dict[str, Item] | None = None,
) -> Standing:
    """Appends happenings to an exchange and writes the standing they lead to. `items`: present ones, by name."""
    happenings = [*happenings, *papers_ordered(desk, programme, loaded.standing, happenings)]
    stream = exchanges.stream_of(loaded.standing.exchange)
    moment = moment.not_before(loaded.standing.recorded_at)
    events = record_events(desk, connection, stream, loaded.tip, happenings, actor, moment, programme.label)
    return fold_in(desk, connection, programme, loaded.standing, events, items or {})


def open_exchange(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    exchange: str,
    told: Sequence[tuple[Happening, Moment]],
    actor: Actor,
) -> Standing:
    """Begins an exchange's stream with what is told, each with its own moment, and writes where it stands."""
    stream, tip = exchanges.stream_of(exchange), GENESIS
    events: list[Event] = []
    for happening, moment in told:
        events += record_events(desk, connection, stream, tip, [happening], actor, moment, programme.label)
        tip = events[-1].tip
    first = begin(exchange, events[0])
    _count(connection, programme, None, first, events[0])
    entries.hear(connection, exchange, events[0])
    owe_news(desk, connection, first, events[0])
    exceptions.hear(connection, exchange, events[0])
    # Saved once, at its last event: an imported exchange stands nowhere until its dated stages are told.
    return fold_in(desk, connection, programme, first, events[1:], {}, is_new=True)


def fold_in(
    desk: Desk,
    connection: Connection,
    programme: Programme,
    standing: Standing,
    events: Sequence[Event],
    items: dict[str, Item],
    *,
    is_new: bool = False,
) -> Standing:
    """Folds events just appended into an exchange's row, items, flow and paper orders."""
    before, touched = None if is_new else standing, {}
    for event in events:
        after = evolve(standing, event)
        if event.type in BY_EVENT:
            name = event.payload["item"]
            touched[name] = items[name] = apply(items.get(name), event)
        elif event.type == e.PAPER_ORDERED:
            papers.order(connection, event, exchange=standing.exchange)
        entries.hear(connection, standing.exchange, event)
        owe_news(desk, connection, standing, event)
        exceptions.hear(connection, standing.exchange, event)
        _count(connection, programme, standing, after, event)
        standing = after
    if events or is_new:
        exchanges.save(connection, before, standing, touched.values())
    return standing


def _count(
    connection: Connection, programme: Programme, before: Standing | None, after: Standing, event: Event
) -> None:
    found = counted.deltas(before, after, counted.happened_on(event, programme.timezone))
    if not found:
        return
    recorded_on = day_in(event.recorded_at, programme.timezone)
    flow.add(connection, [_flow_row(after, one, recorded_on) for one in found])


def _flow_row(standing: Standing, one: counted.Delta, recorded_on: str) -> flow.Delta:
    specimen = int(standing.is_specimen)
    place = (one.stage, one.lifecycle, one.delta)
    return flow.Delta(standing.programme, one.country, specimen, one.happened_on, recorded_on, *place)


def papers_ordered(
    desk: Desk, programme: Programme, standing: Standing, happenings: Sequence[Happening]
) -> list[Happening]:
    """The papers that entering a stage orders, one per language set."""
    entered = [h.payload["to"] for h in happenings if h.type == e.STAGE_MOVED and "lap" not in h.payload]
    return [
        order_of(desk, standing, kind, languages)
        for stage in entered
        for kind in programme.papers_on(stage)
        for languages in programme.paper_languages(kind)
    ]


def order_of(desk: Desk, standing: Standing, kind: str, languages: tuple[str, ...]) -> Happening:
    """The order of one paper of an exchange, numbered within its kind and languages."""
    version = standing.count(f"paper.{kind}.{'-'.join(languages)}") + 1
    payload: dict[str, Any] = {"paper": desk.identifiers.new(), "kind": kind, "languages": list(languages)}
    return Happening(e.PAPER_ORDERED, {**payload, "version": version})
