# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Flow: what an event adds and takes away where exchanges are counted, by day, stage, lifecycle and country.

`country = "*"` counts each exchange once; a country's own row counts it once per member country. Sums of these deltas up to
a day are the board of that day.
"""

from typing import NamedTuple

from cycle.events import PLACING, Told
from cycle.moment import day_in
from cycle.standing import Standing

EVERYWHERE = "*"


class Delta(NamedTuple):
    """One exchange more (+1) or fewer (-1) somewhere, from a day on. Days are the programme's own."""

    happened_on: str
    stage: str
    lifecycle: str
    country: str
    delta: int


def happened_on(event: Told, timezone: str) -> str:
    """The day an event belongs to: an imported one says its own, since a register knows days and no instants."""
    said: str | None = event.payload.get("on") if event.type in PLACING else None
    return said or day_in(event.occurred_at, timezone)


def _places(standing: Standing | None) -> list[tuple[str, str, str]]:
    """Where an exchange is counted, in order."""
    if standing is None or not standing.is_placed:
        return []
    stage, lifecycle = standing.stage, standing.lifecycle
    return [(stage, lifecycle, country) for country in (EVERYWHERE, *standing.members(kind="country"))]


def deltas(before: Standing | None, after: Standing, happened_on: str) -> tuple[Delta, ...]:
    """What changed in the counts when an exchange went from one standing to the next on a day."""
    if before is not None and _same_place(before, after):
        return ()
    left, taken = _places(before), _places(after)
    gone = [Delta(happened_on, *place, -1) for place in left if place not in taken]
    come = [Delta(happened_on, *place, +1) for place in taken if place not in left]
    return (*gone, *come)


def _same_place(before: Standing, after: Standing) -> bool:
    return (
        before.stage == after.stage
        and before.lifecycle == after.lifecycle
        and before.parties is after.parties
        and before.is_placed == after.is_placed
    )
