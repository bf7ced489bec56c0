# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tending a roster: the frame of every command on one. A permission, a decision, one transaction.

A roster is opened by the first command on it: a party of a published programme has a seat for each of its benches, all
vacant. Rosters are tended in person: nothing here is done through a delegation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table

from cycle.carried import is_party_code
from cycle.checking import party_kind
from cycle.events import Happening
from cycle.moment import Moment, day_in
from cycle.programme import Programme
from ledger.event import GENESIS, Event
from people.actors import Actor
from people.policy import can
from people.resources import of_parties
from people.roster import HOUSE, ROSTER_OPENED, Kind, Roster
from people.roster_fold import begin, evolve, opened
from people.roster_rules import READ, Decision
from services.accounts import giver_of
from services.act import Act
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, refused, require, unless_refused
from services.recording import record_events
from services.rosters.letters import owe_letters
from services.seen import require_seen
from storage import rosters


@dataclass(frozen=True, slots=True)
class Whose:
    """What is tended: of which party, of which persons their own, the seat of which bench."""

    party: str
    owners: tuple[str, ...] = ()
    bench: str | None = None


Find = Callable[[Connection], Whose]
"""Whose it is. Raises NotFound."""

Decide = Callable[[Connection, Roster, str], Decision]
"""(connection, roster as it stands, today there) → what happens, or why not."""

Tell = Callable[[Roster], Mapping[str, Any]]
"""What the answer says beside the roster's version."""


def of_party(party: str, *, owners: Sequence[str] = (), bench: str | None = None) -> Find:
    """The roster of a party; `*` is the house."""
    return lambda _: Whose(party, tuple(owners), bench)


def of_thing(table: Table, thing: str, owners: Callable[[Roster], Sequence[str]] = lambda _: ()) -> Find:
    """The roster that a role, a delegation, an absence or an institution belongs to; `owners`: whose own it is there."""

    def find(connection: Connection) -> Whose:
        roster = rosters.owner_of(connection, table, thing)
        found = rosters.load(connection, roster) if roster else None
        if found is None:
            raise unknown(thing)
        return Whose(found.party, tuple(owners(found)))

    return find


def tend(
    desk: Desk,
    asking: Asking,
    action: str,
    what: Mapping[str, Any],
    find: Find,
    decide: Decide,
    tell: Tell = lambda _: {},
) -> Answer:
    """Asks for one change of one roster. Answers {roster, party, version, …}. Raises NotFound, Refused, Stale."""

    def work(connection: Connection) -> Answer:
        whose = find(connection)
        permit(asking.actor, action, whose, what)
        act = Act.now(desk, connection, asking.actor)
        loaded = match(connection, asking, locked(act, whose.party))
        decided = decide(connection, loaded.standing, today(desk, loaded.standing))
        after = record(act, loaded, unless_refused(decided))
        return {"roster": after.roster, "party": after.party, "version": after.seq, **tell(after)}

    return ask(desk, asking, {action: dict(what)}, work, reach=READ)


def permit(actor: Actor, action: str, whose: Whose, what: Mapping[str, Any]) -> None:
    """Whether an actor may do this to a party's roster. Raises Refused; NotFound for a roster not to be known of."""
    about = next((str(value) for value in what.values() if value), whose.party)
    thing = of_parties(action.partition(".")[0], {whose.party}, owners=whose.owners, bench=whose.bench)
    require(can(actor, action, thing), unknown(about))
    if giver_of(actor):
        raise refused("roster.not_through_delegation", "a roster is tended in person")


def today(desk: Desk, roster: Roster) -> str:
    """The present day where the roster's days are counted."""
    return day_in(desk.now(), roster.timezone)


def locked(act: Act, party: str) -> rosters.Loaded:
    """A party's roster, opened if it is not; nobody else changes it meanwhile. Raises NotFound for no party."""
    roster = rosters.id_of(act.connection, party)
    loaded = rosters.load_locked(act.connection, roster) if roster else None
    return loaded or _open(act, opening(act.desk, act.connection, party))


def opening(desk: Desk, connection: Connection, party: str) -> dict[str, Any]:
    """What a roster is opened with: {party, kind, timezone, benches}. Raises NotFound for no party."""
    published = desk.published(connection)
    if party == HOUSE:
        return _said(party, Kind.HOUSE, published[:1])
    members = [programme for programme in published if party_kind(programme, party) == Kind.COUNTRY]
    if members:
        return _said(party, Kind.COUNTRY, members)
    if not is_party_code(party) or all(party_kind(programme, party) is None for programme in published):
        raise unknown(party)
    return _said(party, Kind.PARTNER, published[:1])


def seen(desk: Desk, connection: Connection, party: str) -> Roster:
    """A party's roster as it stands; as it would be opened, if it is not. Raises NotFound for no party."""
    return rosters.of_party(connection, party) or opened("", opening(desk, connection, party))


def record(act: Act, loaded: rosters.Loaded, happenings: Sequence[Happening]) -> Roster:
    """Appends happenings to a roster's stream, writes the rows they lead to, and owes the letters that tell of them."""
    after = loaded.standing
    for event in _append(act, loaded, happenings):
        after = evolve(after, event)
    rosters.save(act.connection, loaded.standing, after)
    owe_letters(act, loaded.standing, after, happenings)
    return after


def _said(party: str, kind: Kind, of: Sequence[Programme]) -> dict[str, Any]:
    benches = [bench for programme in of for bench in programme.benches] if kind == Kind.COUNTRY else []
    timezone = of[0].timezone if of else "UTC"
    return {"party": party, "kind": kind.value, "timezone": timezone, "benches": list(dict.fromkeys(benches))}


def _open(act: Act, said: Mapping[str, Any]) -> rosters.Loaded:
    roster = act.desk.identifiers.new()
    nothing = rosters.Loaded(opened(roster, said), GENESIS)
    (event,) = _append(act, nothing, (Happening(ROSTER_OPENED, said),))
    standing = begin(roster, event)
    rosters.save(act.connection, None, standing)
    return rosters.Loaded(standing, event.tip)


def _append(act: Act, loaded: rosters.Loaded, happenings: Sequence[Happening]) -> tuple[Event, ...]:
    standing = loaded.standing
    at = max(act.moment.recorded_at, standing.recorded_at)
    act = act.at(Moment.of(at, at, standing.timezone))
    return record_events(act, rosters.stream_of(standing.roster), loaded.tip, happenings)


def match(connection: Connection, asking: Asking, loaded: rosters.Loaded) -> rosters.Loaded:
    """The roster, if it is the version the asker saw; 0 is one nobody has opened yet. Raises Stale."""
    standing = loaded.standing
    if not (asking.if_match == 0 and standing.seq == 1):
        require_seen(connection, asking, rosters.stream_of(standing.roster), "the roster", standing.seq)
    return loaded


def unknown(thing: str) -> NotFound:
    """Said alike of what is not there and of what is not to be known of."""
    return NotFound(f"no roster you may know of has {thing}")
