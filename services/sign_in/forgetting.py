# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Forgetting: sessions, links and tries that count no more are deleted, a little at a time."""

from sqlalchemy import Connection

from ledger.instants import DAY_SECONDS, later
from services.desk import Desk
from services.sign_in import limits
from storage import sign_in as rows

KEEP_SESSIONS_DAYS = 30
KEEP_LINKS_DAYS = 1


def forget_sign_in(desk: Desk, connection: Connection, limit: int) -> int:
    """Deletes up to `limit` of each; how many in all."""
    now = desk.now()
    gone = rows.forget_sessions(connection, later(now, -KEEP_SESSIONS_DAYS * DAY_SECONDS), limit)
    gone += rows.forget_links(connection, later(now, -KEEP_LINKS_DAYS * DAY_SECONDS), limit)
    return gone + limits.forget(desk, connection, limit)
