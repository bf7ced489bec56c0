# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import json
from collections import UserDict
from decimal import Decimal
from enum import StrEnum
from typing import Any
from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import LARGEST, NotCanonical, canonical_bytes, canonical_text, quoted

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127))
SCALARS = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | WORDS
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=20)


def composed(value: Any) -> Any:
    if isinstance(value, str):
        return normalize("NFC", value)
    if isinstance(value, list):
        return [composed(item) for item in value]
    if isinstance(value, dict):
        return {key: composed(item) for key, item in value.items()}
    return value


@given(VALUES)
def test_the_bytes_are_those_of_the_standard_over_composed_text(value: Any) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(composed(value))


@given(VALUES)
def test_the_bytes_read_back_as_the_value_and_are_canonical_again(value: Any) -> None:
    said = json.loads(canonical_bytes(value))
    assert said == composed(value)
    assert canonical_bytes(said) == canonical_bytes(value)


@given(WORDS)
def test_one_text_is_quoted_as_within_a_value(text: str) -> None:
    assert quoted(text) == canonical_text(text)


def test_composed_and_decomposed_text_are_the_same_text() -> None:
    assert canonical_bytes("niñez") == canonical_bytes("nin\u0303ez")


def test_keys_are_ordered_and_nothing_is_spaced() -> None:
    assert canonical_text({"b": (1, None), "B": True, "a": "é\n"}) == '{"B":true,"a":"é\\n","b":[1,null]}'


def test_enumerations_of_text_and_other_mappings_are_spelled_as_what_they_hold() -> None:
    class Door(StrEnum):
        OFFER = "offer"

    assert canonical_text(UserDict({Door.OFFER: Door.OFFER})) == '{"offer":"offer"}'


@pytest.mark.parametrize(
    ("value", "where"),
    [
        ({"share": 0.5}, "share"),
        ({"n": [2**53]}, "n"),
        ({"n": -(2**53)}, "n"),
        ({"amount": Decimal("1.50")}, "amount"),
        ({"on": {1: "x"}}, "on"),
        ({"país": "x"}, ""),
        ({"file": b"x"}, "file"),
        ({"languages": {"es"}}, "languages"),
        (float("nan"), ""),
    ],
)
def test_what_has_no_one_spelling_is_refused_with_its_place(value: Any, where: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        canonical_bytes(value)
    assert (refused.value.code, refused.value.where) == ("ledger.not_canonical", where)


def test_half_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes({"note": "\ud83d"})


def test_the_largest_integers_are_accepted() -> None:
    assert canonical_text([LARGEST, -LARGEST]) == "[9007199254740991,-9007199254740991]"
