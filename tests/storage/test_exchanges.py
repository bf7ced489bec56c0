# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The row of an exchange: whatever was said, its standing is spelled as the ledger spells, and read back as it was."""

import json
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from cycle.standing import Standing
from ledger.canonical import LARGEST, canonical_text
from storage.exchanges import row_of, standing_of

STANDING = Standing(
    exchange="01", programme="p", programme_version=1, title="t", origin="entered", weight="standard", door="offer",
    stage="offer", lifecycle="active", first_party="BR",
)  # fmt: skip
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=30)
VALUES = some.none() | some.booleans() | some.integers(-LARGEST, LARGEST) | TEXT
KEYS = some.text(some.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)


@given(some.dictionaries(KEYS, VALUES | some.lists(VALUES, max_size=3) | some.dictionaries(KEYS, VALUES, max_size=3)))
def test_a_standing_is_spelled_as_the_ledger_spells_and_read_as_it_was(said: dict[str, Any]) -> None:
    # As `accepted` leaves it: every value of a standing came from an event's payload.
    said = json.loads(canonical_text(said))
    standing = replace(STANDING, said=said, owed=("offer_shares",))
    row = row_of(standing)
    assert row["standing"] == canonical_text(json.loads(row["standing"]))
    assert standing_of(SimpleNamespace(**row)) == standing
