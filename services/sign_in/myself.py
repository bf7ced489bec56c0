# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who one is: what a person who signed in, or a program with a token, is told about themselves."""

from dataclasses import dataclass

from people.actors import Actor
from services.accounts import actors_of
from services.desk import Desk
from services.persons import find
from services.sign_in import sessions
from services.sign_in.sessions import Listed


@dataclass(frozen=True, slots=True)
class Acting:
    """As whom one acts, or may act. `on_behalf_of` is a party, or `person:ID` of whom one stands in for."""

    role: str
    party: str | None
    bench: str | None
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True)
class Me:
    """Oneself. `may_act_as` lists every role, seat and delegation of today."""

    person: str
    name: str
    language: str | None
    acting_as: Acting
    may_act_as: tuple[Acting, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sessions:
    """One's living sessions, the newest first."""

    items: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """How many sessions ended."""

    ended: int


def tell_me(desk: Desk, actor: Actor, scopes: frozenset[str]) -> Me:
    """Who this is and what they may act as today."""
    with desk.store.read() as connection:
        person = find(connection, actor.person)
        others = actors_of(connection, actor.person, desk.now())
    each = dict.fromkeys((actor, *others))
    return Me(
        person=actor.person,
        name=person.name if person else "",
        language=person.language if person else None,
        acting_as=_acting(actor),
        may_act_as=tuple(_acting(one) for one in each),
        scopes=tuple(sorted(scopes)),
    )


def tell_sessions(desk: Desk, actor: Actor, using: str) -> Sessions:
    """The person's living sessions; `using` names what this request came with."""
    return Sessions(sessions.living(desk, actor.person, using))


def end_all(desk: Desk, actor: Actor) -> Ended:
    """Ends every session of the person."""
    return Ended(sessions.end_everywhere(desk, actor.person))


def end_one(desk: Desk, actor: Actor, session: str) -> Ended:
    """Ends one session of the person. Raises NotFound."""
    sessions.end_one(desk, actor.person, session)
    return Ended(1)


def _acting(actor: Actor) -> Acting:
    return Acting(actor.role, actor.party, actor.bench, actor.on_behalf_of)
