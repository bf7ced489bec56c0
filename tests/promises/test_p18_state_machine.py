# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-18: the cycle is its table. Thousands of steps, every move made, every need seen holding one back, nothing skipped.

The full count is `make proof` (benchmarks/proofs/cycle.py).
"""

from functools import cache

import pytest

from tests.api.conftest import door, house
from tests.api.door import Door, codes
from tests.promises.cycle_model import PATHS, Reached, Row, guards, names, never_held_back, never_made, table, walk

__all__ = ["door", "house"]

STEPS = 10_000


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


def test_over_http_what_the_table_forbids_is_a_conflict_with_its_reasons(door: Door) -> None:
    place, ana = f"/api/v1/exchanges/{door.house.committed()}/moves", {**door.key("ana"), "If-Match": "*"}
    forbidden = {
        name: codes_ for name, row in table().items() if (codes_ := row.forbids("commitment", "active", PATHS["offer"]))
    }
    refused = {name: door.client.post(place, headers=ana, json={"move": name}) for name in forbidden}
    by_programme = {name: answer for name, answer in refused.items() if answer.status_code != 403}

    assert len(by_programme) >= 15
    assert {codes(answer) for answer in by_programme.values()} == {(409, "move.not_from_here")}
    told = {name: {one["code"] for one in answer.json()["reasons"]} for name, answer in by_programme.items()}
    assert told == {name: forbidden[name] for name in by_programme}
