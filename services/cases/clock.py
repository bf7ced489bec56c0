# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The case's clock: it shows the instant of the step that is being walked, and never moves by itself."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.cases.format import Step

MORNING = time(9)
TICK = timedelta(milliseconds=1)


class CaseClock:
    """A clock that somebody sets."""

    def __init__(self) -> None:
        self._shows = datetime.fromtimestamp(0, UTC)

    def set(self, to: datetime) -> None:
        self._shows = to

    def __call__(self) -> datetime:
        return self._shows

    def milliseconds(self) -> int:
        """Since 1970, for identifiers."""
        return round(self._shows.timestamp() * 1000)


def instants_of(steps: Sequence[Step], timezone: str) -> tuple[datetime, ...]:
    """When each step happens: at its own local time or from 09:00 on, always a millisecond after the step before it."""
    zone, instants = ZoneInfo(timezone), list[datetime]()
    for step in steps:
        wished = datetime.combine(step.on, step.at or MORNING, zone).astimezone(UTC)
        instants.append(max(wished, instants[-1] + TICK) if instants else wished)
    return tuple(instants)
