# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One's own data: all rows that name a person, nothing that opens anything, and of events only where they stand."""

import pytest

from people.actors import OPERATOR, Actor, Role
from services.errors import NotFound, Refused
from services.privacy.own_data import data_of, own_data
from services.rosters.standins import tell_absence
from services.tokens import create_token
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
