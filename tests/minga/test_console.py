# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How a command speaks to a person: each thing once, in columns, with nothing empty in brackets."""

import pytest

from cycle.refusals import Missing, Refusal
from minga.console import columns, reason_line, tell_error
from services.errors import Refused

LANGUAGE = Missing("offer_language", "the offer sheet names its language", ("party:PE", "secretariat"))
AGREED = Missing("requester_agrees", "the requester agrees to the succession")


def test_what_the_reasons_say_is_not_said_twice(capsys: pytest.CaptureFixture[str]) -> None:
    tell_error(Refused(Refusal("requirements.unmet", (LANGUAGE, AGREED))), "requirements.unmet", as_json=False)
    assert capsys.readouterr().err.splitlines() == [
        "error: requirements.unmet: for these 2 reasons",
        "  - offer_language: the offer sheet names its language (party:PE, secretariat)",
        "  - requester_agrees: the requester agrees to the succession",
    ]


def test_a_single_reason_stands_below_its_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell_error(Refused(Refusal("requirements.unmet", (AGREED,))), "requirements.unmet", as_json=False)
    assert capsys.readouterr().err.splitlines() == [
        "error: requirements.unmet: for this reason",
        "  - requester_agrees: the requester agrees to the succession",
    ]


def test_who_could_is_left_out_where_nobody_can_yet() -> None:
    assert reason_line(AGREED.as_dict()) == "requester_agrees: the requester agrees to the succession"


def test_columns_are_as_wide_as_what_is_in_them() -> None:
    assert columns([("SSC-2026-0001", "BR-CO", "One"), ("SSC-2026-0002", "CO-outside-MG", ""), ("a", "b", "c")]) == [
        "SSC-2026-0001  BR-CO          One",
        "SSC-2026-0002  CO-outside-MG",
        "a              b              c",
    ]
    assert columns([]) == []
