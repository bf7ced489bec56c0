# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Letters: every event in every language, complete, with names that cannot write markup."""

from dataclasses import replace
from html import escape

import pytest

from notifications.letters import (
    FOLDERS,
    LANGUAGES,
    TEMPLATES,
    AccountChanged,
    Entered,
    GlassBroken,
    InvitedToSign,
    Letter,
    RosterChanged,
    RosterNews,
    SignInLink,
    write_letter,
)

WHAT = ("password", "second_factor_set_up", "second_factor_taken_away", "recovery_codes", "recovery_code_used")
NEWS = tuple(
    RosterNews(what, "Bruno <b>", "bench_delegate", "workers")
    for what in ("role_ended", "seat_contested", "seat_to_be_confirmed", "granted_by_secretariat")
)
CHANGED = RosterChanged(
    "Ana <b>", "Brasil", NEWS, "Aldo & Cía", "secretariat", "2026-11-23 15:00 UTC", "https://minga.example.org"
)
LETTERS: tuple[Letter, ...] = (
    SignInLink("Ana <b>", "https://minga.example.org/sign-in/link?key=abc", 15),
    *(AccountChanged("Ana <b>", what, "2026-11-23 15:00 UTC", "https://minga.example.org") for what in WHAT),
    GlassBroken("Ana <b>", "Aldo & Cía", "2026-11-23 15:00 UTC"),
    *(Entered("Ana <b>", waiting, "https://minga.example.org/entries") for waiting in (1, 3)),
    CHANGED,
    replace(CHANGED, news=(RosterNews("role_ended", "Bruno <b>", "focal_point", None),), by=None, acting="operator"),
    InvitedToSign(
        "Ana <b>", "Rubber & <i>", "AGR-2026-0001", "https://minga.example.org/invitation?key=abc&lang=es", "2026-12-23"
    ),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: getattr(letter, "what", type(letter).__name__))
def test_a_letter_says_the_same_as_text_and_as_page(letter: Letter, language: str) -> None:
    written = write_letter(letter, language)
    assert written.subject
    assert "Ana <b>" in written.text
    assert "Ana &lt;b&gt;" in written.html
    assert "<b>" not in written.html
    assert f'<html lang="{language}">' in written.html
    if isinstance(letter, SignInLink | Entered | InvitedToSign):
        assert letter.link in written.text
        assert escape(letter.link) in written.html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_of_a_roster_is_told_line_by_line_with_who_did_it(language: str) -> None:
    written = write_letter(CHANGED, language)
    lines = [line for line in written.text.splitlines() if line.startswith("- ")]
    assert len(set(lines)) == len(NEWS) == written.html.count("<li>")
    assert all("Bruno <b>" in line and "workers" in line for line in lines)
    assert "Aldo & Cía (" in written.text
    assert "Aldo &amp; Cía (" in written.html


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: getattr(letter, "what", type(letter).__name__))
def test_no_line_of_a_french_letter_begins_with_a_mark_or_ends_with_one_that_opens(letter: Letter) -> None:
    written = write_letter(letter, "fr")

    assert [mark for mark in (" :", " ;", " ?", " !", " »", "« ") if mark in f"{written}"] == []
    assert "\u00a0:" in write_letter(CHANGED, "fr").subject


def test_every_folder_of_templates_is_a_letter_in_every_language() -> None:
    folders = {path.name: sorted(below.name for below in path.iterdir()) for path in TEMPLATES.iterdir()}
    assert folders == {name: sorted(LANGUAGES) for name in FOLDERS.values()}


def test_a_language_without_templates_is_answered_in_spanish() -> None:
    assert write_letter(LETTERS[0], "gn") == write_letter(LETTERS[0], "es")


def test_the_languages_of_a_letter_differ() -> None:
    assert len({write_letter(LETTERS[0], language).subject for language in LANGUAGES}) == len(LANGUAGES)
