# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tokens in the database: ended with a change of government, forgotten a year after they opened anything."""

from collections.abc import Collection

from sqlalchemy import Connection, and_, delete, false, or_, select, true, update

from storage.tables import tokens


def living_of(
    connection: Connection, party: str, benches: Collection[str], *, officers: bool, now: str
) -> tuple[str, ...]:
    """The tokens that act for a party on these benches, whoever made them; `officers`: and those of no bench."""
    acting = or_(tokens.c.bench.in_(sorted(benches)), and_(tokens.c.bench.is_(None), true() if officers else false()))
    living = and_(tokens.c.revoked_at.is_(None), or_(tokens.c.expires_at.is_(None), tokens.c.expires_at > now))
    query = select(tokens.c.id).where(tokens.c.party == party, acting, living)
    return tuple(connection.scalars(query.order_by(tokens.c.id)))


def revoke(connection: Connection, ids: Collection[str], at: str) -> None:
    """Ends tokens at once."""
    connection.execute(update(tokens).where(tokens.c.id.in_(tuple(ids))).values(revoked_at=at))


def forget(connection: Connection, before: str, limit: int) -> int:
    """Deletes tokens that were revoked, or expired, before an instant; how many."""
    gone = or_(tokens.c.revoked_at < before, tokens.c.expires_at < before)
    old = select(tokens.c.id).where(gone).order_by(tokens.c.id).limit(limit)
    return connection.execute(delete(tokens).where(tokens.c.id.in_(old))).rowcount
