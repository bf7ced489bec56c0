# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rows of signing in: sessions ended together, tries counted and forgotten."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, or_, select, text, update

from storage.tables.sign_in import sessions, sign_in_links, sign_in_tries

_failed = sign_in_tries.c.succeeded == 0


@dataclass(frozen=True, slots=True)
class Failures:
    """Tries that failed within a window: how many, and the instants of the first and the last."""

    count: int
    first: str | None
    last: str | None


def end_sessions_of(connection: Connection, persons: Iterable[str], at: str, *, but: str | None = None) -> int:
    """Ends every living session of these persons, but perhaps one; how many."""
    living = update(sessions).where(sessions.c.person.in_(tuple(persons)), sessions.c.ended_at.is_(None))
    kept = living if but is None else living.where(sessions.c.id != but)
    return connection.execute(kept.values(ended_at=at)).rowcount


def forget_sessions(connection: Connection, before: str, limit: int) -> int:
    """Deletes sessions that ended, or could no longer be used, before an instant; how many."""
    old = select(sessions.c.id).where(or_(sessions.c.expires_at < before, sessions.c.ended_at < before)).limit(limit)
    return connection.execute(delete(sessions).where(sessions.c.id.in_(old))).rowcount


def forget_links(connection: Connection, before: str, limit: int) -> int:
    """Deletes links that ran out before an instant; how many."""
    old = select(sign_in_links.c.id).where(sign_in_links.c.expires_at < before).limit(limit)
    return connection.execute(delete(sign_in_links).where(sign_in_links.c.id.in_(old))).rowcount


def one_at_a_time(connection: Connection, account: str) -> None:
    """Until this transaction ends, no other counts this account's tries. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:account, 6))"), {"account": account})


def add_try(connection: Connection, **row: Any) -> None:
    connection.execute(insert(sign_in_tries), row)


def mark_succeeded(connection: Connection, try_id: str) -> None:
    connection.execute(update(sign_in_tries).where(sign_in_tries.c.id == try_id).values(succeeded=1))


def failures(
    connection: Connection, since: str, way: str, *, account: str | None = None, origin: str | None = None
) -> Failures:
    """What failed since an instant, of an account or from a place."""
    wanted = [_failed, sign_in_tries.c.tried_at > since, sign_in_tries.c.way == way]
    wanted += [sign_in_tries.c.account == account] if account is not None else []
    wanted += [sign_in_tries.c.origin == origin] if origin is not None else []
    tried_at = sign_in_tries.c.tried_at
    row = connection.execute(select(func.count(), func.min(tried_at), func.max(tried_at)).where(*wanted)).one()
    return Failures(*row)


def failures_of_pair(connection: Connection, since: str, way: str, account: str, origin: str) -> Failures:
    """What failed since an instant and since the last success, of one account from one place."""
    right = and_(_right_of(account, origin), sign_in_tries.c.way == way)
    last = connection.scalar(select(func.max(sign_in_tries.c.tried_at)).where(right))
    return failures(connection, max(since, last or since), way, account=account, origin=origin)


def came_in_before(connection: Connection, since: str, ways: Iterable[str], account: str, origin: str) -> bool:
    """Whether this account was entered from this place, in one of these ways, since an instant."""
    right = and_(_right_of(account, origin), sign_in_tries.c.tried_at > since)
    known = select(sign_in_tries.c.id).where(right, sign_in_tries.c.way.in_(tuple(ways)))
    return connection.scalar(known.limit(1)) is not None


def _right_of(account: str, origin: str) -> ColumnElement[bool]:
    pair = and_(sign_in_tries.c.account == account, sign_in_tries.c.origin == origin)
    return and_(pair, sign_in_tries.c.succeeded == 1)


def forget_tries(connection: Connection, failed_before: str, succeeded_before: str, limit: int) -> int:
    """Deletes failures and successes, each older than its instant; how many."""
    tried_at = sign_in_tries.c.tried_at
    old = select(sign_in_tries.c.id).where(
        or_(
            and_(_failed, tried_at < failed_before),
            and_(sign_in_tries.c.succeeded == 1, tried_at < succeeded_before),
        )
    )
    return connection.execute(delete(sign_in_tries).where(sign_in_tries.c.id.in_(old.limit(limit)))).rowcount
