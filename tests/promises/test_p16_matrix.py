# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-16: every operation, by every role, in every relation: the app answers what the table says.

The relations: own, party, another country, one that an open offer looks for, another's draft; sealed values are canaries in
every answer. The questions are those of tests/api/test_matrix.py, on both databases. Here they are counted, and none is left
out, and the time of one asker is measured: all of them together take at most a minute.
"""

import time
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from api.policies import ACTION
from people.actors import Role
from people.table import ACTIONS
from tests.api import matrix, matrix_things, test_matrix
from tests.api.matrix import Ground
from tests.api.test_matrix import client, document, ground, operations

__all__ = ["client", "document", "ground"]

ROLES = 10
LEAST_QUESTIONS = 2000
MOST_SECONDS = 60
ASKERS = len(matrix.SIGNED_IN) * len(matrix.RELATIONS) + 1
"""Every role in every relation, and whoever has not signed in."""


def test_nobody_and_every_role_in_every_relation_is_asked_for() -> None:
    assert {*matrix.SIGNED_IN, Role.PUBLIC} == set(Role)
    assert matrix.RELATIONS == ("own", "party", "other country", "looking", "another's draft")


def test_every_operation_is_asked_by_everybody(document: Mapping[str, Any]) -> None:
    asked = [operation for operation in operations(document) if matrix_things.prepare_for(*operation[:2]) is not None]
    described = sum(len(methods) for methods in document["paths"].values())

    assert len(asked) == described + len(test_matrix.UNDESCRIBED)
    assert len(matrix.SIGNED_IN) >= ROLES - 1
    assert len(asked) * ASKERS >= LEAST_QUESTIONS


def test_the_whole_matrix_takes_a_minute_at_most(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any]
) -> None:
    """The processor's time of the asker who may do most, times all of them: other processes of the machine are not ours."""
    officer, began = matrix.come_as(ground, Role.SECRETARIAT, "party"), time.process_time()

    assert test_matrix.differences(ground, client, document, officer) == {}
    assert (time.process_time() - began) * ASKERS <= MOST_SECONDS


def test_an_operation_missing_from_the_table_is_found(document: Mapping[str, Any]) -> None:
    path, methods = next(iter(document["paths"].items()))
    method, operation = next(iter(methods.items()))
    stranger = {"paths": {path: {method: {**operation, ACTION: "exchange.unheard_of"}}}}

    assert "exchange.unheard_of" not in ACTIONS
    with pytest.raises(AssertionError):
        test_matrix.test_every_operation_stands_in_the_table(stranger)


def test_an_answer_that_differs_from_the_table_is_found(
    ground: Ground, client: httpx.Client, document: Mapping[str, Any]
) -> None:
    nobody = matrix.nobody()
    path = "/api/v1/exchanges"
    called = {"paths": {path: {"get": {**document["paths"][path]["get"], ACTION: "board.read"}}}}

    assert test_matrix.differences(ground, client, called, nobody) != {}
