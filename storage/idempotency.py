# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Answers already given: the same request twice has one effect and one answer.

The record is written in the transaction of the effect, so there is never one without the other.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, text, tuple_

from storage.errors import RunAgain, StorageError
from storage.prepared import Prepared, adding
from storage.tables import idempotency


class KeyReused(StorageError):
    """The key was used before, for something else."""

    code = "idempotency.key_reused"


class KeyRunning(StorageError):
    """The first request under this key has not been answered yet. Nothing was written; asking again is safe."""

    code = "idempotency.running"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: a status as in HTTP, and JSON text."""

    status: int
    body: str


def claim(connection: Connection, actor: str, key: str) -> None:
    """Takes a key for the length of the transaction. Raises KeyRunning where another process has it.

    SQLite lets one writer in at a time: there the second waits, and recalls the first one's answer.
    """
    if connection.dialect.name == "postgresql" and not connection.scalar(
        _try_lock, {"name": f"{len(actor)}:{actor}{key}"}
    ):
        raise KeyRunning(f"the first request under the key {key!r} is still running")


_try_lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended('idempotency/' || :name, 0))")


def recall(connection: Connection, actor: str, key: str, fingerprint: str) -> Answer | None:
    """The answer this actor got for this key; None for a new key. Raises KeyReused."""
    row = _recall.first(connection, {"actor": actor, "key": key})
    if row is None:
        return None
    if row.fingerprint != fingerprint:
        raise KeyReused(f"the key {key!r} was used for another request")
    return Answer(row.status, row.answer)


def remember(connection: Connection, actor: str, key: str, fingerprint: str, answer: Answer, now: str) -> None:
    """Keeps the answer.

    When the same request was committed at the same time, the work runs again and recalls that one.
    """
    row = {
        "actor": actor,
        "key": key,
        "fingerprint": fingerprint,
        "status": answer.status,
        "answer": answer.body,
        "created_at": now,
    }
    if _remember(connection, row) != 1:
        raise RunAgain(f"the key {key!r} was answered at the same time")


def forget(connection: Connection, before: str, limit: int = 500) -> int:
    """Deletes answers given before an instant; how many.

    At most 500 at a time keeps the transaction short.
    """
    key = tuple_(idempotency.c.actor, idempotency.c.key)
    old = (
        select(idempotency.c.actor, idempotency.c.key)
        .where(idempotency.c.created_at < before)
        .order_by(idempotency.c.created_at)
        .limit(limit)
    )
    return connection.execute(delete(idempotency).where(key.in_(old))).rowcount


_recall = Prepared(
    select(idempotency.c.fingerprint, idempotency.c.status, idempotency.c.answer).where(
        idempotency.c.actor == bindparam("actor"), idempotency.c.key == bindparam("key")
    )
)
_remember = Prepared(adding(idempotency))
