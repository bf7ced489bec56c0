# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Accounts: what a person may act as today, and whether somebody who stands in for another may do this very act."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from cycle.moment import day_in
from people.actors import FOR_A_PERSON, Actor, Role, stood_for
from people.roster import HOUSE
from people.roster_standins import may_act
from services.errors import Refused, refused
from services.persons import find
from storage import rosters


def actors_of(connection: Connection, person: str, now: str) -> tuple[Actor, ...]:
    """Everything a person may act as at an instant: roles, seats held, then delegations in force; erased, nothing."""
    known = find(connection, person)
    if known is not None and known.erased_at is not None:
        return ()
    found = rosters.acting_as(connection, person, lambda timezone: day_in(now, timezone))
    return tuple(dict.fromkeys(_actors(person, found)))


def giver_of(actor: Actor) -> str | None:
    """The person somebody stands in for; None for one who acts in their own right."""
    return stood_for(actor.on_behalf_of)


def require_in_person(actor: Actor, deed: str) -> None:
    """Raises Refused for who stands in: one person alone lends a role, so giver and delegate are one pair of eyes."""
    if giver_of(actor):
        raise refused("permission.in_person", f"{deed} takes two persons who hold the role themselves")


def check_stand_in(connection: Connection, actor: Actor, act: str, now: Callable[[], str]) -> None:
    """Asked at every act: a delegate's delegation is in force, reaches this act, and makes nobody endorse themselves.

    Whoever acts in their own right passes. `act`: read, speak or move. Raises Refused.
    """
    giver = giver_of(actor)
    if giver is None:
        return
    standing = rosters.of_party(connection, actor.party or HOUSE)
    if standing is None:
        raise refused("delegation.not_in_force", "a delegation in force from somebody who holds the role")
    day = day_in(now(), standing.timezone)
    refusal = may_act(standing, actor.person, giver, actor.role, actor.bench, act, day)
    if refusal:
        raise Refused(refusal)


def _actors(person: str, found: Iterable[rosters.Acting]) -> Iterable[Actor]:
    for one in found:
        party = None if one.party == HOUSE else one.party
        behalf = FOR_A_PERSON + one.giver if one.giver else None
        yield Actor(person, Role(one.role), party, one.bench, behalf)
