# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Duties of the outbox, done one lease at a time: taken, then finished or failed by whoever holds the lease."""

from logging import Logger

from services.desk import Desk
from storage import outbox
from storage.outbox import Duty, LeaseLost


def claim_next(desk: Desk, kind: str, lease_seconds: float) -> Duty | None:
    """The duty of a kind that is due longest, leased for so long; None when nothing is due."""
    now = desk.now()
    claimed = desk.store.write(lambda connection: outbox.claim(connection, kind, now, lease_seconds, 1))
    return claimed[0] if claimed else None


def finish(desk: Desk, duty: Duty) -> None:
    """The duty is done. Raises LeaseLost."""
    now, lease = desk.now(), duty.lease or ""
    desk.store.write(lambda connection: outbox.finish(connection, duty.id, lease, now))


def fail(desk: Desk, duty: Duty, code: str, *, logger: Logger, said: str) -> None:
    """The attempt failed, and the log says so; whoever lost the lease meanwhile says nothing."""
    now, lease = desk.now(), duty.lease or ""
    try:
        dead = desk.store.write(lambda connection: outbox.fail(connection, duty.id, lease, now, code))
    except LeaseLost:
        return
    logger.warning("%s: %s%s", said, code, "; no attempt is left" if dead else "")
