# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.identifiers import Identifiers, new_id, seeded

MILLISECONDS = st.integers(0, 2**48 - 1)


@given(MILLISECONDS, st.binary(min_size=10, max_size=10))
def test_every_identifier_is_a_uuid_of_version_seven_that_tells_its_millisecond(at_ms: int, tail: bytes) -> None:
    made = UUID(new_id(at_ms, lambda _length: tail))
    assert (made.version, made.variant, made.int >> 80) == (7, "specified in RFC 4122", at_ms)


@given(MILLISECONDS, MILLISECONDS)
def test_identifiers_sort_by_the_millisecond_of_their_making(one: int, other: int) -> None:
    random = seeded("any")
    if one != other:
        assert (new_id(one, random) < new_id(other, random)) == (one < other)


def test_every_random_bit_reaches_the_identifier() -> None:
    all_ones = UUID(new_id(0, lambda length: b"\xff" * length)).int
    assert all_ones == 0x7FFF_BFFF_FFFF_FFFF_FFFF


def test_the_same_seed_gives_the_same_identifiers_and_another_seed_others() -> None:
    def first_three(seed: str) -> list[str]:
        source = Identifiers(seeded(seed), lambda: 1_764_000_000_000)
        return [source.new() for _ in range(3)]

    assert first_three("a case") == first_three("a case")
    assert len({*first_three("a case"), *first_three("another case")}) == 6


def test_identifiers_of_the_system_differ() -> None:
    source = Identifiers()
    assert len({source.new() for _ in range(1000)}) == 1000


def test_identifiers_of_one_millisecond_sort_as_they_were_made() -> None:
    source = Identifiers(clock_ms=lambda: 1_764_000_000_000)
    made = [source.new() for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == 1000


def test_threads_never_make_the_same_identifier() -> None:
    source = Identifiers(clock_ms=lambda: 1_764_000_000_000)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: source.new(), range(2000)))
    assert len(set(made)) == 2000


def test_a_random_part_at_its_end_begins_anew() -> None:
    source = Identifiers(lambda length: b"\xff" * length, lambda: 0)
    first, second = UUID(source.new()), UUID(source.new())
    assert (first.version, second.version) == (7, 7)
    assert second.int >> 80 == 0


@pytest.mark.parametrize("at_ms", [-1, 2**48])
def test_a_millisecond_that_does_not_fit_is_refused(at_ms: int) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        new_id(at_ms, seeded("any"))
