# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What nobody looked after: duties that are dead or late, and tokens that end soon or never."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, func, select

from ledger.instants import instant
from storage.tables import outbox, tokens

LATE_AFTER = timedelta(hours=1)
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Neglected:
    """How many of each."""

    duties_dead: int
    duties_late: int
    tokens_endless: int
    tokens_ending: int


def neglected(connection: Connection, now: datetime) -> Neglected:
    """Duties whose last attempt failed, duties due for an hour, and living tokens that never expire, or soon."""
    is_open = (outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))
    lives = tokens.c.revoked_at.is_(None)
    soon = (tokens.c.expires_at >= instant(now), tokens.c.expires_at <= instant(now + SOON))
    return Neglected(
        duties_dead=_count(connection, outbox, outbox.c.dead_at.is_not(None)),
        duties_late=_count(connection, outbox, *is_open, outbox.c.due_at < instant(now - LATE_AFTER)),
        tokens_endless=_count(connection, tokens, lives, tokens.c.expires_at.is_(None)),
        tokens_ending=_count(connection, tokens, lives, *soon),
    )


def _count(connection: Connection, table: Table, *which: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*which)).scalar_one())
