# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Recording: what a decision asked for becomes events, and all that follows from them, in the caller's transaction.

Events, standing, parties, items, flow and ordered papers are written together or not at all.
"""

from collections.abc import Iterable, Sequence

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
from services.act import Act
from services.desk import Desk
from services.entry_letters import owe_news
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
    act: Act, stream: str, tip: Tip, happenings: Sequence[Happening], programme: str | None = None
) -> tuple[Event, ...]:
    """Appends happenings to a stream, sealed and chained. `programme`: label of the version whose rules were applied.

    Raises ChangedMeanwhile.
    """
    covered, sealed_rows = seal_drafts(stream, tip, drafts_of(happenings), act.desk.identifiers.random)
    events = extend(
        stream,
        tip,
        covered,
        actor=act.actor.person,
        on_behalf_of=act.actor.on_behalf_of,
        occurred_at=act.moment.occurred_at,
        recorded_at=act.moment.recorded_at,
        programme_version=programme,
    )
    streams.append(act.connection, events, sealed_rows)
    return events


def record_on_exchange(
    act: Act, programme: Programme, loaded: exchanges.Loaded, happenings: Sequence[Happening], about: Item | None = None
) -> Standing:
    """Appends happenings to an exchange and writes the standing they lead to. `about`: the present item they are about."""
    before = loaded.standing
    happenings = [*happenings, *papers_ordered(act.desk, programme, before, happenings)]
    act, stream = act.not_before(before.recorded_at), exchanges.stream_of(before.exchange)
    events = record_events(act, stream, loaded.tip, happenings, programme.label)
    after, touched = _fold_in(act, programme, before, events, about)
    exchanges.save(act.connection, before, after, touched)
    return after


def open_exchange(act: Act, programme: Programme, told: Sequence[tuple[Happening, Moment]]) -> Standing:
    """Begins an exchange's stream with what is told, each with its own moment, and writes where it stands."""
    exchange, tip = act.desk.identifiers.new(), GENESIS
    events: list[Event] = []
    for happening, moment in told:
        events += record_events(act.at(moment), exchanges.stream_of(exchange), tip, [happening], programme.label)
        tip = events[-1].tip
    first = begin(exchange, events[0])
    _heard(act, programme, None, first, events[0])
    after, touched = _fold_in(act, programme, first, events[1:])
    # Saved once, at its last event: an imported exchange stands nowhere until its dated stages are told.
    exchanges.save(act.connection, None, after, touched)
    return after


def _fold_in(
    act: Act, programme: Programme, standing: Standing, events: Sequence[Event], about: Item | None = None
) -> tuple[Standing, Iterable[Item]]:
    """Where an exchange stands after events just appended, and the items they touched. Everybody concerned hears them."""
    present = {about.item: about} if about else {}
    touched: dict[str, Item] = {}
    for event in events:
        after = evolve(standing, event)
        if event.type in BY_EVENT:
            name = event.payload["item"]
            touched[name] = apply(touched.get(name) or present.get(name), event)
        _heard(act, programme, standing, after, event)
        standing = after
    return standing, touched.values()


def _heard(act: Act, programme: Programme, before: Standing | None, after: Standing, event: Event) -> None:
    """What follows from one event elsewhere: its paper, its entry and the letter about it, its exception, its count."""
    connection, exchange = act.connection, after.exchange
    papers.hear(connection, event, exchange=exchange)
    entries.hear(connection, exchange, event)
    owe_news(act.desk, connection, after, event)
    exceptions.hear(connection, exchange, event)
    _count(connection, programme, before, after, event)


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
    return paper_order(desk, kind, languages, standing.count(f"paper.{kind}.{'-'.join(languages)}") + 1)


def paper_order(desk: Desk, kind: str, languages: tuple[str, ...], version: int) -> Happening:
    """The order of one paper in one language set."""
    payload = {"paper": desk.identifiers.new(), "kind": kind, "languages": list(languages), "version": version}
    return Happening(e.PAPER_ORDERED, payload)
