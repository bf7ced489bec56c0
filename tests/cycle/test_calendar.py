# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Working days: joint calendars of the countries that must act, pinned in the programme."""

import subprocess
import sys
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.calendar import Calendar
from tests.cycle.play import programme


def test_a_day_counts_only_if_it_is_a_working_day_for_everybody_who_must_act() -> None:
    calendar = programme().calendar

    assert calendar.after("2026-09-04", 1, ("PE",)) == "2026-09-07"
    assert calendar.after("2026-09-04", 1, ("BR", "PE")) == "2026-09-08"  # 7 September is Brasil's own


def test_the_day_of_entry_is_day_zero() -> None:
    assert programme().calendar.after("2026-03-02", 0, ("PE",)) == "2026-03-02"


def test_a_term_runs_over_the_year_s_end() -> None:
    assert programme().calendar.after("2026-12-31", 1, ("BR",)) == "2027-01-04"


def test_a_country_without_known_holidays_has_its_weekends() -> None:
    assert Calendar({}).after("2026-03-06", 1, ("XX",)) == "2026-03-09"


def test_deciding_never_loads_the_library_of_holidays() -> None:
    code = "import cycle.decide, sys; sys.exit('holidays' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=100)
@given(st.dates(date(2010, 1, 1), date(2040, 1, 1)), st.integers(1, 300))
def test_between_undoes_after(start: date, days: int) -> None:
    calendar, first = programme().calendar, start.isoformat()
    due_on = calendar.after(first, days, ("BR", "PE"))

    assert calendar.between(first, due_on, ("BR", "PE")) == days
    before = (date.fromisoformat(due_on) - timedelta(days=1)).isoformat()
    assert calendar.between(first, before, ("BR", "PE")) == days - 1
