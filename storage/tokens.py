# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Tokens in the database: forgotten a year after they opened anything."""

from sqlalchemy import Connection, delete, or_, select

from storage.tables import tokens


def forget(connection: Connection, before: str, limit: int) -> int:
    """Deletes tokens that were revoked, or expired, before an instant; how many."""
    gone = or_(tokens.c.revoked_at < before, tokens.c.expires_at < before)
    old = select(tokens.c.id).where(gone).order_by(tokens.c.id).limit(limit)
    return connection.execute(delete(tokens).where(tokens.c.id.in_(old))).rowcount
