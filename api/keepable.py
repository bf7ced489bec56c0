# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What of a body can be kept: nothing that a ledger, a database or a reader of JSON would refuse or change."""

from collections.abc import Iterator
from typing import Any

LARGEST = 2**53 - 1
DEEPEST = 16


def mistakes(said: Any, depth: int = 0) -> Iterator[str]:
    """What no store keeps: NUL, halves of characters, numbers that JSON readers round, nesting without end."""
    if depth > DEEPEST:
        yield f"a value is nested at most {DEEPEST} deep"
    elif isinstance(said, str):
        if "\0" in said or any("\ud800" <= letter <= "\udfff" for letter in said):
            yield "text holds whole characters, and no NUL"
    elif isinstance(said, int) and abs(said) > LARGEST:
        yield f"a whole number lies between {-LARGEST} and {LARGEST}"
    elif isinstance(said, float) and not abs(said) <= LARGEST:
        yield "a number is finite, and no larger than a whole one may be"
    elif isinstance(said, dict):
        yield from (mistake for pair in said.items() for part in pair for mistake in mistakes(part, depth + 1))
    elif isinstance(said, list | tuple):
        yield from (mistake for part in said for mistake in mistakes(part, depth + 1))
