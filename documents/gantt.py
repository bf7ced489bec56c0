# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The roadmap's calendar: where each bar and milestone stands between the first day and the last, in percent."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from documents.facts import Measure, Milestone, RoadmapFacts, Text
from documents.words import Words

MONTHS_SHOWN_ONE_BY_ONE = 14
MONTHS_SHOWN_BY_QUARTER = 42


@dataclass(frozen=True)
class Span:
    """A piece of the calendar: its words, where it begins and how long it is, in percent of the whole."""

    label: str
    left: str
    width: str


@dataclass(frozen=True)
class Bar:
    """One measure on the calendar."""

    code: str
    title: Text
    progress: str
    span: Span


@dataclass(frozen=True)
class Mark:
    """One milestone on the calendar."""

    code: str
    title: Text
    left: str
    label: str


@dataclass(frozen=True)
class Calendar:
    """The whole drawing."""

    periods: tuple[Span, ...]
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


def calendar_of(facts: RoadmapFacts, words: Words) -> Calendar:
    """The calendar from the first month of the first measure to the last month of the last."""
    days = [day for measure in facts.measures for day in (measure.starts_on, measure.ends_on)]
    days += [milestone.on for milestone in facts.milestones]
    if not days:
        return Calendar(periods=(), bars=(), marks=())
    first = min(days).replace(day=1)
    last = _month_end(max(days))
    return Calendar(
        periods=_periods(first, last, words),
        bars=tuple(_bar(measure, first, last, words) for measure in facts.measures),
        marks=tuple(_mark(milestone, first, last, words) for milestone in facts.milestones),
    )


def _month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _percent(part: timedelta, whole: timedelta) -> str:
    return f"{100 * part / whole:.2f}%"


def _span(label: str, start: date, end: date, first: date, last: date) -> Span:
    """Both days are inside the span, so a one-day measure still has a day's width."""
    whole = last - first + timedelta(days=1)
    width = end - start + timedelta(days=1)
    return Span(label, _percent(start - first, whole), _percent(width, whole))


def _bar(measure: Measure, first: date, last: date, words: Words) -> Bar:
    label = f"{words.short_day(measure.starts_on)} – {words.short_day(measure.ends_on)}"
    span = _span(label, measure.starts_on, measure.ends_on, first, last)
    return Bar(code=measure.code, title=measure.title, progress=measure.progress, span=span)


def _mark(milestone: Milestone, first: date, last: date, words: Words) -> Mark:
    span = _span("", milestone.on, milestone.on, first, last)
    label = words.short_day(milestone.on)
    return Mark(code=milestone.code, title=milestone.title, left=span.left, label=label)


def _periods(first: date, last: date, words: Words) -> tuple[Span, ...]:
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 1 if months <= MONTHS_SHOWN_ONE_BY_ONE else 3 if months <= MONTHS_SHOWN_BY_QUARTER else 12
    spans: list[Span] = []
    start = first
    while start <= last:
        end = min(_period_end(start, step), last)
        spans.append(_span(_period_label(start, step, words), start, end, first, last))
        start = end + timedelta(days=1)
    return tuple(spans)


def _period_end(start: date, step: int) -> date:
    """The last day of the month, quarter or year in which the day falls."""
    closing = (start.month - 1) // step * step + step
    return _month_end(start.replace(month=closing, day=1))


def _period_label(start: date, step: int, words: Words) -> str:
    if step == 12:
        return str(start.year)
    month = words.short_month(start.month)
    return f"{month} {start.year % 100:02}"
