# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

from people.actors import Actor, Role
from services.accounts import actors_of
from services.asking import Asking
from services.exchanges import state_fact
from services.rosters.seats import vacate_seat
from services.rosters.standins import give_delegation
from tests.cast import EMPLOYERS
from tests.house import House
from tests.rostered import with_everybody
from tests.services.whole import assert_explained, history

WORD = {"party": "PE", "bench": "workers", "paper": "agreement"}


def told(house: House, who: Asking, exchange: str, **word: Any) -> dict[str, Any]:
    state_fact(house.desk, who, exchange, "endorsement", {**WORD, **word})
    assert_explained(house.desk, exchange)
    return next(one for one in reversed(history(house.desk, f"exchange/{exchange}")) if one.type == "WordGiven").payload


def test_a_word_says_how_the_seat_stood_it_was_given_from(house: House) -> None:
    people, exchange = with_everybody(house), house.committed()
    delegate = people.seat("delegate", "PE", "workers")
    held = told(house, delegate, exchange, word="endorsed")["seat"]
    assert (held["status"], "reason" in held) == ("held", False)
    vacate_seat(house.desk, people.ana, "PE", "workers", "resigned")
    machine = Asking(Actor("machine", Role.BENCH_DELEGATE, "PE", "workers"))
    vacant = told(house, machine, exchange, word="seat_vacant")["seat"]
    assert (vacant["status"], vacant["reason"], vacant["event"] > held["event"]) == ("vacant", "resigned", True)


def test_a_word_given_for_another_names_the_delegation(house: House) -> None:
    people, exchange = with_everybody(house), house.committed()
    delegate = people.seat("delegate", "PE", "workers")
    standin = people.invite("standin", "PE", people.ana)
    lent: dict[str, Any] = {"party": "PE", "role": "bench_delegate", "bench": "workers", "acts": ("speak",)}
    given = give_delegation(house.desk, delegate, standin, **lent, from_on="2026-11-23", to_on="2026-12-23")
    with house.desk.store.read() as connection:
        (actor,) = actors_of(connection, standin, house.desk.now())
    assert told(house, Asking(actor), exchange, word="endorsed")["delegation"] == given["delegation"]
    assert "delegation" not in told(house, delegate, exchange, word="refused")


def test_a_word_of_a_country_without_a_roster_relies_on_none(house: House) -> None:
    payload = told(house, EMPLOYERS, house.committed(), bench="employers", word="endorsed")
    assert "seat" not in payload
