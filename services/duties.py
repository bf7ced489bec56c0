# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Duties no attempt is left for: seen by the officers of the house, and owed anew once what was wrong is mended.

Nothing is lost while a duty is dead: what it owes stands in the outbox, and the receiver takes it once, however often it comes.
"""

from collections.abc import Sequence

from sqlalchemy import Connection

from people.actors import Actor
from people.policy import can
from services.desk import Desk
from services.errors import NotFound, require
from storage import outbox
from storage.outbox import Duty

MOST = 500


def dead_duties(desk: Desk, actor: Actor) -> tuple[Duty, ...]:
    """The dead duties, the longest dead first, at most 500. Raises Refused."""
    require(can(actor, "duty.replay"))
    with desk.store.read() as connection:
        return outbox.dead(connection, MOST)


def replay_duties(desk: Desk, actor: Actor, duties: Sequence[str]) -> tuple[str, ...]:
    """Owes these dead duties anew, with all their attempts: every one of them or none. Raises Refused, NotFound."""
    require(can(actor, "duty.replay"))
    wanted = tuple(dict.fromkeys(duties))

    def work(connection: Connection) -> tuple[str, ...]:
        now = desk.now()
        for duty in wanted:
            if not outbox.replay(connection, duty, now):
                raise NotFound(f"there is no dead duty {duty}", duty=duty)
        return wanted

    return desk.store.write(work)
