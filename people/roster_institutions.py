# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding about a party's institutions: entered with a type, named per language from a day on, closed one day."""

from collections.abc import Iterable

from cycle.checking import is_day, is_text
from cycle.events import Happening
from cycle.refusals import Missing
from people import roster as r
from people.roster import Institution, InstitutionName, Roster
from people.roster_rules import INSTITUTION_TYPES, Decision, bad_word, refuse

LANGUAGES = ("es", "en", "pt", "fr")
LONGEST_NAME = 300


def enter(institution: str, type_: str, language: str, name: str, from_on: str) -> Decision:
    """A new institution with its first name."""
    wrong = [*bad_word(type_, INSTITUTION_TYPES, "the type"), *_bad_name(language, name, from_on)]
    entered = Happening(r.INSTITUTION_ENTERED, {"id": institution, "type": type_, "from_on": from_on})
    return refuse(wrong) or (entered, _named(institution, language, name, from_on))


def name(institution: Institution, language: str, called: str, from_on: str) -> Decision:
    """Another name, or the name in another language, from a day on; earlier names stay."""
    wrong = [*_open(institution), *_bad_name(language, called, from_on)]
    if not wrong and from_on < (institution.from_on or ""):
        wrong.append(Missing("institution.day_wrong", "a day, not before its first"))
    return refuse(wrong) or (_named(institution.id, language, called, from_on),)


def close(institution: Institution, until_on: str) -> Decision:
    """The institution's last day."""
    wrong = [*_open(institution)]
    if not is_day(until_on) or (institution.from_on or "") > until_on:
        wrong.append(Missing("institution.day_wrong", "a day, not before its first"))
    return refuse(wrong) or (Happening(r.INSTITUTION_ENDED, {"id": institution.id, "until_on": until_on}),)


def called_on(roster: Roster, institution: str, day: str) -> dict[str, str]:
    """What an institution is called on a day, by language."""
    begun = (one for one in roster.names.values() if one.institution == institution and one.from_on <= day)
    latest: dict[str, InstitutionName] = {}
    for one in sorted(begun, key=lambda one: one.from_on):
        latest[one.language] = one
    return {language: one.name for language, one in sorted(latest.items())}


def _named(institution: str, language: str, called: str, from_on: str) -> Happening:
    said = {"institution": institution, "language": language, "name": called.strip(), "from_on": from_on}
    return Happening(r.INSTITUTION_NAMED, said)


def _open(institution: Institution) -> Iterable[Missing]:
    if institution.until_on is not None:
        yield Missing("institution.closed_already", "an institution that is not closed")


def _bad_name(language: str, called: str, from_on: str) -> Iterable[Missing]:
    yield from bad_word(language, LANGUAGES, "the language")
    if not called.strip() or len(called) > LONGEST_NAME or not is_text(called):
        yield Missing("institution.name_malformed", f"a name of at most {LONGEST_NAME} letters")
    if not is_day(from_on):
        yield Missing("institution.day_wrong", "a day, like 2026-11-23")
