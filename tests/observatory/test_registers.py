# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The follow-up register: measures that outlive their exchange."""

from pathlib import Path

import pytest

from observatory.registers import follow_up
from people.actors import Actor, Role
from services.asking import Asking
from storage.store import Store
from tests.cast import ANA, BRUNO
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def test_the_follow_up_register_holds_what_is_not_done_with_owner_and_day(house: House) -> None:
    exchange = house.committed()
    for title, on in (("a later one", "2027-05-01"), ("an early one", "2027-01-01"), ("a done one", "2027-02-01")):
        house.state(ANA, exchange, "measure", title=title, responsible="the ministry", on=on)
    house.state(ANA, exchange, "measure_done", item="measure-3", done_on="2026-11-23")
    house.state(ANA, exchange, "measure_under_way", item="measure-2", on="2027-01-15")
    with house.desk.store.read() as connection:
        owed = follow_up(connection, ANA.actor)
        assert [(one.title, one.status, one.due_on, one.owner) for one in owed] == [
            ("an early one", "under_way", "2027-01-15", "the ministry"),
            ("a later one", "open", "2027-05-01", "the ministry"),
        ]
        last = (owed[0].due_on or "", owed[0].exchange, owed[0].item)
        assert follow_up(connection, ANA.actor, after=last) == owed[1:]
    house.state(ANA, exchange, "hand_over", owner="the secretariat", review_on="2027-06-01")
    with house.desk.store.read() as connection:
        assert {one.owner for one in follow_up(connection, ANA.actor)} == {"the secretariat"}


def test_a_specimens_measures_are_nobodys_duty(house: House) -> None:
    exchange = house.offered(origin="walked")
    house.state(BRUNO, exchange, "activity_planned", title="no measure", mode="virtual")
    asker = Asking(Actor("pia", Role.SECRETARIAT))
    house.state(asker, exchange, "measure", title="a walked one", on="2027-01-01")
    with house.desk.store.read() as connection:
        assert follow_up(connection, ANA.actor) == ()
        assert [one.title for one in follow_up(connection, ANA.actor, specimens=True)] == ["a walked one"]
