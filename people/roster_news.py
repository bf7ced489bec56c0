# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What of a roster's happenings is told to whom by letter: a role lost, a seat nobody speaks from, a role from outside.

Two officers could else end the roles of a country's focal points and grant others, and the country would not hear of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cycle.events import Happening
from people import roster as r
from people.actors import Role
from people.roster import Granted, Roster
from people.roster_rules import Second, tenders

ROLE_ENDED = "role_ended"
SEAT_CONTESTED = "seat_contested"
SEAT_TO_BE_CONFIRMED = "seat_to_be_confirmed"
GRANTED_BY_SECRETARIAT = "granted_by_secretariat"
_OF_A_SEAT = {r.SEAT_CONTESTED: SEAT_CONTESTED, r.SEAT_TO_BE_CONFIRMED: SEAT_TO_BE_CONFIRMED}


@dataclass(frozen=True, slots=True)
class News:
    """One change of who acts for a party. `what`: one of the codes above."""

    what: str
    person: str
    role: str
    bench: str | None

    @property
    def is_a_loss(self) -> bool:
        return self.what != GRANTED_BY_SECRETARIAT


def news_of(before: Roster, happenings: Iterable[Happening]) -> tuple[News, ...]:
    """What is to be told of some happenings, `before` being the roster they change; a seat goes with its role."""
    found = (_news(before, happening) for happening in happenings)
    return tuple(one for one in found if one is not None)


def told_of(news: Iterable[News], after: Roster, day: str) -> frozenset[str]:
    """Who gets a letter: whoever lost something, and the others who tend the roster, else all who act for the party."""
    told = tuple(news)
    if not told:
        return frozenset()
    gained = {one.person for one in told if not one.is_a_loss}
    others = tenders(after, day) - gained or _acting(after, day) - gained
    return others | {one.person for one in told if one.is_a_loss}


def _news(before: Roster, happening: Happening) -> News | None:
    said = happening.payload
    if happening.type in _OF_A_SEAT:
        seat = before.seats[said["bench"]]
        what = _OF_A_SEAT[happening.type]
        return News(what, seat.person, Role.BENCH_DELEGATE.value, seat.bench) if seat.person else None
    known = before.roles.get(str(said.get("id")))
    if known is None:
        return None
    if happening.type == r.ROLE_ENDED and known.status == Granted.GRANTED:
        return News(ROLE_ENDED, known.person, known.role, known.bench)
    if happening.type == r.ROLE_GRANTED and said["second"] == Second.SECRETARIAT:
        return News(GRANTED_BY_SECRETARIAT, known.person, known.role, known.bench)
    return None


def _acting(roster: Roster, day: str) -> frozenset[str]:
    return frozenset(one.person for one in roster.roles.values() if one.holds_on(day))
