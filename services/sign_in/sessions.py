# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Sessions: who is signed in, kept in the database, ended at once from anywhere.

The cookie holds 256 random bits; the database holds their SHA-256. Every sign-in makes a new session and ends the one the
browser brought along; the second factor gives the session another secret. It ends after thirty minutes without use and
after twelve hours in any case. Whom one acts as is looked up at every use: a role that ended yesterday opens nothing today.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hmac import digest
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from ledger.instants import later
from people.actors import Actor, Role
from services.accounts import actors_of
from services.desk import Desk
from services.errors import NotFound, ServiceError, refused
from services.persons import hold_real_seats
from services.sign_in.accounts import has_second_factor, needs_second_factor
from services.sign_in.keys import hash_of, new_secret
from storage import sign_in as rows
from storage.tables import persons, sessions

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 12 * 3600
SEEN_EVERY_SECONDS = 60
PASSWORD, LINK, DEMONSTRATION = "password", "link", "demonstration"
GIVE_CODE, ENROL = "give_code", "enrol"

_COLUMNS = (*sessions.c, persons.c.name, persons.c.language, persons.c.email)
_NOT_ERASED = persons.c.erased_at.is_(None)


class SessionRefused(ServiceError):
    """No session, or one that is unknown, has run out or was ended: the four are told alike."""

    code = "session.refused"


class SessionIncomplete(ServiceError):
    """The session waits for its second factor, and reaches nothing but the pages of signing in."""

    code = "session.incomplete"


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody signed in. `actor` is None for who holds no role, or has not yet said which.

    `lacks` is None, or what is still wanted: `give_code`, or `enrol` where a second factor must first be set up.
    """

    id: str
    person: str
    name: str
    email: str | None
    language: str | None
    actor: Actor | None
    actors: tuple[Actor, ...]
    means: str
    strong: bool
    lacks: str | None
    device: str
    created_at: str
    seen_at: str
    expires_at: str
    form_key: str = field(repr=False)

    @property
    def is_demonstration(self) -> bool:
        return self.means == DEMONSTRATION


@dataclass(frozen=True, slots=True)
class Listed:
    """A living session as its owner sees it."""

    id: str
    device: str
    means: str
    created_at: str
    seen_at: str
    expires_at: str
    current: bool


def begin(
    desk: Desk,
    connection: Connection,
    person: str,
    means: str,
    device: str,
    *,
    brought: str | None = None,
    actor: Actor | None = None,
) -> str:
    """A new session's secret. `brought` is the secret the browser came with: that session ends.

    Only a demonstration names its `actor`; everybody else acts as what their roles and seats let them.
    """
    if brought:
        end(desk, connection, brought)
    actors = (actor,) if actor else actors_of(connection, person, desk.now())
    secret, now = new_secret(desk), desk.now()
    row = {
        "id": desk.identifiers.new(),
        "secret_hash": hash_of(secret),
        "person": person,
        **_acting(actors[0] if actors else None),
        "means": means,
        "strong": int(means == DEMONSTRATION),
        "device": device,
        "created_at": now,
        "seen_at": now,
        "expires_at": later(now, ABSOLUTE_SECONDS),
        "ended_at": None,
    }
    connection.execute(insert(sessions), row)
    return secret


def resume(desk: Desk, secret: str) -> Session:
    """Who comes with this secret, found by its digest alone; its use is noted, to the minute. Raises SessionRefused."""
    with desk.store.read() as connection:
        row = _living(desk, connection, secret)
        session = _session(desk, connection, row, secret)
    if row.seen_at <= later(desk.now(), -SEEN_EVERY_SECONDS):
        desk.store.write(lambda connection: _see(connection, row.id, desk.now()))
    return session


def strengthen(desk: Desk, connection: Connection, session: Session) -> str:
    """The session has given its second factor: its new secret. The old one opens nothing any more."""
    return renew(desk, connection, session, strong=1)


def renew(desk: Desk, connection: Connection, session: Session, **values: object) -> str:
    """Another secret for the same session. Raises SessionRefused when it ended meanwhile."""
    secret = new_secret(desk)
    living = update(sessions).where(sessions.c.id == session.id, sessions.c.ended_at.is_(None))
    if connection.execute(living.values(secret_hash=hash_of(secret), **values)).rowcount != 1:
        raise SessionRefused("a living session")
    return secret


def act_as(desk: Desk, connection: Connection, session: Session, place: int) -> str:
    """Acts from now on as the one in this place of `actors`; the new secret. Raises Refused."""
    if not 0 <= place < len(session.actors):
        raise refused("session.actor_unknown", "one of those you may act as", count=len(session.actors))
    return renew(desk, connection, session, **_acting(session.actors[place]))


def end(desk: Desk, connection: Connection, secret: str) -> None:
    """Ends the session of this secret, if there is one."""
    living = update(sessions).where(sessions.c.secret_hash == hash_of(secret), sessions.c.ended_at.is_(None))
    connection.execute(living.values(ended_at=desk.now()))


def end_one(desk: Desk, person: str, other: str) -> None:
    """Ends one of a person's sessions, by its id. Raises NotFound."""

    def work(connection: Connection) -> None:
        own = (sessions.c.id == other, sessions.c.person == person, sessions.c.ended_at.is_(None))
        if connection.execute(update(sessions).where(*own).values(ended_at=desk.now())).rowcount != 1:
            raise NotFound(f"no living session {other} of yours", session=other)

    desk.store.write(work)


