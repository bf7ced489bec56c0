# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Working days: a day counts only if it is a working day for every country that must act.

The days off of each country are part of the published programme, worked out once from the `holidays` library when it was
published: a later edition of the library never moves a day that was given, and no decision ever waits for it to load.
Source: docs/methodology.md#clocks.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 2005, 2045
_SATURDAY = 5

DaysOff = Mapping[str, Mapping[str, str]]
"""Country → year → `0101 0501 …`, the months and days off of that year."""


class Calendar:
    """The working days of a programme's countries. Outside the years it covers only weekends are off."""

    def __init__(self, days_off: DaysOff) -> None:
        self._days_off = days_off
        self._of_year = lru_cache(maxsize=512)(self._working_days)
        self.after = lru_cache(maxsize=4096)(self._after)

    def _working_days(self, countries: tuple[str, ...], year: int) -> tuple[date, ...]:
        off = {day for country in countries for day in self._days_off.get(country, {}).get(str(year), "").split()}
        first = date(year, 1, 1)
        every = (first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days))
        return tuple(day for day in every if day.weekday() < _SATURDAY and f"{day:%m%d}" not in off)

    def _after(self, start: str, days: int, countries: tuple[str, ...]) -> str:
        """The day `days` working days after `start`, the start being day 0; ISO texts in and out."""
        first = date.fromisoformat(start)
        left, year = days, first.year
        while True:
            ahead = [day for day in self._of_year(countries, year) if day > first]
            if left <= len(ahead):
                return (ahead[left - 1] if left else first).isoformat()
            left, year = left - len(ahead), year + 1

    def between(self, since: str, until: str, countries: tuple[str, ...]) -> int:
        """How many working days lie after one day, up to and with another; ISO texts."""
        first, last = date.fromisoformat(since), date.fromisoformat(until)
        years = range(first.year, last.year + 1)
        return sum(first < day <= last for year in years for day in self._of_year(countries, year))


def days_off(countries: Iterable[str]) -> dict[str, dict[str, str]]:
    """The public holidays of countries over the years a programme covers; none for a country the library does not know."""
    import holidays  # late: half a second that only publishing pays

    found: dict[str, dict[str, str]] = {}
    for country in countries:
        try:
            known = holidays.country_holidays(country, years=range(FIRST_YEAR, LAST_YEAR + 1))
        except NotImplementedError:
            continue
        years: dict[str, list[str]] = {}
        for day in sorted(known):
            years.setdefault(str(day.year), []).append(f"{day:%m%d}")
        found[country] = {year: " ".join(days) for year, days in years.items()}
    return found
