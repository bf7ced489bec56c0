# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The board as a page: where every cooperation stands, today or on a past day, what is overdue, what moved last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Header
from fastapi.responses import HTMLResponse

from api.asking import AnySession, OpenDesk, Visitor
from api.pages.exchange import EIGHT, address_of
from api.pages.frame import Who, spoken, who_of
from api.pages.rendering import rendered
from api.pages.waiting import Waiting, waiting_for
from api.pages.wheel import Sector, sectors
from api.pages.words import LANGUAGES, WORDS, day_in_words, figure, is_one
from api.policies import acts
from cycle.programme import Programme
from observatory.errors import CountryUnknown, DayInTheFuture, NotShown
from observatory.exchanges import Line
from observatory.front import Front, see_front
from people.actors import Actor
from services.desk import Desk

router = APIRouter(include_in_schema=False)
_BAR = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as it was typed."""

    lang: str | None = None
    as_of: str | None = None
    known_on: str | None = None
    country: str | None = None
    programme: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Another view of this page."""

    label: str
    href: str
    current: bool
    lang: str = ""


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage in the table: its number in the cycle (none for draft and closed), how many, how long its bar is."""

    number: int | None
    stage: str
    label: str
    count: int
    bar: str


@dataclass(frozen=True, slots=True)
class Row:
    """An exchange in a table of the page."""

    name: str
    title: str
    href: str
    parties: str
    number: int | None
    stage: str
    label: str
    days: int
    due_on: str | None
    due: str
    overdue: bool
    specimen: bool


@dataclass(frozen=True, slots=True)
class BoardPage:
    """All that the template `board.html.j2` tells."""

    lang: str
    words: Mapping[str, str]
    who: Who
    region: str
    stood: str
    noun: str
    total: int
    asked: Asked
    today: str
    is_today: bool
    error: str | None
    demonstration: bool
    apart: str | None
    wheel: tuple[Sector, ...]
    stages: tuple[StageRow, ...]
    lifecycles: tuple[tuple[str, str, int], ...]
    countries: tuple[tuple[str, str], ...]
    languages: tuple[Link, ...]
    programmes: tuple[Link, ...]
    closed: str | None
    overdue: tuple[Row, ...]
    moved: tuple[Row, ...]
    waiting: tuple[Waiting, ...]


class DayMalformed(NotShown):
    """No day of the calendar."""

    code = "day.malformed"


@router.api_route("/", methods=["GET", "HEAD"], response_class=HTMLResponse, **acts("board.read"))
def board(
    desk: OpenDesk,
    session: AnySession,
    reader: Visitor,
    lang: str | None = None,
    as_of: str | None = None,
    known_on: str | None = None,
    country: str | None = None,
    programme: str | None = None,
    accept_language: Annotated[str | None, Header()] = None,
) -> HTMLResponse:
    """The board."""
    asked = Asked(lang or None, as_of or None, known_on or None, (country or "").upper() or None, programme or None)
    language = spoken(session, lang, accept_language)
    who = who_of(session, language)
    waiting = waiting_for(desk, session, language)
    try:
        return rendered("board.html.j2", _page(_front(desk, reader, asked), asked, language, who, waiting))
    except (DayInTheFuture, DayMalformed, CountryUnknown) as error:
        plain = Asked(asked.lang, programme=asked.programme)
        return rendered("board.html.j2", _page(_front(desk, reader, plain), asked, language, who, waiting, error), 422)


def _front(desk: Desk, reader: Actor, asked: Asked) -> Front:
    days = {"as_of": _day(asked.as_of), "known_on": _day(asked.known_on)}
    return see_front(desk, reader, programme=asked.programme, country=asked.country, **days)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise DayMalformed(f"{text} is no day") from error


def _page(
    front: Front, asked: Asked, language: str, who: Who, waiting: tuple[Waiting, ...], error: NotShown | None = None
) -> BoardPage:
    words = WORDS[language]
    seen = front.board
    own = next((each for each in front.programmes if each.slug == asked.programme), front.programmes[0])
    labels = {stage: own.text(said["labels"], language) for stage, said in own.document["stages"].items()}
    days = {"as_of": day_in_words(seen.as_of, language), "known_on": day_in_words(seen.known_on, language)}
    apart = seen.specimens.total if not front.demonstration else 0
    return BoardPage(
        lang=language,
        words=words,
        who=who,
        region=own.text(own.document["title"], language) if asked.programme or len(front.programmes) == 1 else "",
        stood=words["stood"].format(**days),
        noun=words["exchange_one" if is_one(seen.total, language) else "exchanges"],
        total=seen.total,
        asked=asked,
        today=front.today,
        is_today=seen.as_of == seen.known_on == front.today,
        error=_told(error, words),
        demonstration=front.demonstration,
        apart=words["apart_one" if apart == 1 else "apart"].format(n=figure(apart, language)) if apart else None,
        wheel=sectors(tuple((stage, labels[stage], seen.stages[stage]) for stage in EIGHT)),
        stages=_stage_rows(seen.stages, labels),
        lifecycles=tuple((name, _lifecycle(name, n, words), n) for name, n in seen.lifecycles.items() if n),
        countries=_countries(front.programmes, language),
        languages=tuple(
            Link(name, _address(asked, lang=code), code == language, code) for code, name in LANGUAGES.items()
        ),
        programmes=_programme_links(front.programmes, asked, language, words),
        closed=None if front.lists else words["lists_closed" if who.signed_in else "lists_sign_in"],
        overdue=tuple(_row(each, labels, language) for each in front.lists.overdue) if front.lists else (),
        moved=tuple(_row(each, labels, language) for each in front.lists.moved) if front.lists else (),
        waiting=waiting,
    )


def _told(error: NotShown | None, words: Mapping[str, str]) -> str | None:
    named = {"day.in_the_future": "future_day", "day.malformed": "wrong_day", "country.unknown": "wrong_country"}
    return words[named[error.code]] if error else None


def _stage_rows(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[StageRow, ...]:
    widest = max(1, *counts.values())
    return tuple(
        StageRow(_number(stage), stage, labels[stage], n, f"{_BAR * n / widest:.1f}") for stage, n in counts.items()
    )


def _lifecycle(name: str, n: int, words: Mapping[str, str]) -> str:
    """`1 suspendido`, `2 suspendidos`."""
    return words[f"{name}_one" if n == 1 else name]


def _number(stage: str) -> int | None:
    return EIGHT.index(stage) + 1 if stage in EIGHT else None


def _standing(line: Line, labels: Mapping[str, str], language: str) -> str:
    """The stage; and of what does not go on, that it is suspended or has ended otherwise."""
    plain = line.lifecycle in ("active", "completed")
    return labels[line.stage] if plain else f"{labels[line.stage]} · {_lifecycle(line.lifecycle, 1, WORDS[language])}"


def _row(line: Line, labels: Mapping[str, str], language: str) -> Row:
    return Row(
        name=line.reference or "—",
        title=line.title,
        href=address_of(line.exchange, line.reference, language),
        parties=" · ".join(party.party for party in line.parties),
        number=_number(line.stage),
        stage=line.stage,
        label=_standing(line, labels, language),
        days=line.days_in_stage,
        due_on=line.due_on,
        due=day_in_words(line.due_on, language) if line.due_on else "—",
        overdue=line.overdue,
        specimen=line.specimen,
    )


def _countries(programmes: tuple[Programme, ...], language: str) -> tuple[tuple[str, str], ...]:
    named = {
        country["code"]: programme.text(country["names"], language)
        for programme in programmes
        for country in programme.document["countries"]
    }
    return tuple(sorted(named.items(), key=lambda pair: pair[1].casefold()))


def _programme_links(
    programmes: tuple[Programme, ...], asked: Asked, language: str, words: Mapping[str, str]
) -> tuple[Link, ...]:
    """One link per programme; none where there is only one."""
    if len(programmes) == 1:
        return ()
    every = Link(words["all"], _address(asked, programme=None), asked.programme is None)
    each = (
        Link(p.text(p.document["title"], language), _address(asked, programme=p.slug), asked.programme == p.slug)
        for p in programmes
    )
    return (every, *each)


def _address(asked: Asked, **changes: str | None) -> str:
    kept = {name: getattr(asked, name) for name in Asked.__slots__} | changes
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"/?{query}" if query else "/"
