# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from itertools import combinations

import pytest

from ledger.findings import PRECEDENCE, Damage, Finding, exit_code


def finding(code: Damage) -> Finding:
    return Finding(code, "exchange/1", 1, "payload", "stored", "expected", "text")


def test_nothing_found_is_zero() -> None:
    assert exit_code([]) == 0


@pytest.mark.parametrize("code", Damage)
def test_each_kind_alone_is_its_own_exit_code(code: Damage) -> None:
    assert exit_code([finding(code), finding(code)]) == code


def test_every_kind_has_its_place_in_the_precedence_once() -> None:
    assert sorted(PRECEDENCE) == sorted(Damage)


def test_of_two_kinds_the_one_nearer_the_evidence_names_the_run() -> None:
    for first, second in combinations(PRECEDENCE, 2):
        assert exit_code([finding(second), finding(first)]) == first


def test_the_numbers_are_those_that_were_published() -> None:
    assert {kind.name: kind.value for kind in Damage} == {
        "ALTERED_EVENT": 1,
        "BROKEN_LINK": 2,
        "GAP_OR_DUPLICATE": 3,
        "OTHER_ROOT": 4,
        "BAD_SIGNATURE": 5,
        "ROLLED_BACK": 6,
        "SPLIT_VIEW": 7,
        "PROJECTION_DRIFT": 8,
        "FILE_MISSING_OR_ALTERED": 9,
        "PAPER_NOT_IN_LEDGER": 10,
        "TIME_GOES_BACK": 11,
        "MOVE_NOT_ALLOWED": 12,
        "TRIGGER_MISSING": 13,
        "STREAM_ROW_DIFFERS": 14,
        "SEALED_VALUE_DIFFERS": 15,
        "DATABASE_DAMAGED": 16,
    }
