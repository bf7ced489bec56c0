# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The register of practices: how far each came, and by which day it is reviewed again."""

from pathlib import Path

import pytest

from observatory.practices import practices
from storage.store import Store
from tests.cast import ANA, BRUNO, CARLA
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def publish(house: House, exchange: str, on: str, again: str) -> None:
    house.state(ANA, exchange, "practice_reviewed", item="practice", on=on, text="sound")
    house.state(ANA, exchange, "practice_published", item="practice", on=on, review_again_on=again)


def test_practices_are_listed_with_how_far_they_came_the_longest_untouched_leading(house: House) -> None:
    first, second, none = (house.committed(f"Rubber {number}") for number in range(3))
    house.state(BRUNO, first, "practice", title="One form")
    house.state(BRUNO, second, "practice", title="Two forms")
    house.state(BRUNO, none, "practice", none_because='a "title": too early')
    publish(house, first, "2026-11-20", "2028-11-20")

    with house.desk.store.read() as connection:
        known = practices(connection, ANA.actor)
        assert [(one.title, one.status, one.review_again_on) for one in known.items] == [
            ("Two forms", "proposed", None),
            ("One form", "published", "2028-11-20"),
        ]
        assert [one.title for one in practices(connection, ANA.actor, status="published").items] == ["One form"]
        page = practices(connection, ANA.actor, limit=1)
        assert practices(connection, ANA.actor, limit=1, after=page.next).items == known.items[1:]
        assert practices(connection, CARLA.actor).items == ()


def test_a_struck_practice_and_a_specimens_are_no_practices_of_the_house(house: House) -> None:
    struck, walked = house.committed(), house.offered(origin="walked")
    said = house.state(BRUNO, struck, "practice", title="A mistake")
    house.state(ANA, struck, "correct", event=said["version"], reason="another exchange's", whole="struck")
    house.state(BRUNO, walked, "practice", title="Only walked")

    with house.desk.store.read() as connection:
        assert practices(connection, ANA.actor).items == ()
        assert [one.title for one in practices(connection, ANA.actor, specimens=True).items] == ["Only walked"]
