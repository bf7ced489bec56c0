# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Vital signs: figures of the house for those who watch over it, and what keeps this process from its work."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from observatory.errors import NotShown
from observatory.window import Reading
from storage import migrate
from storage.errors import StorageError
from storage.tables import outbox, sessions, streams

LEAST_ROOM = 64 * 1024 * 1024


class Desk(Protocol):
    """What the signs are read from."""

    @property
    def store(self) -> Reading: ...
    @property
    def data(self) -> Path: ...
    def now(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Vitals:
    """Events in the ledger, duties that wait or are dead, sessions that live."""

    events: int
    outbox_open: int
    outbox_dead: int
    sessions_open: int


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing in the way, and what to do about it."""

    code: str
    need: str


class NotReady(NotShown):
    """This process cannot do its work now; the reasons say what stands in the way."""

    code = "health.not_ready"

    def __init__(self, found: tuple[Hindrance, ...]) -> None:
        super().__init__("; ".join(f"{one.code}: {one.need}" for one in found))
        self.reasons = [{"code": one.code, "need": one.need} for one in found]


def require_ready(desk: Desk) -> None:
    """Raises NotReady, which names everything that is in the way."""
    found = hindrances(desk)
    if found:
        raise NotReady(found)


def see_vitals(desk: Desk) -> Vitals:
    """The figures of this moment, each from an index or a short table."""
    with desk.store.read() as connection:
        return Vitals(
            events=_number(connection, select(func.coalesce(func.sum(streams.c.seq), 0))),
            outbox_open=_number(
                connection, select(func.count()).where(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))
            ),
            outbox_dead=_number(connection, select(func.count()).where(outbox.c.dead_at.is_not(None))),
            sessions_open=_number(
                connection,
                select(func.count()).where(sessions.c.ended_at.is_(None), sessions.c.expires_at > desk.now()),
            ),
        )


def _number(connection: Connection, query: Select[tuple[int]]) -> int:
    return int(connection.execute(query).scalar_one())


def hindrances(desk: Desk) -> tuple[Hindrance, ...]:
    """Everything that keeps this process from its work; none when it is ready."""
    return (*_of_the_database(desk), *_of_the_disk(desk.data))


def _of_the_database(desk: Desk) -> Iterator[Hindrance]:
    try:
        with desk.store.read() as connection:
            stands_at = migrate.revision_of(connection)
    except (StorageError, SQLAlchemyError):
        yield Hindrance("health.database_away", "the database answers")
        return
    if stands_at != migrate.newest():
        yield Hindrance("health.schema_old", "the schema is the newest: run `minga migrate`")


def _of_the_disk(data: Path) -> Iterator[Hindrance]:
    try:
        with tempfile.NamedTemporaryFile(dir=data, prefix=".ready-") as file:
            file.write(b"ready")
            file.flush()
            room = os.statvfs(data)
    except OSError:
        yield Hindrance("health.disk_unwritable", "the data folder can be written to")
        return
    if room.f_bavail * room.f_frsize < LEAST_ROOM:
        yield Hindrance("health.disk_full", f"the disk of the data folder has {LEAST_ROOM // 2**20} MiB left")
