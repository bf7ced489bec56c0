# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An act: who does something, and when, in the one transaction in which it is written with all that follows from it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from cycle.moment import Moment
from cycle.programme import Programme
from ledger.instants import instant
from people.actors import Actor
from people.policy import can
from services.asking import Asking
from services.desk import Desk
from services.errors import refused, require


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one actor. What it tells to other streams is told by the same actor, at the same moment."""

    desk: Desk
    connection: Connection
    actor: Actor
    moment: Moment

    @classmethod
    def now(cls, desk: Desk, connection: Connection, actor: Actor) -> "Act":
        """An act that happens as it is recorded, under no programme."""
        at = desk.now()
        return cls(desk, connection, actor, Moment.of(at, at, "UTC"))

    def at(self, moment: Moment) -> "Act":
        """The same act at another moment."""
        return self if moment is self.moment else Act(self.desk, self.connection, self.actor, moment)

    def not_before(self, recorded_at: str) -> "Act":
        """The same act, recorded no earlier than what its stream holds already."""
        return self.at(self.moment.not_before(recorded_at))


def act_of(desk: Desk, connection: Connection, programme: Programme, asking: Asking) -> Act:
    """What is asked, as an act; one that is told late needs the right to backdate, and a reason. Raises Refused."""
    moment = desk.moment(programme, _occurred(asking))
    if moment.is_in_the_future:
        raise refused("moment.in_the_future", "what is told has happened already", day=moment.occurred_on)
    if moment.is_backdated:
        require(can(asking.actor, "moment.backdate"))
        if not asking.backdate_reason:
            raise refused("moment.backdate_reason", "a thing told late says why it is told late")
    return Act(desk, connection, asking.actor, moment)


def _occurred(asking: Asking) -> str | None:
    try:
        return instant(datetime.fromisoformat(asking.occurred_at)) if asking.occurred_at else None
    except (ValueError, OverflowError) as error:
        raise refused("moment.malformed", "an instant with its offset, like 2026-11-23T09:15:00Z") from error
