# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Identifiers: UUIDv7 text, which sorts in the order of its making and tells its millisecond and nothing else.

The source of randomness is passed in: the operating system in service, a seeded one where a walked
case must give the same identifiers each time. Source: RFC 9562, section 5.7.
"""

import hashlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from uuid import UUID

RANDOM_BITS = 74
STEP_BYTES = 4


def new_id(at_ms: int, random: Callable[[int], bytes]) -> str:
    """A UUIDv7 for this millisecond since 1970, as 36 characters of text."""
    return _as_text(at_ms, _tail(random))


def _tail(random: Callable[[int], bytes]) -> int:
    return int.from_bytes(random(10), "big") & ((1 << RANDOM_BITS) - 1)


def _as_text(at_ms: int, tail: int) -> str:
    if not 0 <= at_ms < 1 << 48:
        raise ValueError(f"a UUIDv7 cannot hold millisecond {at_ms}")
    high = tail >> 62
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


@dataclass(slots=True)
class Identifiers:
    """Makes identifiers from a clock and a source of randomness; those of one millisecond sort as they were made.

    Source: RFC 9562, section 6.2, method 2 (the random part goes up by a random step).
    """

    random: Callable[[int], bytes] = os.urandom
    clock_ms: Callable[[], int] = milliseconds_now
    _last: tuple[int, int] = field(default=(-1, 0), repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def new(self) -> str:
        with self._turn:
            at_ms, tail = self.clock_ms(), _tail(self.random)
            if at_ms == self._last[0]:
                tail = self._last[1] + 1 + int.from_bytes(self.random(STEP_BYTES), "big")
            if tail >> RANDOM_BITS:
                tail = _tail(self.random)  # once in 10^12 milliseconds that make many: the order of these two is chance
            self._last = (at_ms, tail)
        return _as_text(at_ms, tail)
