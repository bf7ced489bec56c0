# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The two times of everything that is told: when it happened, and when Minga heard of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """When a thing happened and when it was told, as instant texts (UTC, milliseconds, `…Z`).

    Requirements and clocks judge `occurred_on`, the day of `occurred_at` in the programme's time zone; order and audit
    use the place in the stream.
    """

    occurred_at: str
    recorded_at: str
    occurred_on: str

    @classmethod
    def of(cls, occurred_at: str, recorded_at: str, timezone: str) -> "Moment":
        """The moment of a thing told at `recorded_at` that happened at `occurred_at`."""
        return cls(occurred_at, recorded_at, day_in(occurred_at, timezone))

    def not_before(self, instant: str) -> "Moment":
        """The same, recorded no earlier than `instant`: the machine's clock may be put back, the ledger's never is."""
        return self if self.recorded_at >= instant else replace(self, recorded_at=instant)

    @property
    def tomorrow(self) -> str:
        """The day after it happened: where a teller lives it may be that day already."""
        return (date.fromisoformat(self.occurred_on) + timedelta(days=1)).isoformat()

    @property
    def is_in_the_future(self) -> bool:
        return self.occurred_at > self.recorded_at

    @property
    def is_backdated(self) -> bool:
        return self.occurred_at < self.recorded_at


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=256)
def day_in(instant: str, timezone: str) -> str:
    """The local day of an instant, ISO text."""
    return datetime.fromisoformat(instant).astimezone(_zone(timezone)).date().isoformat()
