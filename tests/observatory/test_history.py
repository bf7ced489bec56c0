# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""History: every event one line, corrected ones struck, people by name where a name is known."""

from pathlib import Path

import pytest
from sqlalchemy import insert

from observatory.errors import CursorInvalid, NotFound
from observatory.history import Happened
from observatory.window import see_history
from services.asking import Asking
from storage.store import Store
from storage.tables import persons
from tests.cast import ALDO, ANA, BRUNO, CARLA, PAULA
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def test_every_event_is_a_line_and_says_what_happened(house: House) -> None:
    exchange = house.offered()
    told = see_history(house.desk, BRUNO.actor, exchange).items
    assert [(line.seq, line.type) for line in told] == [
        (1, "ExchangeDrafted"),
        (2, "SheetSubmitted"),
        (3, "StageMoved"),
    ]
    assert told[0].summary == "Natural rubber; BR offers"
    assert told[2].summary.startswith("draft → offer; publish_offer; due_on: ")
    with pytest.raises(NotFound):
        see_history(house.desk, CARLA.actor, house.draft())


def test_a_draft_is_told_to_those_alone_whose_it_was(house: House) -> None:
    exchange = house.offered()
    house.state(PAULA, exchange, "answer", party="PE")

    def told(who: Asking, after: int = 0) -> list[int]:
        return [line.seq for line in see_history(house.desk, who.actor, exchange, after=after).items]

    for who in (BRUNO, ANA, ALDO):
        assert told(who) == [1, 2, 3, 4]
    for who in (CARLA, PAULA):
        assert (told(who), told(who, after=1), told(who, after=3)) == ([3, 4], [3, 4], [4])
    with pytest.raises(CursorInvalid):
        told(CARLA, after=-1)


def test_what_was_corrected_is_struck_and_stays(house: House) -> None:
    exchange = house.offered()
    said = house.state(ANA, exchange, "activity_planned", title="Mission", on="2026-12-01", mode="in_person")
    house.state(ANA, exchange, "correct", event=4, reason="another day", on="2026-12-02")
    told = see_history(house.desk, ANA.actor, exchange).items
    assert [line.seq for line in told if line.struck] == [4]
    assert told[3].summary == f"{said['item']}; mode: in_person; on: 2026-12-01; title: Mission"
    assert told[4].summary == "event 4; another day; on: 2026-12-02"


def test_people_are_told_by_name_where_one_is_known(house: House) -> None:
    row = {"id": "bruno", "name": "Bruno", "kind": "person", "specimen": 0, "created_at": house.desk.now()}
    house.desk.store.write(lambda connection: connection.execute(insert(persons), row))
    exchange = house.draft()
    house.state(ANA, exchange, "flag", flag="checked")
    assert [line.who for line in see_history(house.desk, ANA.actor, exchange).items] == ["Bruno", "ana"]


def test_a_sealed_value_never_shows(house: House) -> None:
    exchange = house.draft()
    house.state(BRUNO, exchange, "sheet", side="offer", contact="bruno@example.org")
    line = see_history(house.desk, ANA.actor, exchange).items[-1]
    assert line.summary == "sheet-offer; contact: (sealed); side: offer"
    assert "example.org" not in str(line.payload)


def test_pages_of_a_history_join(house: House) -> None:
    exchange = house.committed()
    whole = see_history(house.desk, ANA.actor, exchange)
    found: list[Happened] = []
    after = 0
    while True:
        page = see_history(house.desk, ANA.actor, exchange, after=after, limit=4)
        found += page.items
        if page.next is None:
            break
        after = page.next
    assert (tuple(found), whole.next) == (whole.items, None)
    with pytest.raises(CursorInvalid):
        see_history(house.desk, ANA.actor, exchange, after=-1)
