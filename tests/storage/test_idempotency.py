# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection

from storage.counters import take
from storage.idempotency import Answer, KeyReused, forget, recall, remember
from storage.store import Store

NOW = "2026-11-23T09:00:00.000Z"
ANSWER = Answer(201, '{"reference":"SSC-2026-0001"}')


def answered(store: Store, actor: str, key: str, fingerprint: str) -> Answer | None:
    with store.read() as connection:
        return recall(connection, actor, key, fingerprint)


@pytest.fixture
def remembering(store: Store) -> Store:
    store.write(lambda connection: remember(connection, "ana", "k1", "f1", ANSWER, NOW))
    return store


def test_the_same_request_is_recalled_with_the_same_answer(remembering: Store) -> None:
    assert answered(remembering, "ana", "k1", "f1") == ANSWER


def test_a_new_key_and_the_same_key_of_another_actor_are_new(remembering: Store) -> None:
    assert answered(remembering, "ana", "k2", "f1") is None
    assert answered(remembering, "bruno", "k1", "f1") is None


def test_the_same_key_for_another_request_is_refused(remembering: Store) -> None:
    with pytest.raises(KeyReused) as refused:
        answered(remembering, "ana", "k1", "f2")
    assert refused.value.code == "idempotency.key_reused"


def test_the_same_request_eight_times_at_once_has_one_effect_and_one_answer(store: Store) -> None:
    together = Barrier(8)

    def work(connection: Connection) -> Answer:
        if known := recall(connection, "ana", "k1", "f1"):
            return known
        answer = Answer(201, str(take(connection, "SSC", 2026)))
        remember(connection, "ana", "k1", "f1", answer, NOW)
        return answer

    def ask(_number: int) -> Answer:
        together.wait()
        return store.write(work)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {Answer(201, "1")}
    assert store.write(lambda connection: take(connection, "SSC", 2026)) == 2


def test_old_answers_are_forgotten_and_newer_ones_kept(remembering: Store) -> None:
    later = "2026-11-24T09:00:00.000Z"
    remembering.write(lambda connection: remember(connection, "ana", "k2", "f2", ANSWER, later))
    assert remembering.write(lambda connection: forget(connection, later)) == 1
    assert answered(remembering, "ana", "k1", "f1") is None
    assert answered(remembering, "ana", "k2", "f2") == ANSWER
