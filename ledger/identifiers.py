# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Identifiers: UUIDv7 text, which sorts by the millisecond of its making and tells nothing else.

The source of randomness is passed in: the operating system in service, a seeded one where a walked
case must give the same identifiers each time. Source: RFC 9562, section 5.7.
"""

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from uuid import UUID


def new_id(at_ms: int, random: Callable[[int], bytes]) -> str:
    """A UUIDv7 for this millisecond since 1970, as 36 characters of text."""
    if not 0 <= at_ms < 1 << 48:
        raise ValueError(f"a UUIDv7 cannot hold millisecond {at_ms}")
    tail = int.from_bytes(random(10), "big")
    high = tail >> 68
    low = tail & ((1 << 62) - 1)
    return str(UUID(int=at_ms << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low))


def seeded(seed: str) -> Callable[[int], bytes]:
    """Random bytes that are the same for the same seed, call after call.

    Never for salts of real persons.
    """
    numbers = count()

    def random(length: int) -> bytes:
        return hashlib.shake_256(f"{seed}/{next(numbers)}".encode()).digest(length)

    return random


def milliseconds_now() -> int:
    """The wall clock, in milliseconds since 1970."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Identifiers:
    """Makes identifiers from a clock and a source of randomness."""

    random: Callable[[int], bytes] = os.urandom
    clock_ms: Callable[[], int] = milliseconds_now

    def new(self) -> str:
        return new_id(self.clock_ms(), self.random)
