# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Connection

from storage.counters import take, take_reference
from storage.store import Store


def test_numbers_begin_at_one_for_each_kind_and_year(store: Store) -> None:
    def work(connection: Connection) -> list[int]:
        asked = [("SSC", 2026), ("SSC", 2026), ("AGR", 2026), ("SSC", 2027), ("SSC", 2026)]
        return [take(connection, kind, year) for kind, year in asked]

    assert store.write(work) == [1, 2, 1, 1, 3]


def test_a_reference_names_its_kind_the_year_it_was_recorded_and_its_number(store: Store) -> None:
    told = "2026-12-31T23:59:59.999Z"
    taken = [store.write(lambda connection: take_reference(connection, "SSC", told)) for _ in range(2)]
    assert taken == ["SSC-2026-0001", "SSC-2026-0002"]


def test_a_number_taken_in_vain_is_taken_again(store: Store) -> None:
    def in_vain(connection: Connection) -> None:
        take(connection, "SSC", 2026)
        raise LookupError

    with pytest.raises(LookupError):
        store.write(in_vain)
    assert store.write(lambda connection: take(connection, "SSC", 2026)) == 1


def test_writers_at_once_take_each_number_once(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = pool.map(lambda _: store.write(lambda connection: take(connection, "SSC", 2026)), range(40))
        assert sorted(numbers) == list(range(1, 41))
