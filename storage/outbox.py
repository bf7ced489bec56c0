# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The outbox: effects owed by what was committed, done later, at least once.

A duty is leased to one doer at a time; only the holder of the lease finishes it. Failures come back
later and later, and after the last attempt a duty is dead: it can be seen, mended and replayed.
"""

import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    Executable,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    update,
)

from ledger.instants import later
from storage.errors import StorageError
from storage.prepared import Prepared, inserting
from storage.tables import outbox

MAX_ATTEMPTS = 8
FIRST_PAUSE_SECONDS = 10
LONGEST_PAUSE_SECONDS = 6 * 3600


class LeaseLost(StorageError):
    """The duty is no longer this holder's: its lease ran out and another took it, or it is done."""

    code = "outbox.lease_lost"


@dataclass(frozen=True, slots=True)
class Duty:
    """An effect owed, as its holder sees it. `payload` is JSON text."""

    id: str
    duty: str
    subject: str
    payload: str
    key: str
    attempts: int
    max_attempts: int
    due_at: str
    lease: str | None
    last_error: str | None


_FIELDS = tuple(outbox.c[name] for name in Duty.__slots__)
_open = and_(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))


def add(
    connection: Connection,
    *,
    duty_id: str,
    duty: str,
    subject: str,
    payload: str,
    key: str,
    now: str,
    due_at: str | None = None,
    max_attempts: int = MAX_ATTEMPTS,
) -> bool:
    """Owes a duty. False, and nothing added, when one with this key exists already."""
    row = {
        "id": duty_id,
        "duty": duty,
        "subject": subject,
        "payload": payload,
        "key": key,
        "created_at": now,
        "due_at": due_at or now,
        "attempts": 0,
        "max_attempts": max_attempts,
    }
    return _add(connection, row) == 1


def claim(connection: Connection, duty: str | None, now: str, lease_seconds: float, limit: int) -> tuple[Duty, ...]:
    """Leases up to `limit` due duties of a kind (None: any), the longest due first.

    Each claim is one attempt. A duty whose holder died with the last attempt is declared dead here.
    """
    waiting = and_(
        _open,
        outbox.c.due_at <= now,
        or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now),
        true() if duty is None else outbox.c.duty == duty,
    )
    connection.execute(
        update(outbox)
        .where(waiting, outbox.c.attempts >= outbox.c.max_attempts)
        .values(dead_at=now, lease=None, leased_until=None, last_error=_or_vanished())
    )
    chosen = select(outbox.c.id).where(waiting).order_by(outbox.c.due_at, outbox.c.id).limit(limit)
    taken = connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(chosen.with_for_update(skip_locked=True)))
        .values(
            lease=secrets.token_hex(16),
            leased_until=later(now, lease_seconds),
            attempts=outbox.c.attempts + 1,
        )
        .returning(*_FIELDS)
    )
    return tuple(sorted((Duty(*row) for row in taken), key=lambda one: (one.due_at, one.id)))


def finish(connection: Connection, duty_id: str, lease: str, now: str) -> None:
    """The duty is done. Raises LeaseLost."""
    _by_holder(connection, duty_id, lease, {"done_at": now, "last_error": None})


def fail(connection: Connection, duty_id: str, lease: str, now: str, error: str) -> bool:
    """The attempt failed; True when it was the last. Raises LeaseLost.

    The pause doubles from ten seconds to six hours. `error` is a code or a short text without
    names.
    """
    held = and_(_open, outbox.c.id == duty_id, outbox.c.lease == lease)
    row = connection.execute(select(outbox.c.attempts, outbox.c.max_attempts).where(held)).first()
    if row is None:
        raise LeaseLost(duty_id)
    dead: bool = row.attempts >= row.max_attempts
    ending = {"dead_at": now} if dead else {"due_at": later(now, pause_seconds(row.attempts))}
    _by_holder(connection, duty_id, lease, {**ending, "last_error": error[:500]})
    return dead


def pause_seconds(attempts: int) -> int:
    """How long to wait after so many attempts."""
    doublings = max(0, min(attempts - 1, 30))
    return min(FIRST_PAUSE_SECONDS << doublings, LONGEST_PAUSE_SECONDS)


def replay(connection: Connection, duty_id: str, now: str) -> bool:
    """Owes a dead duty anew, with all its attempts. False when it is not dead."""
    revived = (
        update(outbox)
        .where(outbox.c.id == duty_id, outbox.c.dead_at.is_not(None))
        .values(dead_at=None, due_at=now, attempts=0)
    )
    return connection.execute(revived).rowcount == 1


def dead(connection: Connection, limit: int = 100) -> tuple[Duty, ...]:
    """Duties no attempt is left for, the oldest first."""
    query = _duties().where(outbox.c.dead_at.is_not(None)).order_by(outbox.c.dead_at, outbox.c.id)
    return tuple(Duty(*row) for row in connection.execute(query.limit(limit)))


def find(connection: Connection, duty_id: str) -> Duty | None:
    """The duty, in whatever state."""
    row = connection.execute(_duties().where(outbox.c.id == duty_id)).first()
    return Duty(*row) if row else None


def is_owed(connection: Connection, duty: str, payload: str) -> bool:
    """Whether a duty just like this is owed, and nobody has begun it."""
    alike = (outbox.c.duty == duty, outbox.c.payload == payload, outbox.c.attempts == 0)
    return connection.scalar(select(outbox.c.id).where(_open, *alike).limit(1)) is not None


def open_count(connection: Connection, duty: str | None = None) -> int:
    """How many duties are neither done nor dead."""
    query = select(func.count()).select_from(outbox).where(_open)
    return connection.scalar(query if duty is None else query.where(outbox.c.duty == duty)) or 0


def forget(connection: Connection, before: str, limit: int = 500) -> int:
    """Deletes duties done before an instant; how many.

    At most 500 at a time keeps the transaction short.
    """
    old = select(outbox.c.id).where(outbox.c.done_at < before).limit(limit)
    return connection.execute(outbox.delete().where(outbox.c.id.in_(old))).rowcount


def _by_holder(connection: Connection, duty_id: str, lease: str, values: dict[str, Any]) -> None:
    changed = connection.execute(
        update(outbox)
        .where(_open, outbox.c.id == duty_id, outbox.c.lease == lease)
        .values(**values, lease=None, leased_until=None)
    )
    if changed.rowcount != 1:
        raise LeaseLost(duty_id)


def _or_vanished() -> Any:
    return func.coalesce(outbox.c.last_error, "outbox.holder_vanished")


def _duties() -> Select[Any]:
    return select(*_FIELDS)


_ADDED = (
    "id",
    "duty",
    "subject",
    "payload",
    "key",
    "created_at",
    "due_at",
    "attempts",
    "max_attempts",
)


def _adding(dialect: str) -> Executable:
    values: dict[str, Any] = {name: bindparam(name) for name in _ADDED}
    return inserting(outbox, dialect).values(values).on_conflict_do_nothing(index_elements=[outbox.c.key])


_add = Prepared(_adding)
