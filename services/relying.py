# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a word relied on, copied into its event: how the seat stood it was given from, and the delegation it was given by.

A decision reads one stream; a seat may be vacated an hour later in another, and the word must still say what it stood on.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from cycle.events import Happening
from people.actors import Actor
from people.roster import Roster
from services.accounts import giver_of
from storage import rosters

FROM_A_SEAT = frozenset({"endorsement", "reply"})


def relied_on(connection: Connection, actor: Actor, kind: str, told: Sequence[Happening]) -> tuple[Happening, ...]:
    """What is told, its first event with the seat and the delegation it relied on; a party without a roster has none."""
    first, *others = told
    party = first.payload.get("party") if kind in FROM_A_SEAT else actor.party
    if not party or (kind not in FROM_A_SEAT and giver_of(actor) is None):
        return tuple(told)
    standing = rosters.of_party(connection, party)
    if standing is None:
        return tuple(told)
    more = _seat(standing, kind, first.payload.get("bench")) | _delegation(standing, actor)
    return (replace(first, payload={**first.payload, **more}), *others)


def _seat(roster: Roster, kind: str, bench: Any) -> dict[str, Any]:
    seat = roster.seats.get(bench) if kind in FROM_A_SEAT else None
    if seat is None:
        return {}
    reason = {"reason": seat.reason} if seat.reason else {}
    return {"seat": {"status": seat.status, **reason, "event": seat.seq}}


def _delegation(roster: Roster, actor: Actor) -> dict[str, Any]:
    """The latest open delegation by which the actor stands in; that one is in force was asked before."""
    giver = giver_of(actor)
    lent = [
        one
        for one in roster.delegations.values()
        if (one.giver, one.delegate, one.role, one.bench) == (giver, actor.person, actor.role, actor.bench)
        and one.ended_at is None
    ]
    return {"delegation": max(lent, key=lambda one: one.seq).id} if lent else {}
