# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A change of government: one act of a country and a day, tried first without writing anything.

Seats are to be confirmed; delegations, sessions, tokens and invitations to sign end; and every unsigned text that names a
signatory of the country is listed, with the exchanges to hand over. The event keeps all the act came to, so the same act
again answers the same; told again of more benches, it does what is left to do.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from agreements.rules import UNSIGNED
from cycle.events import Happening
from cycle.standing import ENDED
from people import roster_government as rules
from people.roster import Roster
from people.roster_government import GOVERNMENT
from services.act import Act
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import unless_refused
from services.rosters.tending import Whose, locked, match, permit, record, seen, today
from services.sign_in.sessions import count_living
from storage import agreements, invitations, rosters, streams
from storage.sign_in import end_sessions_of
from storage.signatories import with_signatories
from storage.tables import agreements as agreements_table
from storage.tables import coverage, exchanges, parties
from storage.tokens import living_of, revoke


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

    Answers {roster, party, version, dry_run, told_before, on, benches, seats, delegations, persons, sessions, tokens,
    invitations, texts, exchanges, clocks_paused_from}. Raises NotFound, Refused, Stale.
    """
    what = {"party": party, "on": on, "benches": list(benches)}
    if dry_run:
        permit(asking.actor, "government.preview", Whose(party), what)
        with desk.store.read() as connection:
            return _tried(desk, connection, party, on, benches)

    def work(connection: Connection) -> Answer:
        permit(asking.actor, "government.change", Whose(party), what)
        act = Act.now(desk, connection, asking.actor)
        loaded = locked(act, party)
        told = _told(connection, loaded.standing, on)
        if told is not None and set(benches) <= set(told["benches"]):
            return _answer(loaded.standing, told, told_before=True)
        match(connection, asking, loaded)
        change = _decided(desk, connection, loaded.standing, on, benches, told)
        end_sessions_of(connection, change.effect.persons, desk.now())
        revoke(connection, change.tokens, desk.now())
        if told is None:
            invitations.end(connection, invitations.GOVERNMENT, desk.now(), party=party)
        return _answer(record(act, loaded, change.happenings), change.happenings[0].payload)

    answer = ask(desk, asking, {"government.change": what}, work)
    with desk.store.read() as connection:
        return _naming(desk, connection, answer)


@dataclass(frozen=True, slots=True)
class _Change:
    """What is to happen: to the roster, to sessions, and to tokens, by their ids."""

    effect: rules.Effect
    tokens: tuple[str, ...]
    happenings: tuple[Happening, ...]


def _tried(desk: Desk, connection: Connection, party: str, on: str, benches: Sequence[str]) -> Answer:
    roster = seen(desk, connection, party)
    told = _told(connection, roster, on)
    if told is not None and set(benches) <= set(told["benches"]):
        return _naming(desk, connection, _answer(roster, told, dry_run=True, told_before=True))
    came_to = _decided(desk, connection, roster, on, benches, told).happenings[0].payload
    return _naming(desk, connection, _answer(roster, came_to, dry_run=True))


def _decided(
    desk: Desk,
    connection: Connection,
    roster: Roster,
    on: str,
    benches: Sequence[str],
    told: Mapping[str, Any] | None,
) -> _Change:
    """The change for those benches that were not told before. Raises Refused."""
    day, is_first = today(desk, roster), told is None
    added = tuple(bench for bench in benches if told is None or bench not in told["benches"])
    effect = rules.effect_of(roster, added, day, officers=is_first)
    tokens = living_of(connection, roster.party, added, officers=is_first, now=desk.now())
    found = {
        "sessions": count_living(connection, effect.persons, desk.now()),
        "tokens": list(tokens),
        "invitations": invitations.count_living(connection, roster.party, desk.now()) if is_first else 0,
        "texts": _texts(connection, roster.party),
        "exchanges": _exchanges(connection, roster.party),
        "clocks_paused_from": on,
    }
    decided = unless_refused(rules.decide(roster, on, added, found, day, told))
    return _Change(effect, tokens, decided)


def _answer(
    roster: Roster, came_to: Mapping[str, Any], *, dry_run: bool = False, told_before: bool = False
) -> dict[str, Any]:
    version = {"roster": roster.roster, "party": roster.party, "version": roster.seq}
    return {**version, "dry_run": dry_run, "told_before": told_before, **came_to}


def _naming(desk: Desk, connection: Connection, answer: Answer) -> Answer:
    """The answer with the names its texts carry. They are sealed, so neither the event nor a kept answer holds them."""
    told = rosters.load(connection, answer["roster"]) if answer["told_before"] or not answer["dry_run"] else None
    by = told.changes[answer["on"]].recorded_at if told else desk.now()
    return {**answer, "texts": with_signatories(connection, answer["texts"], answer["party"], by)}


def _told(connection: Connection, roster: Roster, on: str) -> Mapping[str, Any] | None:
    """What an earlier telling of the same change came to; None where it was not told."""
    if on not in roster.changes:
        return None
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
