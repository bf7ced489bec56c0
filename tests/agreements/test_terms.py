# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a text may say, so that a paper can say it."""

from typing import Any

import pytest

from agreements.terms import TERMS, wrong_terms

PARTIES, LANGUAGES = ("BR", "PE"), ("es", "pt", "en", "fr")
GOOD: dict[str, Any] = {
    "object": {"es": "Rastrear el caucho", "pt": "Rastrear a borracha"},
    "objectives": ["Aprender", {"es": "Compartir", "pt": "Compartilhar"}],
    "results": "Doce personas formadas",
    "commitments": {"BR": [{"es": "Recibir a seis personas"}], "PE": "Designar a seis personas"},
    "authorities": {"BR": {"es": "Instituto del caucho", "pt": "Instituto da borracha"}},
    "duration_months": 18,
    "done_at": "Lima",
    "financing": "shared",
    "prevailing_language": "pt",
    "facilitator_role": "facilita el diálogo",
}


def test_every_term_has_a_form_that_is_taken() -> None:
    assert set(GOOD) == set(TERMS)
    assert wrong_terms(GOOD, PARTIES, LANGUAGES) == ()


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("object", ""),
        ("object", {}),
        ("object", {"es": 5}),
        ("object", "a\0b"),
        ("objectives", []),
        ("results", [["nested"]]),
        ("commitments", ["for whom?"]),
        ("commitments", {"CO": "no party of it"}),
        ("authorities", {"BR": ["one", "two"]}),
        ("duration_months", "two years"),
        ("duration_months", True),
        ("duration_months", 0),
        ("duration_months", 1201),
        ("done_at", None),
        ("financing", "by magic"),
        ("prevailing_language", "la"),
        ("prevailing_language", ["es"]),
        ("facilitator_role", " "),
    ],
)
def test_a_term_that_no_paper_can_say_is_refused_by_name(term: str, value: Any) -> None:
    wrong = wrong_terms({**GOOD, term: value}, PARTIES, LANGUAGES)

    assert [(missing.code, missing.facts["field"]) for missing in wrong] == [("fact.field_invalid", f"terms.{term}")]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(wrong_terms({"financing": "?", "duration_months": "?", "object": "?"}, PARTIES, LANGUAGES)) == 2
