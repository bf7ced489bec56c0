# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The board: every day, past or present, by what was known on any other."""

from datetime import date
from pathlib import Path

import pytest

from observatory.board import board
from observatory.errors import CountryUnknown, DayInTheFuture, NotFound
from observatory.window import see_board
from services.asking import Asking
from storage import flow
from storage.store import Store
from tests.cast import ANA, BRUNO
from tests.house import PROGRAMME, House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def standing(told: dict[str, int]) -> dict[str, int]:
    return {stage: n for stage, n in told.items() if n}


def test_real_exchanges_are_counted_and_specimens_apart(house: House) -> None:
    house.draft()
    house.offered()
    house.offered("A walked case", origin="walked")
    seen = see_board(house.desk)
    assert (seen.total, standing(dict(seen.stages))) == (2, {"draft": 1, "offer": 1})
    assert (seen.specimens.total, standing(dict(seen.specimens.stages))) == (1, {"offer": 1})
    both = see_board(house.desk, specimens=True)
    assert (both.total, standing(dict(both.stages))) == (3, {"draft": 1, "offer": 2})
    assert both.specimens == seen.specimens


def test_a_past_day_is_seen_as_it_was_whether_folded_or_not(house: House) -> None:
    exchange = house.offered()
    house.clock.on(days=10)
    house.move(BRUNO, exchange, "withdraw", reason="a change of plans")
    for _ in range(2):
        now, then = see_board(house.desk), see_board(house.desk, as_of=date(2026, 11, 24))
        assert (dict(now.lifecycles)["withdrawn"], dict(then.lifecycles)["withdrawn"]) == (1, 0)
        assert see_board(house.desk, as_of=date(2026, 11, 22)).total == 0
        house.desk.store.write(flow.fold)


def test_what_was_told_late_is_in_the_past_but_not_in_what_was_known_then(house: House) -> None:
    exchange = house.offered()
    house.clock.on(days=20)
    late = Asking(ANA.actor, occurred_at="2026-11-30T17:00:00.000Z", backdate_reason="it came by mail")
    house.move(late, exchange, "withdraw", reason="a change of plans")
    on, by = date(2026, 12, 1), date(2026, 12, 5)
    as_known_today = see_board(house.desk, as_of=on)
    as_known_then = see_board(house.desk, as_of=on, known_on=by)
    assert (as_known_today.lifecycles["withdrawn"], as_known_then.lifecycles["withdrawn"]) == (1, 0)


def test_a_country_counts_the_exchanges_it_takes_part_in(house: House) -> None:
    house.matched()
    house.offered()
    assert [see_board(house.desk, country=code).total for code in ("BR", "PE", "CO")] == [2, 1, 0]
    with pytest.raises(CountryUnknown):
        see_board(house.desk, country="XX")


def test_a_day_that_has_not_come_is_refused(house: House) -> None:
    today = date(2026, 11, 23)
    assert see_board(house.desk, as_of=today, known_on=today).as_of == "2026-11-23"
    for as_of, known_on in ((date(2026, 11, 24), None), (None, date(2026, 11, 24))):
        with pytest.raises(DayInTheFuture):
            see_board(house.desk, as_of=as_of, known_on=known_on)


def test_today_is_the_day_in_the_region_and_not_in_greenwich(house: House) -> None:
    house.clock.on(hours=12)
    assert house.desk.now().startswith("2026-11-24T03")
    assert see_board(house.desk).as_of == "2026-11-23"


def test_only_a_published_programme_has_a_board(house: House) -> None:
    house.draft()
    with house.desk.store.read() as connection:
        now = house.desk.now()
        assert board(connection, PROGRAMME, now=now).total == board(connection, None, now=now).total == 1
        with pytest.raises(NotFound):
            board(connection, "elsewhere", now=now)
