# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One's own data: all rows that name a person, nothing that opens anything, and of events only where they stand."""

from collections import Counter

import pytest
from sqlalchemy import Connection, Integer, LargeBinary, Table, insert

from people.actors import OPERATOR, Actor, Role
from services.errors import NotFound, Refused
from services.privacy.data_map import DATA_MAP, Holds
from services.privacy.own_data import NOT_AS_ROWS, SAYS, data_of, names_persons, own_data
from services.rosters.standins import tell_absence
from services.tokens import create_token
from storage.tables import metadata
from tests.cast import BRUNO, CARLA, PAULA
from tests.house import House
from tests.rostered import with_everybody


def test_everybody_gets_what_is_kept_about_them(house: House) -> None:
    exchange = house.offered()
    told = own_data(house.desk, BRUNO.actor)
    assert told["person"] == {"id": "bruno"}
    assert [(one["stream"], one["seq"], one["type"]) for one in told["acted_in"]] == [
        (f"exchange/{exchange}", 1, "ExchangeDrafted"),
        (f"exchange/{exchange}", 2, "SheetSubmitted"),
        (f"exchange/{exchange}", 3, "StageMoved"),
    ]
    assert set(told["acted_in"][0]) == {"stream", "seq", "type", "on_behalf_of", "occurred_at"}
    assert own_data(house.desk, CARLA.actor)["acted_in"] == []


def test_whoever_told_an_absence_is_shown_that_they_did(house: House) -> None:
    people = with_everybody(house)
    away = {"party": "BR", "from_on": "2026-12-01", "to_on": "2026-12-05"}
    told = tell_absence(house.desk, people.ana, people.ids["bruno"], **away)
    (absence,) = own_data(house.desk, people.ana.actor)["rows"]["absences"]
    assert (absence["id"], absence["told_by"]) == (told["absence"], people.ids["ana"])


def test_whatever_column_a_row_names_its_person_in_it_is_found(house: House) -> None:
    places = [
        (table, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if names_persons(table.name, column.name) and table.name not in NOT_AS_ROWS
    ]

    def enter(connection: Connection) -> None:
        for table, column in places:
            connection.execute(insert(table), _naming(table, column))

    house.desk.store.write(enter)
    told = own_data(house.desk, CARLA.actor)["rows"]
    assert {name: len(rows) for name, rows in told.items()} == Counter(table.name for table, _ in places)


def _naming(table: Table, column: str) -> dict[str, object]:
    """A row that names Carla in one column and something else in every other."""
    kinds = ((Integer, 1), (LargeBinary, b"else"))
    other = {
        each.name: next((value for kind, value in kinds if isinstance(each.type, kind)), f"not {column}")
        for each in table.columns
    }
    return {**other, column: CARLA.actor.person}


def test_what_only_says_something_are_columns_there_are() -> None:
    personal = {name for kept in DATA_MAP.values() for name, holds in kept.columns() if holds is Holds.PERSONAL}
    assert personal > SAYS


def test_what_opens_something_is_never_given_away(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "Bruno's program", role="focal_point", party="BR")
    told = own_data(house.desk, Actor(made.person, Role.FOCAL_POINT, "BR"))
    (token,) = told["rows"]["tokens"]
    assert (token["id"], token["name"]) == (made.id, "Bruno's program")
    assert not {"secret_hash", "hash"} & set(token)
    assert told["person"]["name"] == "Bruno's program"


def test_an_officer_gives_a_persons_data_to_them_at_their_request(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "Bruno's program", role="focal_point", party="BR")
    assert data_of(house.desk, OPERATOR, made.person)["person"]["id"] == made.person
    with pytest.raises(NotFound):
        data_of(house.desk, OPERATOR, "nobody")
    with pytest.raises((Refused, NotFound)):
        data_of(house.desk, PAULA.actor, made.person)
