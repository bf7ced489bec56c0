# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The board: how many exchanges stand in each stage, today or on any past day, as known then or now.

Figures are sums of the flow; no exchange is read. Real exchanges make the total, specimens are counted apart.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from cycle.countries import alpha_3
from cycle.moment import day_in
from cycle.words import Lifecycle, Stage
from observatory.errors import CountryUnknown, DayInTheFuture, NotFound
from people.actors import Actor
from people.policy import can
from people.resources import of_parties
from storage import flow
from storage.tables import programmes


@dataclass(frozen=True, slots=True)
class Count:
    """How many, in all and by stage; every stage is named, also the empty ones."""

    total: int
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Board:
    """Where exchanges stood at the end of `as_of`, by what was recorded up to `known_on`.

    total, stages, lifecycles: real exchanges, and specimens too where they were asked for · specimens: those alone
    """

    total: int
    stages: Mapping[str, int]
    lifecycles: Mapping[str, int]
    as_of: str
    known_on: str
    country: str | None
    specimens: Count


@dataclass(frozen=True, slots=True)
class Days:
    """Up to which day it happened, and up to which day it was known."""

    as_of: str
    known_on: str


@dataclass(frozen=True, slots=True)
class _Region:
    slug: str
    timezone: str
    countries: frozenset[str]
    names: Mapping[str, str]


def board(
    connection: Connection,
    programme: str | None,
    as_of: date | None = None,
    known_on: date | None = None,
    *,
    now: str,
    specimens: bool = False,
    country: str | None = None,
    reader: Actor | None = None,
) -> Board:
    """The board of one programme, or of all. `now` tells which day is today, in each programme's own time zone.

    reader: who asks; drafts are counted for those alone who may know of them, and for None, which is the house itself
    Raises DayInTheFuture, CountryUnknown, NotFound.
    """
    regions = _regions(connection, programme)
    days = days_asked(_today(regions, now), as_of, known_on)
    if country is not None and not any(country in region.countries for region in regions):
        raise _unknown(regions, country)
    real, other = (_counted(connection, regions, days, country, specimen) for specimen in (0, 1))
    if not _counts_drafts(reader, country):
        real, other = _without_drafts(real), _without_drafts(other)
    counted = real + other if specimens else real
    stages = _by_stage(counted)
    lifecycles = {life.value: sum(n for (_, one), n in counted.items() if one == life) for life in Lifecycle}
    apart = _by_stage(other)
    total = Count(sum(apart.values()), apart)
    return Board(sum(stages.values()), stages, lifecycles, days.as_of, days.known_on, country, total)


def require_known(connection: Connection, programme: str | None, party: str | None) -> None:
    """Goes on for a member country of the programme, or of any, and for what may be a partner. Raises CountryUnknown."""
    if party is None:
        return
    regions = _regions(connection, programme)
    is_stranger = len(party) == 2 and party.isupper() and not any(party in region.countries for region in regions)
    if is_stranger or _meant(regions, party):
        raise _unknown(regions, party)


def _meant(regions: tuple[_Region, ...], party: str) -> str | None:
    """The code of the member country of which this is a name, or the code of three letters."""
    coded = alpha_3().get(party.upper()) if len(party) == 3 else None
    called = (region.names.get(party.casefold()) for region in regions)
    return next(filter(None, called), coded if any(coded in region.countries for region in regions) else None)


def _unknown(regions: tuple[_Region, ...], country: str) -> CountryUnknown:
    meant = _meant(regions, country)
    text = f"a country by its code: {country} is {meant}" if meant else f"{country} is no member country"
    return CountryUnknown(text, country=country)


def today_in(connection: Connection, programme: str | None, now: str) -> str:
    """Which day it is in a programme; the latest of all where none is named. Raises NotFound."""
    return _today(_regions(connection, programme), now)


def _today(regions: tuple[_Region, ...], now: str) -> str:
    return max(day_in(now, region.timezone) for region in regions)


def days_asked(today: str, as_of: date | None, known_on: date | None) -> Days:
    """The days asked for, by default today. Raises DayInTheFuture."""
    days = Days(*(day.isoformat() if day else today for day in (as_of, known_on)))
    for day in (days.as_of, days.known_on):
        if day > today:
            raise DayInTheFuture(f"{day} has not come yet; today is {today}", day=day, today=today)
    return days


def _counted(
    connection: Connection, regions: tuple[_Region, ...], days: Days, country: str | None, specimen: int
) -> Counter[tuple[str, str]]:
    sums: Counter[tuple[str, str]] = Counter()
    for region in regions:
        where = country or flow.EVERYWHERE
        for found in flow.totals(connection, region.slug, days.as_of, days.known_on, where, specimen):
            sums[found.stage, found.lifecycle] += found.n
    return sums


def _counts_drafts(reader: Actor | None, country: str | None) -> bool:
    """Whether a reader may know of every draft that is counted: who reads all, and a country of its own."""
    if reader is None or can(reader, "board.details").allowed:
        return True
    return country is not None and can(reader, "exchange.read", of_parties("exchange", (country,))).allowed


def _without_drafts(counted: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    return Counter({place: n for place, n in counted.items() if place[0] != Stage.DRAFT})


def _by_stage(counted: Counter[tuple[str, str]]) -> dict[str, int]:
    return {stage.value: sum(n for (one, _), n in counted.items() if one == stage) for stage in Stage}


def _regions(connection: Connection, programme: str | None) -> tuple[_Region, ...]:
    """The newest version of the programme, or of each. Raises NotFound."""
    query = select(programmes.c.slug, programmes.c.version, programmes.c.hash).order_by(
        programmes.c.slug, programmes.c.version
    )
    if programme is not None:
        query = query.where(programmes.c.slug == programme)
    newest = {row.slug: row for row in connection.execute(query)}
    if not newest:
        raise NotFound(f"no published programme {programme or ''}".rstrip(), programme=programme)
    return tuple(_known(row.hash) or _learnt(connection, row.slug, row.version, row.hash) for row in newest.values())


# A published version never changes, and its hash names it in whatever database it lies.
_regions_by_hash: dict[str, _Region] = {}


def _known(digest: str) -> _Region | None:
    return _regions_by_hash.get(digest)


def _learnt(connection: Connection, slug: str, version: int, digest: str) -> _Region:
    query = select(programmes.c.document).where(programmes.c.slug == slug, programmes.c.version == version)
    document = json.loads(connection.execute(query).scalar_one())
    countries = frozenset(country["code"] for country in document["countries"])
    names = {name.casefold(): one["code"] for one in document["countries"] for name in one["names"].values()}
    _regions_by_hash[digest] = _Region(slug, document["timezone"], countries, names)
    return _regions_by_hash[digest]
