# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A text speaks the languages it was given, and no other."""

import pickle

import pytest

from documents.facts import said, same
from documents.refusals import CODES, PaperNotDrawn


def test_a_text_is_said_in_the_language_asked() -> None:
    rubber = said(es="caucho", pt="borracha")

    assert (rubber.in_language("es"), rubber.in_language("pt")) == ("caucho", "borracha")


def test_a_proper_name_is_the_same_in_every_language() -> None:
    assert same("Mato Grosso").in_language("fr") == "Mato Grosso"


def test_a_text_that_was_not_said_is_never_replaced_by_another_language() -> None:
    with pytest.raises(PaperNotDrawn) as refused:
        said(es="caucho").in_language("pt")

    assert refused.value.code == "paper.missing_fact"


def test_a_refusal_survives_the_way_to_another_process() -> None:
    refused = PaperNotDrawn("paper.time_limit", "60 seconds.")
    returned = pickle.loads(pickle.dumps(refused))

    assert (returned.code, returned.detail) == (refused.code, refused.detail)


def test_only_listed_reasons_exist() -> None:
    with pytest.raises(ValueError, match="no such reason"):
        PaperNotDrawn("paper.bad_weather", "")
    assert all(code.startswith("paper.") for code in CODES)
