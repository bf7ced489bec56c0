"""Working days: a day counts only if it is a working day for every country that must act.

Public holidays come from the `holidays` library and become part of the event that relied on them (its `due_on`), so a
later edition of the library never moves a day that was given. Source: docs/methodology.md#clocks.
"""

from datetime import date, timedelta
from functools import lru_cache

_WEEKEND = 5


@lru_cache(maxsize=1024)
def _days_off(country: str, year: int) -> frozenset[date]:
    import holidays  # late: a fifth of a second that commands without deadlines need not pay

    if country not in holidays.list_supported_countries():
        return frozenset()
    return frozenset(holidays.country_holidays(country, years=year))


@lru_cache(maxsize=256)
def _working_days(countries: tuple[str, ...], year: int) -> tuple[date, ...]:
    off = frozenset().union(*(_days_off(country, year) for country in countries))
    every = (date(year, 1, 1) + timedelta(n) for n in range(366))
    return tuple(d for d in every if d.year == year and d.weekday() < _WEEKEND and d not in off)


@lru_cache(maxsize=4096)
def add_working_days(start: str, days: int, countries: tuple[str, ...]) -> str:
    """The day `days` working days after `start`, the start being day 0; ISO texts in and out."""
    first = date.fromisoformat(start)
    left, year = days, first.year
    while True:
        ahead = [d for d in _working_days(countries, year) if d > first]
        if left <= len(ahead):
            return (ahead[left - 1] if left else first).isoformat()
        left, year = left - len(ahead), year + 1
