# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The hand-over after a change of government: all that a successor needs, as data and as one printable page per exchange.

It is made anew whenever it is asked for and kept nowhere, so that what was erased since is in no copy of ours.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sqlalchemy import Connection, select

from cycle.explain import Explanation, explain
from cycle.moment import day_in
from observatory import exchange as one
from observatory.errors import NotFound
from observatory.exchange import Whole
from observatory.handover_pages import Brief, brief_page, cover_page
from observatory.roster_lines import PersonLine, RoleLine, SeatLine
from observatory.rosters import on_roster
from observatory.window import Desk
from people.actors import Actor
from people.policy import can, may_read
from people.resources import of_parties
from people.roster import Roster
from storage import exchanges as exchange_rows
from storage import rosters, streams
from storage.signatories import with_signatories
from storage.tables import exchanges, facts, parties

OPEN = ("open", "under_way")
LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Handover:
    """What is handed over. `told`: what the change of government came to, as its event says; each text with its signatory."""

    party: str
    on: str
    made_on: str
    told: Mapping[str, Any]
    people: tuple[PersonLine, ...]
    roles: tuple[RoleLine, ...]
    seats: tuple[SeatLine, ...]
    exchanges: tuple[Brief, ...]
    measures: tuple[Mapping[str, Any], ...]


def see_handover(desk: Desk, reader: Actor, party: str, on: date) -> Handover:
    """The hand-over of a change of government that was told, whole, as of one moment. Raises NotFound."""
    verdict = can(reader, "government.read", of_parties("government", {party}))
    with desk.store.read() as connection:
        roster = rosters.of_party(connection, party) if verdict.allowed else None
        if roster is None or on.isoformat() not in roster.changes:
            raise NotFound("there is no such change of government, or none you may know of")
        change = roster.changes[on.isoformat()]
        told = _told(connection, roster, change.seq)
        told["texts"] = with_signatories(connection, told["texts"], party, change.recorded_at)
        briefs = tuple(_briefs(desk, connection, reader, party, told["exchanges"]))
        measures = tuple(_measures(connection, party))
        people, roles, seats = on_roster(connection, desk, reader, party)
    return Handover(
        party=party,
        on=on.isoformat(),
        made_on=day_in(desk.now(), roster.timezone),
        told=told,
        people=people,
        roles=roles,
        seats=seats,
        exchanges=briefs,
        measures=measures,
    )


def packed(handover: Handover, language: str) -> bytes:
    """The pack as a zip: `handover.json`, a cover, and a page per exchange. The same hand-over gives the same bytes."""
    files = {
        "handover.json": json.dumps(asdict(handover), ensure_ascii=False, indent=2, sort_keys=True),
        "index.html": cover_page(asdict(handover), handover.exchanges, language),
        **{f"exchanges/{brief.name}.html": brief_page(brief, language) for brief in handover.exchanges},
    }
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as pack:
        for name, text in files.items():
            pack.writestr(ZipInfo(name, LONG_AGO), text, ZIP_DEFLATED)
    return held.getvalue()


def _told(connection: Connection, roster: Roster, seq: int) -> dict[str, Any]:
    (event,) = streams.read_stream(connection, rosters.stream_of(roster.roster), after=seq - 1, up_to=seq)
    return dict(event.payload)


def _briefs(
    desk: Desk, connection: Connection, reader: Actor, party: str, told: Iterable[Mapping[str, Any]]
) -> Iterable[Brief]:
    for named in told:
        loaded = exchange_rows.load(connection, named["exchange"])
        if loaded is None or not may_read(loaded.standing, reader):
            continue  # The country left it since.
        standing = loaded.standing
        programme = desk.programme(connection, standing.programme, standing.programme_version)
        today = day_in(desk.now(), programme.timezone)
        whole = one.shown(connection, reader, standing, programme, today)
        yield _brief(party, whole, explain(programme, standing, today), programme.document["stages"])


def _brief(party: str, whole: Whole, moves: Iterable[Explanation], stages: Mapping[str, Any]) -> Brief:
    line = whole.line
    return Brief(
        name=line.reference or line.exchange,
        title=line.title,
        party=party,
        stage=line.stage,
        stage_labels=_labels(stages, line.stage),
        lifecycle=line.lifecycle,
        entered_on=line.entered_on or "",
        calendar_days=whole.age.calendar_days,
        used=whole.age.used,
        allowance=whole.age.allowance,
        parties=tuple((code, tuple(said["roles"])) for code, said in sorted(whole.parties.items())),
        moves=tuple((m.move, _labels(stages, m.to), m.allowed, tuple(m.who_may), _lacks(m)) for m in moves if m.to),
        agreements=tuple((one.reference or "", one.title, one.status) for one in whole.agreements),
    )


def _labels(stages: Mapping[str, Any], stage: str) -> Mapping[str, str]:
    labels: Mapping[str, str] = stages[stage]["labels"] if stage in stages else {}
    return labels


def _lacks(move: Explanation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((missing.need, missing.who_could) for missing in move.judgement.missing)


def _measures(connection: Connection, party: str) -> Iterable[dict[str, Any]]:
    """Open measures of every exchange of the country, also of closed ones: they outlive it."""
    query = (
        select(facts, exchanges.c.reference)
        .join(exchanges, exchanges.c.id == facts.c.exchange)
        .join(parties, parties.c.exchange == facts.c.exchange)
        .where(parties.c.party == party, parties.c.left_on.is_(None))
        .where(facts.c.kind == "measure", facts.c.status.in_(OPEN), facts.c.struck == 0)
        .order_by(facts.c.exchange, facts.c.item)
    )
    for row in connection.execute(query):
        said = json.loads(row.body)
        kept = {"title": said.get("title"), "responsible": said.get("responsible"), "due_on": row.happens_on}
        yield {"exchange": row.reference or row.exchange, "measure": row.item, "status": row.status, **kept}
