"""P-18: the cycle is its table. Thousands of steps, every move made, every need seen holding one back, nothing skipped.

The full count is `make proof` (benchmarks/proofs/cycle.py).
"""

from functools import cache

import pytest

from tests.promises.cycle_model import PATHS, Reached, Row, guards, names, never_held_back, never_made, table, walk

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
