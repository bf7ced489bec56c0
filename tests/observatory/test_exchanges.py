# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Lists: each reader sees what they may know of, page by page, nobody twice, nobody left out."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from observatory.errors import CursorInvalid
from observatory.exchanges import Filters, Page
from observatory.window import see_exchanges
from people.actors import Actor, Role
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO, CARLA, PAULA
from tests.house import PROGRAMME, House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def titles(page: Page) -> list[str]:
    return [line.title for line in page.items]


def seen(house: House, who: Actor, filters: Filters = Filters()) -> list[str]:  # noqa: B008 - it is frozen
    return titles(see_exchanges(house.desk, who, filters))


def test_a_draft_is_its_own_parties_and_an_offer_everybodys(house: House) -> None:
    house.draft("a draft")
    house.offered("an offer")
    house.matched("a match")
    everything = ["a draft", "an offer", "a match"]
    assert seen(house, ANA.actor) == seen(house, ALDO.actor) == seen(house, BRUNO.actor) == everything
    assert seen(house, PAULA.actor) == ["an offer", "a match"]
    assert seen(house, CARLA.actor) == ["an offer"]
    assert seen(house, Actor("partner", Role.PARTNER, "partner-x")) == []


def test_a_bench_sees_its_countrys_exchanges_and_no_strangers_offer(house: House) -> None:
    house.offered("an offer")
    house.matched("a match")
    assert seen(house, Actor("delegate", Role.BENCH_DELEGATE, "PE", "workers")) == ["a match"]


def test_pages_follow_one_another_without_gap_or_repetition(house: House) -> None:
    for number in range(5):
        house.draft(f"draft {number}", who=ANA)
        house.offered(f"offer {number}")
    for who, expected in ((ANA.actor, 10), (CARLA.actor, 5)):
        found, after = [], None
        for _ in range(6):
            page = see_exchanges(house.desk, who, Filters(), after=after, limit=3)
            found += titles(page)
            after = page.next
            if after is None:
                break
        assert len(found) == len(set(found)) == expected
        assert found == seen(house, who)


def test_filters_narrow_a_list(house: House) -> None:
    house.draft("a draft")
    house.matched("a match")
    house.offered("a walked offer", origin="walked")
    expected = {
        Filters(stage="demand"): ["a match"],
        Filters(country="PE"): ["a match"],
        Filters(specimens=True): ["a walked offer"],
        Filters(specimens=False): ["a draft", "a match"],
        Filters(lifecycle="suspended"): [],
        Filters(programme=PROGRAMME): ["a draft", "a match", "a walked offer"],
        Filters(programme=PROGRAMME, stage="offer", lifecycle="active"): ["a walked offer"],
    }
    assert {filters: seen(house, ANA.actor, filters) for filters in expected} == expected


def test_specimens_are_listed_and_say_so(house: House) -> None:
    house.offered("real")
    house.offered("walked", origin="walked")
    page = see_exchanges(house.desk, ANA.actor, Filters())
    assert [(line.title, line.specimen) for line in page.items] == [("real", False), ("walked", True)]


def test_those_past_their_allowance_come_oldest_first(house: House) -> None:
    house.offered("first")
    house.clock.on(days=30)
    house.offered("second")
    house.draft("a draft has no allowance")
    house.clock.on(days=30)
    suspended = house.offered("suspended")
    house.move(ANA, suspended, "suspend", reason="elections", review_on="2028-12-01")
    assert titles(see_exchanges(house.desk, ANA.actor, Filters(), overdue=True)) == []
    house.clock.on(days=400)
    for filters in (Filters(), Filters(programme=PROGRAMME)):
        first = see_exchanges(house.desk, ANA.actor, filters, overdue=True, limit=1)
        second = see_exchanges(house.desk, ANA.actor, filters, overdue=True, limit=1, after=first.next)
        assert (titles(first), titles(second), second.next) == (["first"], ["second"], None)
        assert first.items[0].overdue


def test_a_rest_is_overdue_when_nobody_looked_at_it_again(house: House) -> None:
    exchange = house.offered()
    house.move(ANA, exchange, "suspend", reason="elections", review_on="2026-12-01")

    def late() -> list[tuple[str | None, str]]:
        page = see_exchanges(house.desk, ANA.actor, Filters(programme=PROGRAMME), overdue=True)
        return [(line.due_on, line.lifecycle) for line in page.items]

    house.clock.on(days=8)
    assert late() == []
    house.clock.on(days=1)
    assert late() == [("2026-12-01", "suspended")]
    assert see_exchanges(house.desk, ANA.actor, Filters(), as_of=date(2026, 12, 1), overdue=True).items == ()
    house.move(ANA, exchange, "resume", reason="a new minister")
    assert late() == []


def test_the_page_of_the_overdue_comes_from_its_index(house: House) -> None:
    statement = (
        "SELECT id FROM exchanges WHERE programme = 'p' AND awaited_on < '2027-01-01' "
        "AND (awaited_on, id) > ('2026-01-01', 'x') ORDER BY awaited_on, id LIMIT 50"
    )
    if house.desk.store.dialect == "sqlite":
        with house.desk.store.read() as connection:
            plan = [row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))]
        assert len(plan) == 1
        assert "ix_exchanges_awaited" in plan[0]
        return
    with house.desk.store.read() as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = [row[0] for row in connection.execute(text(f"EXPLAIN {statement}"))]
    assert any("ix_exchanges_awaited" in step for step in plan)
    assert not any("Sort" in step for step in plan)


@pytest.mark.parametrize("cursor", ["nonsense", "bm9uc2Vuc2U", "WyJhIiwgImIiXQ", "Wz", "é"])
def test_a_cursor_nobody_gave_out_is_refused(house: House, cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        see_exchanges(house.desk, ANA.actor, Filters(), after=cursor)
