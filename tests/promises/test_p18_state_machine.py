# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-18: the cycle is its table. Thousands of steps, every move made, every need seen holding one back, nothing skipped.

The full count is `make proof` (benchmarks/proofs/cycle.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import httpx
import pytest

from tests.api.conftest import door, house
from tests.api.door import Door, codes
from tests.journey import AFTER_COMMITMENT, reach
from tests.promises.cycle_model import (
    ENTERED_BY,
    PATHS,
    STAGES,
    Reached,
    Row,
    guards,
    names,
    never_held_back,
    never_made,
    table,
    walk,
)

__all__ = ["door", "house"]

STEPS = 10_000
NOBODY_ASKS = ("draft", "offer")
"""Where there is no requester yet, a requester's moves are nobody's to make, and 403."""


@cache
def walked() -> Reached:
    return walk(STEPS)


def test_ten_thousand_steps_never_leave_the_table() -> None:
    assert walked().steps >= STEPS


def test_every_move_of_the_machine_is_made_at_least_once() -> None:
    assert len(table()) >= 29
    assert names(never_made(walked())) == ""


def test_every_move_is_refused_where_the_table_does_not_begin_it() -> None:
    assert walked().forbidden == set(table())


def test_every_need_is_seen_holding_a_move_back() -> None:
    assert len(guards()) >= 40
    assert names(never_held_back(walked())) == ""


@pytest.mark.parametrize(
    ("stage", "lifecycle", "codes"),
    [
        ("offer", "active", set()),
        ("draft", "active", {"move.not_from_this_stage"}),
        ("offer", "suspended", {"lifecycle.suspended"}),
        ("closed", "completed", {"move.not_from_this_stage", "lifecycle.completed"}),
    ],
)
def test_the_table_says_why_a_move_cannot_begin(stage: str, lifecycle: str, codes: set[str]) -> None:
    assert table()["answer_offer"].forbids(stage, lifecycle, PATHS["offer"]) == codes


def test_the_table_keeps_to_the_path_of_the_door() -> None:
    back = Row("x", frozenset({"offer"}), frozenset({"active"}), to="demand", makes=None, is_return=False)

    assert back.forbids("offer", "active", PATHS["offer"]) == set()
    assert back.forbids("offer", "active", PATHS["demand"]) == {"move.not_ahead"}


def test_over_http_what_the_table_forbids_is_a_conflict_with_its_reasons_from_every_stage(door: Door) -> None:
    askers = [{**door.key(who), "If-Match": "*"} for who in ("ana", "paula", "bruno")]
    tried = {}
    for stage, exchange in every_stage(door):
        lifecycle = ENTERED_BY.get(stage, "active")
        forbidden = {
            name: why for name, row in table().items() if (why := row.forbids(stage, lifecycle, PATHS["offer"]))
        }
        place = f"/api/v1/exchanges/{exchange}/moves"
        answers = {name: by_whoever_may(door, place, name, askers) for name in forbidden}
        judged = {name: answer for name, answer in answers.items() if answer.status_code != 403}
        assert {codes(answer) for answer in judged.values()} == {(409, "move.not_from_here")}
        told = {name: {one["code"] for one in answer.json()["reasons"]} for name, answer in judged.items()}
        assert told == {name: forbidden[name] for name in judged}
        assert judged == answers or stage in NOBODY_ASKS
        tried[stage] = len(told)

    assert set(tried) == {"draft", *STAGES}
    assert min(tried.values()) >= 15


def every_stage(door: Door) -> Iterator[tuple[str, str]]:
    """Exchanges that stand in each stage in turn, the draft first."""
    house = door.house
    yield "draft", house.draft()
    yield "offer", house.offered()
    yield "demand", house.matched()
    journey = reach(house, "commitment")
    yield "commitment", journey.exchange
    for stop in AFTER_COMMITMENT:
        getattr(journey, stop)()
        if stop in STAGES:
            yield stop, journey.exchange


def by_whoever_may(door: Door, place: str, move: str, askers: Sequence[Mapping[str, str]]) -> httpx.Response:
    """The answer to the first who is not refused for their role; of a draft only its own country knows."""
    for headers in askers:
        answer = door.client.post(place, headers=headers, json={"move": move})
        if answer.status_code not in (403, 404):
            break
    return answer
