# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Lists of a past day: as things stood, by what was known, for those who may know, page by page."""

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from observatory import exchanges_on
from observatory.board import board
from observatory.errors import CursorInvalid, DayInTheFuture, SortNotOfADay
from observatory.exchanges import Filters, Line
from observatory.window import see_exchange_on, see_exchanges
from people.actors import Actor, Role
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO, CARLA, PAULA
from tests.house import House, furnish

BEGAN, LATER, LAST = (date(2026, 11, day) for day in (23, 28, 30))


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    """Four exchanges, each a step further on the 28th than on the 23rd; the last one began on the 28th."""
    house = furnish(store, tmp_path)
    draft, offer, match = house.draft("draft"), house.offered("offer"), house.matched("match")
    house.clock.on(days=5)
    house.state(BRUNO, draft, "sheet", **_SHEET)
    house.move(BRUNO, draft, "publish_offer")
    house.state(PAULA, offer, "answer", party="PE", institution="Ministerio de Trabajo")
    house.move(ANA, offer, "answer_offer", counterpart="PE")
    house.move(ANA, match, "suspend", reason="elections", review_on="2027-02-01")
    house.offered("late")
    house.clock.on(days=2)
    return house


_SHEET: dict[str, Any] = {
    "side": "offer",
    "institution": "Ministério do Trabalho",
    "shares": "how rubber is traced",
    "theme": "supply-chains",
    "modality": "training",
    "language": "pt",
    "availability": "from January",
    "no_evidence_yet": True,
}


def stood(house: House, who: Actor, as_of: date | None, filters: Filters = Filters(), **more: Any) -> list[str]:  # noqa: B008
    """Titles and stages, page by page."""
    found: list[Line] = []
    after = None
    while True:
        page = see_exchanges(house.desk, who, filters, as_of=as_of, after=after, **more)
        found += page.items
        after = page.next
        if after is None:
            return [f"{line.title} {line.stage} {line.lifecycle}" for line in found]


def test_a_list_of_a_day_shows_where_everything_stood(house: House) -> None:
    began = ["draft draft active", "offer offer active", "match demand active"]
    last = ["draft offer active", "offer demand active", "match demand suspended", "late offer active"]
    assert stood(house, ANA.actor, BEGAN) == stood(house, ALDO.actor, date(2026, 11, 27)) == began
    assert stood(house, ANA.actor, LATER) == stood(house, ANA.actor, LAST) == last
    assert stood(house, ANA.actor, date(2026, 11, 22)) == []
    assert stood(house, ANA.actor, BEGAN, sort="-opened") == began[::-1]


def test_a_list_of_a_day_agrees_with_the_board_and_with_each_exchange(house: House) -> None:
    for day in (BEGAN, LATER):
        page = see_exchanges(house.desk, ANA.actor, Filters(), as_of=day)
        with house.desk.store.read() as connection:
            counted = board(connection, None, day, now=house.desk.now())
        assert {stage: n for stage, n in counted.stages.items() if n} == Counter(line.stage for line in page.items)
        assert [see_exchange_on(house.desk, ANA.actor, line.exchange, day, None) for line in page.items] == [
            *page.items
        ]


def test_another_countrys_draft_of_a_day_is_nobody_elses(house: House) -> None:
    assert stood(house, BRUNO.actor, BEGAN)[0] == "draft draft active"
    assert stood(house, CARLA.actor, LATER) == ["draft offer active", "late offer active"]
    assert stood(house, CARLA.actor, BEGAN) == []
    assert stood(house, PAULA.actor, BEGAN) == ["offer offer active", "match demand active"]
    assert stood(house, Actor("partner", Role.PARTNER, "partner-x"), BEGAN) == []


def test_filters_are_those_of_the_day(house: House) -> None:
    expected = {
        Filters(stage="offer"): ["offer offer active"],
        Filters(stage="demand"): ["match demand active"],
        Filters(lifecycle="suspended"): [],
        Filters(country="PE"): ["match demand active"],
        Filters(country="BR", stage="draft"): ["draft draft active"],
        Filters(specimens=True): [],
        Filters(programme="regional-initiative", door="offer", weight="standard", q="match"): ["match demand active"],
    }
    assert {filters: stood(house, ANA.actor, BEGAN, filters) for filters in expected} == expected
    assert stood(house, ANA.actor, LATER, Filters(lifecycle="suspended")) == ["match demand suspended"]
    assert stood(house, ANA.actor, LATER, Filters(stage="demand", country="PE", lifecycle="active")) == [
        "offer demand active"
    ]


def test_what_was_told_later_was_not_known(house: House) -> None:
    told_late = replace(ANA, occurred_at="2026-11-24T15:00:00Z", backdate_reason="the mail lay a week")
    house.draft("told late", who=told_late)
    day = date(2026, 11, 25)
    assert stood(house, ANA.actor, day)[-1] == "told late draft active"
    assert "told late draft active" not in stood(house, ANA.actor, day, known_on=LATER)
    assert stood(house, ANA.actor, None, known_on=BEGAN) == stood(house, ANA.actor, BEGAN)


def test_what_was_overdue_is_overdue_on_its_day(house: House) -> None:
    offered = next(one for one in see_exchanges(house.desk, ANA.actor, Filters()).items if one.title == "late")
    assert offered.due_on is not None
    house.clock.on(days=500)
    house.move(ANA, offered.exchange, "withdraw", reason="no more")
    due = date.fromisoformat(offered.due_on)
    assert "late offer active" not in stood(house, ANA.actor, due, overdue=True)
    assert "late offer active" in stood(house, ANA.actor, date(2027, 12, 1), overdue=True)
    assert "late offer withdrawn" not in stood(house, ANA.actor, house.desk.clock().date(), overdue=True)


@pytest.mark.parametrize("limit", [1, 2, 200])
def test_pages_of_a_day_follow_one_another(house: House, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    whole = stood(house, ANA.actor, BEGAN)
    monkeypatch.setattr(exchanges_on, "AT_ONCE", 1)
    monkeypatch.setattr(exchanges_on, "MOST_LOOKED_AT", 2)
    for sort in ("opened", "-opened"):
        found = stood(house, ANA.actor, BEGAN, limit=limit, sort=sort)
        assert found == (whole if sort == "opened" else whole[::-1])


def test_what_was_settled_by_then_needs_no_event(house: House) -> None:
    def asked(day: date) -> bool:
        said: list[str] = []

        def hear(_: Any, __: Any, statement: str, *more: Any) -> None:
            said.append(statement)

        event.listen(Engine, "before_cursor_execute", hear)
        stood(house, ANA.actor, day)
        event.remove(Engine, "before_cursor_execute", hear)
        return any("FROM events" in statement for statement in said)

    assert [asked(day) for day in (BEGAN, LAST)] == [True, False]


def test_a_list_of_a_day_has_its_day_its_order_and_its_cursor(house: House) -> None:
    with pytest.raises(DayInTheFuture):
        stood(house, ANA.actor, date(2026, 12, 1))
    with pytest.raises(DayInTheFuture):
        stood(house, ANA.actor, None, known_on=date(2026, 12, 1))
    with pytest.raises(SortNotOfADay):
        stood(house, ANA.actor, BEGAN, sort="title")
    with pytest.raises(CursorInvalid):
        see_exchanges(house.desk, ANA.actor, Filters(), as_of=BEGAN, after="bm9uZQ")
