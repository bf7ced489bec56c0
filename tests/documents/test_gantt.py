# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The roadmap's calendar puts each bar where its days are."""

from dataclasses import replace
from datetime import date

from documents.facts import RoadmapFacts
from documents.gantt import calendar_of
from documents.words import words_in
from tests.documents.samples import ROADMAP

ENGLISH = words_in("en")


def roadmap(*spans: tuple[date, date]) -> RoadmapFacts:
    measures = tuple(replace(ROADMAP.measures[0], starts_on=first, ends_on=last) for first, last in spans)
    return replace(ROADMAP, measures=measures, milestones=())


def test_a_measure_of_a_whole_year_fills_the_calendar() -> None:
    calendar = calendar_of(roadmap((date(2026, 1, 1), date(2026, 12, 31))), ENGLISH)

    assert (calendar.bars[0].span.left, calendar.bars[0].span.width) == ("0.00%", "100.00%")
    assert [period.label for period in calendar.periods][:2] == ["Jan 26", "Feb 26"]


def test_a_measure_of_one_day_has_the_width_of_a_day() -> None:
    calendar = calendar_of(roadmap((date(2026, 4, 30), date(2026, 4, 30))), ENGLISH)

    assert (calendar.bars[0].span.left, calendar.bars[0].span.width) == ("96.67%", "3.33%")


def test_a_long_calendar_is_divided_by_quarters_and_a_longer_one_by_years() -> None:
    two_years = calendar_of(roadmap((date(2026, 2, 1), date(2027, 12, 31))), ENGLISH)
    five_years = calendar_of(roadmap((date(2026, 2, 1), date(2030, 12, 31))), ENGLISH)

    assert [period.label for period in two_years.periods][:3] == ["Feb 26", "Apr 26", "Jul 26"]
    assert [period.label for period in five_years.periods] == ["2026", "2027", "2028", "2029", "2030"]


def test_a_roadmap_without_measures_has_an_empty_calendar() -> None:
    assert calendar_of(roadmap(), ENGLISH).periods == ()
