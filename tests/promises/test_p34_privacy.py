# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-34: a person is erased and the chain stays valid; everybody takes their own data away; nothing is kept beyond its class.

The target: `minga audit verify` ends with 0 after an erasure, and says how many values went by decision; a value taken away
by hand is found; each class of the retention table is gone after its days, by a clock that is moved on, and not a second
before; every column of every table stands in the data map.
"""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select

from observatory.audit import take_stock
from people.actors import Actor, Role
from services import beat
from services.asking import Asking
from services.exchanges import state_fact
from services.privacy.data_map import lines
from services.privacy.erasure import ask_erasure, decide_erasure
from services.privacy.own_data import own_data
from services.privacy.retention import RULES
from storage.store import Store
from storage.tables import metadata, persons, sealed
from tests.cast import ANA, BRUNO
from tests.house import House, furnish
from tests.services.privacy.test_retention import KEPT, days_of, keep, left

SECOND = Asking(Actor("ana-2", Role.SECRETARIAT))


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    """A house in which Bruno has a name, an address, and a contact on a sheet."""
    furnished = furnish(store, tmp_path)
    row = {"id": "bruno", "name": "Bruno Souza", "kind": "person", "specimen": 0, "email": "bruno@example.org"}
    told = {**row, "created_at": furnished.desk.now()}
    store.write(lambda connection: connection.execute(insert(persons), told).rowcount)
    exchange = furnished.offered()
    state_fact(furnished.desk, BRUNO, exchange, "sheet", {"side": "offer", "contact": "Bruno Souza, bruno@example.org"})
    return furnished


def erase(house: House) -> None:
    asked = ask_erasure(house.desk, ANA, "bruno", "at their own request")
    decide_erasure(house.desk, SECOND, str(asked["erasure"]))


def everything(house: House) -> str:
    """Every row of every table, as text."""
    with house.desk.store.read() as connection:
        rows = [tuple(row) for table in metadata.sorted_tables for row in connection.execute(select(table))]
    return repr(rows)


def test_an_erased_person_is_in_no_row_and_the_chain_is_valid(house: House) -> None:
    assert "Bruno Souza" in everything(house)
    erase(house)
    left = everything(house)
    assert "Bruno Souza" not in left
    assert "bruno@example.org" not in left
    report = take_stock(house.desk.store, house.desk.papers)
    assert (report.exit_code, report.read["sealed values erased by decision"]) == (0, 1)


def test_a_value_taken_away_by_hand_is_missing_and_not_erased(house: House) -> None:
    house.desk.store.write(lambda connection: connection.execute(delete(sealed)).rowcount)
    report = take_stock(house.desk.store, house.desk.papers)
    assert report.exit_code != 0
    assert "no decision erased it" in report.kept[0].text


def test_an_exchange_goes_on_after_an_erasure(house: House) -> None:
    with house.desk.store.read() as connection:
        exchange = str(connection.scalar(select(metadata.tables["exchanges"].c.id)))
    erase(house)
    state_fact(house.desk, BRUNO, exchange, "sheet", {"side": "offer", "availability": "from May"})
    assert take_stock(house.desk.store, house.desk.papers).is_clean


def test_own_data_is_whole_json_and_names_nobody_else(house: House) -> None:
    told = json.loads(json.dumps(own_data(house.desk, BRUNO.actor)))
    assert told["person"]["name"] == "Bruno Souza"
    assert len(told["acted_in"]) == 4


def test_every_class_that_ends_is_here_or_among_the_files_of_evidence() -> None:
    """Tokens and files end by acts: tests/services/privacy/test_retention.py and tests/services/test_evidence.py."""
    by_acts = {"tokens", "letters", "restricted evidence", "stray files"}
    assert {rule.name for rule in RULES if rule.days} == {name for name, *_ in KEPT} | by_acts


def test_each_class_is_gone_after_its_days_and_not_a_second_before(house: House) -> None:
    began, before = house.clock.now, {name: left(house, table) for name, table, *_ in KEPT}
    for _, table, row, instants in KEPT:
        keep(house, table, {**row, **dict.fromkeys(instants, house.desk.now())})
    for days in sorted({days_of(name) for name, *_ in KEPT}):
        of_this_day = [(name, table) for name, table, *_ in KEPT if days_of(name) == days]
        last = began + timedelta(days=days, seconds=-1)
        for now, kept in ((last, 1), (last + timedelta(seconds=2), 0)):
            house.clock.now = now
            beat.forget(house.desk)
            assert {name: left(house, table) - before[name] for name, table in of_this_day} == dict.fromkeys(
                (name for name, _ in of_this_day), kept
            )


def test_every_column_of_every_table_stands_in_the_data_map() -> None:
    assert len(lines()) == sum(len(table.columns) for table in metadata.sorted_tables)
