# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding how a seat stands: vacant or contested, each with a reason, or confirmed. It is filled by a role granted."""

from cycle.events import Happening
from cycle.refusals import Missing
from people import roster as r
from people.actors import Actor
from people.roster import Granted, Roster, Seat, Seated
from people.roster_rules import (
    CONTESTED_BECAUSE,
    VACANT_BECAUSE,
    Decision,
    bad_note,
    bad_word,
    noted,
    refuse,
)


def vacate(roster: Roster, seat: Seat, reason: str, day: str, note: str | None = None) -> Decision:
    """The seat stands empty, and says why; its holder's role ends."""
    wrong = [*bad_word(reason, VACANT_BECAUSE, "the reason"), *bad_note(note)]
    if seat.status == Seated.VACANT:
        wrong.append(Missing("seat.vacant_already", "a seat that somebody holds"))
    ended = [
        Happening(r.ROLE_ENDED, {"id": one.id, "reason": "left"})
        for one in roster.roles.values()
        if one.bench == seat.bench and one.status == Granted.GRANTED
    ]
    lent = [
        Happening(r.DELEGATION_ENDED, {"id": one.id, "reason": "role_ended"})
        for one in roster.delegations.values()
        if one.bench == seat.bench and one.ended_at is None
    ]
    return refuse(wrong) or (*ended, *lent, noted(r.SEAT_VACATED, _said(seat, reason, day), note))


def contest(seat: Seat, reason: str, day: str, note: str | None = None) -> Decision:
    """Who sits is disputed: nobody speaks from the seat until it is confirmed, filled anew or vacated."""
    wrong = [*bad_word(reason, CONTESTED_BECAUSE, "the reason"), *bad_note(note)]
    if seat.status == Seated.CONTESTED:
        wrong.append(Missing("seat.contested_already", "a seat that is not contested yet"))
    return refuse(wrong) or (noted(r.SEAT_CONTESTED, _said(seat, reason, day), note),)


def confirm(seat: Seat, by: Actor, day: str) -> Decision:
    """The holder of a contested seat, or of one to be confirmed, stays. A focal point who is not the holder says so.

    No officer does: one of them would decide alone who speaks for a bench. Where the country has nobody else, the seat is
    vacated and filled anew, which takes two.
    """
    wrong = []
    if seat.status not in (Seated.CONTESTED, Seated.TO_BE_CONFIRMED) or seat.person is None:
        wrong.append(Missing("seat.nothing_to_confirm", "a seat with a holder, contested or to be confirmed"))
    elif seat.person == by.person:
        wrong.append(Missing("seat.confirmed_by_another", "somebody else than its holder confirms a seat"))
    told = {"bench": seat.bench, "person": seat.person, "confirmed_by": by.person, "on": day}
    return refuse(wrong) or (Happening(r.SEAT_CONFIRMED, told),)


def _said(seat: Seat, reason: str, day: str) -> dict[str, str]:
    return {"bench": seat.bench, "reason": reason, "on": day}
