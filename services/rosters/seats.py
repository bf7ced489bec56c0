# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Seats: vacated or contested with a reason, confirmed. A seat is filled by a role granted (`services.rosters.roles`)."""

from collections.abc import Callable

from sqlalchemy import Connection

from people import roster_seats as rules
from people.roster import Roster, Seat
from people.roster_rules import Decision
from services.asking import Answer, Asking
from services.desk import Desk
from services.rosters.tending import of_party, tend, unknown


def vacate_seat(desk: Desk, asking: Asking, party: str, bench: str, reason: str, *, note: str | None = None) -> Answer:
    """The seat stands empty; its holder's role and what was lent of it end."""

    def decide(roster: Roster, seat: Seat, day: str) -> Decision:
        return rules.vacate(roster, seat, reason, day, note)

    return _tend_seat(desk, asking, "seat.vacate", party, bench, {"reason": reason, "note": note}, decide)


def contest_seat(desk: Desk, asking: Asking, party: str, bench: str, reason: str, *, note: str | None = None) -> Answer:
    """Who sits is disputed: nobody speaks from the seat meanwhile."""

    def decide(_: Roster, seat: Seat, day: str) -> Decision:
        return rules.contest(seat, reason, day, note)

    return _tend_seat(desk, asking, "seat.contest", party, bench, {"reason": reason, "note": note}, decide)


def confirm_seat(desk: Desk, asking: Asking, party: str, bench: str) -> Answer:
    """The holder of a contested seat, or of one to be confirmed, stays."""

    def decide(_: Roster, seat: Seat, day: str) -> Decision:
        return rules.confirm(seat, asking.actor, day)

    return _tend_seat(desk, asking, "seat.confirm", party, bench, {}, decide)


def _tend_seat(
    desk: Desk,
    asking: Asking,
    action: str,
    party: str,
    bench: str,
    says: dict[str, str | None],
    decide: Callable[[Roster, Seat, str], Decision],
) -> Answer:
    def of_seat(_: Connection, roster: Roster, day: str) -> Decision:
        if bench not in roster.seats:
            raise unknown(bench)
        return decide(roster, roster.seats[bench], day)

    def tell(after: Roster) -> dict[str, object]:
        return {"bench": bench, "status": after.seats[bench].status}

    what = {"party": party, "bench": bench, **says}
    return tend(desk, asking, action, what, of_party(party, bench=bench), of_seat, tell)