def end_everywhere(desk: Desk, person: str) -> int:
    """Ends every session of a person; how many."""
    return desk.store.write(lambda connection: rows.end_sessions_of(connection, [person], desk.now()))


def living(desk: Desk, person: str, current: str | None = None) -> tuple[Listed, ...]:
    """A person's sessions that could still be used, the newest first. `current`: the id of the one that asks."""
    now = desk.now()
    query = (
        select(sessions)
        .where(sessions.c.person == person, *_alive(now))
        .order_by(sessions.c.created_at.desc(), sessions.c.id.desc())
    )
    with desk.store.read() as connection:
        found = connection.execute(query).all()
    return tuple(_listed(row, current) for row in found)


def count_living(connection: Connection, people: Sequence[str], now: str) -> int:
    """How many sessions of these persons could still be used."""
    return connection.scalar(select(func.count()).where(sessions.c.person.in_(people), *_alive(now))) or 0


def _alive(now: str) -> tuple[ColumnElement[bool], ...]:
    in_time = sessions.c.expires_at > now
    return sessions.c.ended_at.is_(None), in_time, sessions.c.seen_at > later(now, -IDLE_SECONDS)


def _listed(row: Row[Any], current: str | None) -> Listed:
    told = (row.id, row.device, row.means, row.created_at, row.seen_at, row.expires_at)
    return Listed(*told, current=row.id == current)


def _living(desk: Desk, connection: Connection, secret: str) -> Row[Any]:
    query = select(*_COLUMNS).join(persons, persons.c.id == sessions.c.person)
    own = (sessions.c.secret_hash == hash_of(secret), _NOT_ERASED, *_alive(desk.now()))
    row = connection.execute(query.where(*own)).first()
    if row is None:
        raise SessionRefused("a session that is known, living and in use")
    return row


def _session(desk: Desk, connection: Connection, row: Row[Any], secret: str) -> Session:
    chosen = _actor(row)
    actors = _actors(desk, connection, row, chosen)
    strong = bool(row.strong)
    return Session(
        id=row.id,
        person=row.person,
        name=row.name,
        email=row.email,
        language=row.language,
        actor=chosen if chosen in actors else None,
        actors=actors,
        means=row.means,
        strong=strong,
        lacks=None if strong else _lacks(connection, row.person, actors),
        device=row.device,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
        form_key=digest(secret.encode(), b"forms", "sha256").hex(),
    )


def _actors(desk: Desk, connection: Connection, row: Row[Any], chosen: Actor | None) -> tuple[Actor, ...]:
    """As whom the person may act today. A demonstration ends when the first real person is here."""
    if row.means != DEMONSTRATION:
        return actors_of(connection, row.person, desk.now())
    if hold_real_seats(connection):
        raise SessionRefused("a session of somebody real: the demonstration is over")
    return (chosen,) if chosen else ()


def _lacks(connection: Connection, person: str, actors: Sequence[Actor]) -> str | None:
    if has_second_factor(connection, person):
        return GIVE_CODE
    return ENROL if needs_second_factor(actors) else None


def _acting(actor: Actor | None) -> dict[str, str | None]:
    names = ("role", "party", "bench", "on_behalf_of")
    return {name: getattr(actor, name) if actor else None for name in names}


def _actor(row: Row[Any]) -> Actor | None:
    if row.role is None:
        return None
    return Actor(row.person, Role(row.role), row.party, row.bench, row.on_behalf_of)


def _see(connection: Connection, session: str, now: str) -> None:
    connection.execute(update(sessions).where(sessions.c.id == session).values(seen_at=now))
