# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A change of government: one act of a country and a day, tried first without writing anything.

Seats are to be confirmed, delegations and sessions end, and every unsigned text that names a signatory of the country is
listed, with the exchanges to hand over. The event keeps all the act came to, so the same act again answers the same.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from agreements.rules import UNSIGNED
from cycle.events import Happening
from cycle.refusals import Refusal
from cycle.standing import ENDED
from people import roster_government as rules
from people.roster import Roster
from people.roster_government import GOVERNMENT
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import Refused
from services.rosters.tending import Whose, locked, match, permit, record, seen, today
from services.sign_in.sessions import count_living
from storage import agreements, rosters, streams
from storage.sign_in import end_sessions_of
from storage.tables import agreements as agreements_table
from storage.tables import coverage, exchanges, parties


def change_government(
    desk: Desk,
    asking: Asking,
    party: str,
    on: str,
    *,
    benches: Sequence[str] = (GOVERNMENT,),
    dry_run: bool = False,
) -> Answer:
    """Tells that a country's government changed on a day, or what telling it would do (`dry_run` writes nothing).

    Answers {roster, party, version, dry_run, told_before, on, benches, seats, delegations, persons, sessions, texts,
    exchanges, clocks_paused_from}. Raises NotFound, Refused, Stale.
    """
    what = {"party": party, "on": on, "benches": list(benches)}
    if dry_run:
        permit(asking.actor, "government.preview", Whose(party), what)
        with desk.store.read() as connection:
            return _tried(desk, connection, party, on, benches)

    def work(connection: Connection) -> Answer:
        permit(asking.actor, "government.change", Whose(party), what)
        loaded = locked(desk, connection, party, asking.actor)
        if on in loaded.standing.changes:
            return _answer(loaded.standing, _told(connection, loaded.standing, on), told_before=True)
        match(connection, asking, loaded)
        happenings = _decided(desk, connection, loaded.standing, on, benches)
        end_sessions_of(connection, happenings[0].payload["persons"], desk.now())
        return _answer(record(desk, connection, loaded, happenings, asking.actor), happenings[0].payload)

    return ask(desk, asking, {"government.change": what}, work)


def _tried(desk: Desk, connection: Connection, party: str, on: str, benches: Sequence[str]) -> Answer:
    roster = seen(desk, connection, party)
    if on in roster.changes:
        return _answer(roster, _told(connection, roster, on), dry_run=True, told_before=True)
    happenings = _decided(desk, connection, roster, on, benches)
    return _answer(roster, happenings[0].payload, dry_run=True)


def _decided(
    desk: Desk, connection: Connection, roster: Roster, on: str, benches: Sequence[str]
) -> tuple[Happening, ...]:
    day = today(desk, roster)
    persons = rules.effect_of(roster, benches, day).persons
    found = {
        "sessions": count_living(connection, persons, desk.now()),
        "texts": _texts(connection, roster.party),
        "exchanges": _exchanges(connection, roster.party),
        "clocks_paused_from": on,
    }
    decided = rules.decide(roster, on, benches, found, day)
    if isinstance(decided, Refusal):
        raise Refused(decided)
    return decided


def _answer(
    roster: Roster, came_to: Mapping[str, Any], *, dry_run: bool = False, told_before: bool = False
) -> dict[str, Any]:
    version = {"roster": roster.roster, "party": roster.party, "version": roster.seq}
    return {**version, "dry_run": dry_run, "told_before": told_before, **came_to}


def _told(connection: Connection, roster: Roster, on: str) -> Mapping[str, Any]:
    """What an earlier telling of the same change came to."""
    seq = roster.changes[on].seq
    (event,) = streams.read_stream(connection, rosters.stream_of(roster.roster), after=seq - 1, up_to=seq)
    return event.payload


def _texts(connection: Connection, party: str) -> list[dict[str, Any]]:
    """Agreements not signed yet whose text names a signatory of the country that has not signed it."""
    of_party = select(coverage.c.agreement).join(parties, parties.c.exchange == coverage.c.exchange)
    unsigned = (
        select(agreements_table)
        .where(agreements_table.c.status.in_(sorted(UNSIGNED)))
        .where(agreements_table.c.id.in_(of_party.where(parties.c.party == party)))
        .order_by(agreements_table.c.id)
    )
    standings = [agreements.standing_of(row) for row in connection.execute(unsigned)]
    return [
        {"agreement": one.agreement, "reference": one.reference, "title": one.title, "status": one.status}
        for one in standings
        if party in one.signatories and party in one.unsigned()
    ]


def _exchanges(connection: Connection, party: str) -> list[dict[str, Any]]:
    """The exchanges of a country that are not over, to be handed to the successor."""
    open_ones = (
        select(exchanges.c.id, exchanges.c.reference, exchanges.c.stage)
        .join(parties, parties.c.exchange == exchanges.c.id)
        .where(parties.c.party == party, parties.c.left_on.is_(None))
        .where(exchanges.c.lifecycle.not_in(sorted(ENDED)), exchanges.c.stage != "closed")
        .order_by(exchanges.c.id)
    )
    return [
        {"exchange": row.id, "reference": row.reference, "stage": row.stage} for row in connection.execute(open_ones)
    ]
