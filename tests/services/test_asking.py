# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Asking once: the same key has one effect and one answer, also when eight ask at the same time."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from services import exchanges
from services.asking import Answer, Asking, ask
from services.errors import Refused
from storage.idempotency import KeyReused, KeyRunning, claim
from storage.store import Store
from tests.cast import ANA, BRUNO, PAULA
from tests.house import PROGRAMME, House
from tests.services.whole import everything, types

KEYED = replace(ANA, key="k-1")


def draft(house: House, asking: Asking, **more: Any) -> Answer:
    said: dict[str, Any] = {"programme": PROGRAMME, "title": "t", "door": "offer", "weight": "standard"}
    parties = [{"party": "BR", "role": "offers"}]
    return exchanges.draft_exchange(house.desk, asking, **{**said, "parties": parties, **more})


def test_the_same_key_gives_the_same_answer_and_one_effect(house: House) -> None:
    first = draft(house, KEYED)
    after = everything(house.desk)
    house.clock.on(days=1)

    assert draft(house, KEYED) == first
    assert everything(house.desk) == after


def test_without_a_key_each_asking_has_its_effect(house: House) -> None:
    assert draft(house, ANA)["exchange"] != draft(house, ANA)["exchange"]


OTHERS: tuple[dict[str, Any], ...] = (
    {"title": "another"},
    {"weight": "light"},
    {"origin": "walked"},
    {"derived_from": "x"},
    {"parties": [{"party": "PE", "role": "offers"}]},
)


def test_another_request_under_the_same_key_is_refused(house: House) -> None:
    draft(house, KEYED)
    after = everything(house.desk)

    for other in OTHERS:
        with pytest.raises(KeyReused):
            draft(house, KEYED, **other)
        assert everything(house.desk) == after


def test_another_time_of_happening_is_another_request(house: House) -> None:
    draft(house, KEYED)

    with pytest.raises(KeyReused):
        draft(house, replace(KEYED, occurred_at="2026-11-20T15:00:00Z", backdate_reason="late"))
    with pytest.raises(KeyReused):
        draft(house, replace(KEYED, if_match=3))


def test_the_same_key_of_another_person_is_another_key(house: House) -> None:
    theirs = draft(house, replace(BRUNO, key="k-1"))

    assert draft(house, KEYED)["exchange"] != theirs["exchange"]


def test_a_refusal_is_not_remembered(house: House) -> None:
    exchange = house.matched()
    asking = replace(PAULA, key="k-1")
    with pytest.raises(Refused):
        exchanges.make_move(house.desk, asking, exchange, "begin_commitment")
    house.move(ANA, exchange, "return_to_offer", reason="r")

    with pytest.raises(Refused):
        exchanges.make_move(house.desk, asking, exchange, "begin_commitment")
    assert exchanges.make_move(house.desk, asking, exchange, "withdraw", {"reason": "r"})["lifecycle"] == "withdrawn"


def until_answered(ask: Callable[[], Answer]) -> Answer:
    """As a client asks: again, as long as the first request runs."""
    for _ in range(500):
        try:
            return ask()
        except KeyRunning:
            time.sleep(0.01)
    raise AssertionError("the first request was never answered")


def test_eight_who_ask_at_once_with_one_key_get_one_answer(house: House) -> None:
    exchange = house.matched()
    asking = replace(BRUNO, key="k-1")
    said = {"title": "Mission", "mode": "virtual"}

    def plan() -> Answer:
        return exchanges.state_fact(house.desk, asking, exchange, "activity_planned", said)

    with ThreadPoolExecutor(8) as pool:
        answers = [one.result() for one in [pool.submit(until_answered, plan) for _ in range(8)]]

    assert all(answer == answers[0] for answer in answers)
    assert types(house.desk, f"exchange/{exchange}").count("ActivityPlanned") == 1


def test_eight_drafts_at_once_with_one_key_are_one(house: House) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(until_answered, lambda: draft(house, KEYED)) for _ in range(8)]
        answers = [one.result() for one in asked]

    assert len({str(answer["exchange"]) for answer in answers}) == 1
    assert len(everything(house.desk)["exchanges"]) == 1


def test_a_key_whose_request_still_runs_is_refused_and_free_again_afterwards(house: House) -> None:
    entered, go_on = threading.Event(), threading.Event()

    def slow(_: Connection) -> Answer:
        entered.set()
        assert go_on.wait(20)
        return {"done": 1}

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask, house.desk, KEYED, {"slow": 1}, slow)
        assert entered.wait(20)
        with pytest.raises(KeyRunning):
            ask(house.desk, KEYED, {"slow": 1}, slow)
        go_on.set()
        assert first.result() == {"done": 1}
    assert ask(house.desk, KEYED, {"slow": 1}, slow) == {"done": 1}


def test_on_postgresql_another_process_hears_that_a_key_is_taken(postgresql_url: str) -> None:
    mine, other = Store.open(postgresql_url), Store.open(postgresql_url)

    def meanwhile(connection: Connection) -> None:
        claim(connection, "ana", "k-1")
        with pytest.raises(KeyRunning), other.read() as rival:
            claim(rival, "ana", "k-1")
        with other.read() as rival:
            claim(rival, "bruno", "k-1")

    mine.write(meanwhile)
    with other.read() as rival:
        claim(rival, "ana", "k-1")
    mine.close()
    other.close()


def test_eight_references_taken_at_once_are_eight_and_without_gaps(house: House) -> None:
    drafts = [house.draft(f"Exchange {number}") for number in range(8)]
    for exchange in drafts:
        house.state(BRUNO, exchange, "sheet", side="offer", institution="I", shares="s", theme="inspection")
        house.state(BRUNO, exchange, "sheet", side="offer", modality="training", language="pt")

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(house.move, BRUNO, exchange, "publish_offer") for exchange in drafts]
        taken = sorted(str(one.result()["reference"]) for one in asked)

    assert taken == [f"SSC-2026-{number:04d}" for number in range(1, 9)]
