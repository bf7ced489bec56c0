# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Invitations in the database: found by the key of a letter, ended together, forgotten."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, or_, select, update

from storage.tables import invitation_keys as keys
from storage.tables import invitations

AGAIN, REPLACED, TEXT, CLOSED, GOVERNMENT, REVOKED = "again", "replaced", "text", "closed", "government", "revoked"
"""Why an invitation ended: another letter took its place, or another signatory; another text; the text lies before nobody
any more; the government changed; somebody took it back."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation as stored."""

    id: str
    agreement: str
    party: str
    person: str
    email: str
    language: str
    text_version: int
    invited_at: str
    expires_at: str
    ended_at: str | None = None
    ended_because: str | None = None


def add(connection: Connection, **row: Any) -> None:
    connection.execute(insert(invitations), row)


def add_key(connection: Connection, secret_hash: str, invitation: str, at: str) -> None:
    connection.execute(insert(keys), {"secret_hash": secret_hash, "invitation": invitation, "made_at": at})


def living(connection: Connection, invitation: str, now: str) -> Invitation | None:
    """An invitation that opens something now."""
    return _one(connection, _living(now).where(invitations.c.id == invitation))


def behind(connection: Connection, secret_hash: str, now: str) -> Invitation | None:
    """What the key of a letter opens now. Asking uses up nothing."""
    opened = _living(now).join(keys, keys.c.invitation == invitations.c.id)
    return _one(connection, opened.where(keys.c.secret_hash == secret_hash))


def count_living(connection: Connection, party: str, now: str) -> int:
    """How many invitations of a party's signatories open something now."""
    theirs = _living(now).where(invitations.c.party == party).with_only_columns(func.count())
    return int(connection.scalar(theirs) or 0)


def of_agreement(connection: Connection, agreement: str, party: str | None = None) -> tuple[Invitation, ...]:
    """The invitations to an agreement, perhaps of one party, the first leading."""
    query = select(invitations).where(invitations.c.agreement == agreement).order_by(invitations.c.id)
    rows = connection.execute(query if party is None else query.where(invitations.c.party == party))
    return tuple(Invitation(*row) for row in rows)


def end(connection: Connection, because: str, at: str, **of: str) -> int:
    """Ends the living ones of an agreement, a party, or an id; how many."""
    wanted = [invitations.c[name] == value for name, value in of.items()]
    open_ = update(invitations).where(*wanted, invitations.c.ended_at.is_(None))
    return connection.execute(open_.values(ended_at=at, ended_because=because)).rowcount


def addresses_of(connection: Connection, person: str) -> tuple[str, ...]:
    """Where letters to an invited person went."""
    return tuple(connection.scalars(select(invitations.c.email).where(invitations.c.person == person)))


def forget(connection: Connection, before: str, limit: int) -> int:
    """Deletes invitations that ended, or ran out, before an instant; how many."""
    return _delete(connection, or_(invitations.c.expires_at < before, invitations.c.ended_at < before), limit)


def forget_of(connection: Connection, person: str, email: str | None) -> int:
    """Deletes a person's invitations, and those to their address; how many."""
    theirs = invitations.c.person == person
    return _delete(connection, theirs if email is None else or_(theirs, invitations.c.email == email))


def _delete(connection: Connection, which: ColumnElement[bool], limit: int | None = None) -> int:
    gone = tuple(connection.scalars(select(invitations.c.id).where(which).order_by(invitations.c.id).limit(limit)))
    connection.execute(delete(keys).where(keys.c.invitation.in_(gone)))
    return connection.execute(delete(invitations).where(invitations.c.id.in_(gone))).rowcount


def _living(now: str) -> Select[Any]:
    return select(invitations).where(invitations.c.ended_at.is_(None), invitations.c.expires_at > now)


def _one(connection: Connection, query: Select[Any]) -> Invitation | None:
    row = connection.execute(query).first()
    return Invitation(*row) if row else None
