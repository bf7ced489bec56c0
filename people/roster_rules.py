# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The rules of rosters: which roles whom has, who tends a roster, whose the second pair of eyes is, and the words of reasons."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cycle.checking import is_day, is_text
from cycle.events import Happening
from cycle.refusals import Missing, Refusal
from cycle.roles import SECRETARIAT, party_holder
from people.actors import Actor, Role
from people.roster import HeldRole, Kind, Roster

Decision = tuple[Happening, ...] | Refusal


class Second(StrEnum):
    """Whose the second pair of eyes is: of the same party, else the secretariat's; for the house, else the operator's."""

    OWN = "own"
    SECRETARIAT = "secretariat"
    OPERATOR = "operator"


ROLES: Mapping[str, tuple[Role, ...]] = {
    Kind.COUNTRY: (Role.FOCAL_POINT, Role.BENCH_DELEGATE),
    Kind.PARTNER: (Role.PARTNER,),
    Kind.HOUSE: (Role.SECRETARIAT, Role.MANAGER, Role.AUDITOR),
}
"""The roles each kind of roster has."""

TENDS: Mapping[str, Role] = {
    Kind.COUNTRY: Role.FOCAL_POINT,
    Kind.PARTNER: Role.PARTNER,
    Kind.HOUSE: Role.SECRETARIAT,
}
"""The role that tends each kind of roster: invites, proposes, and gives the second pair of eyes."""

READ, SPEAK, MOVE = "read", "speak", "move"
ACTS = (MOVE, READ, SPEAK)
"""What may be delegated: to read, to speak (state facts), to move. Whoever may speak or move may read."""

LONGEST_DELEGATION_DAYS = 366
CHANGE_OF_GOVERNMENT = "change_of_government"
VACANT_BECAUSE = ("resigned", "term_ended", "left", "withdrawn_by_its_organisation", "deceased", "other")
CONTESTED_BECAUSE = ("two_organisations", "election_disputed", "credentials_questioned", "other")
LEFT_BECAUSE = ("left", "moved_on", "replaced", "invited_in_error", "other")
INSTITUTION_TYPES = (
    "ministry",
    "employers_organisation",
    "trade_union",
    "agency",
    "international_organisation",
    "civil_society",
    "academia",
)


def refuse(reasons: Iterable[Missing]) -> Refusal | None:
    """The refusal with all reasons; a single one gives it its code. None without any."""
    told = tuple(reasons)
    if not told:
        return None
    return Refusal(told[0].code if len(told) == 1 else "roster.requirements_unmet", told)


def tenders(roster: Roster, day: str) -> frozenset[str]:
    """The persons who tend a roster on a day."""
    return roster.granted(TENDS[roster.kind], day)


def second_of(roster: Roster, role: HeldRole, day: str) -> Second:
    """Whose the second pair of eyes is: nobody decides on what they proposed, or on what they receive.

    Who is away today is not counted upon, but in the house: an officer may say so of any colleague.
    """
    if tenders(roster, day) - _away(roster, day) - {role.proposed_by, role.person}:
        return Second.OWN
    return Second.OPERATOR if roster.kind == Kind.HOUSE else Second.SECRETARIAT


def _away(roster: Roster, day: str) -> frozenset[str]:
    """Who is not counted upon, as they or another who tends their roster said: an officer's word is not enough."""
    if roster.kind == Kind.HOUSE:
        return frozenset()
    there = tenders(roster, day)
    told = (one for one in roster.absences.values() if one.holds_on(day) and one.told_by in (one.person, *there))
    return frozenset(one.person for one in told)


def second_by(roster: Roster, role: HeldRole, by: Actor, day: str) -> Second:
    """Whose the second pair of eyes was when this actor decided: also of one's own who is away and decides nonetheless."""
    return Second.OWN if by.person in tenders(roster, day) else second_of(roster, role, day)


def who_decides(roster: Roster, role: HeldRole, day: str) -> tuple[str, ...]:
    """The holders that a refusal names."""
    if second_of(roster, role, day) == Second.OWN and roster.kind != Kind.HOUSE:
        return (party_holder(roster.party),)
    return (SECRETARIAT,)


def lacks_second(roster: Roster, role: HeldRole, by: Actor, day: str) -> Missing | None:
    """Why this actor is not the second pair of eyes for a role proposed."""
    could = who_decides(roster, role, day)
    if by.person in (role.proposed_by, role.person):
        return Missing("role.second_person", "a second person decides: not who proposed, not who receives", could)
    match second_of(roster, role, day):
        case Second.OWN if by.person not in tenders(roster, day):
            return Missing("role.second_of_its_own", "the party has a second person of its own", could)
        case Second.SECRETARIAT if by.role is not Role.SECRETARIAT and by.person not in tenders(roster, day):
            return Missing("role.second_of_secretariat", "an officer of the secretariat is the second person", could)
        case Second.OPERATOR if by.role is not Role.OPERATOR:
            return Missing("role.second_of_operator", "the operator on the server is the second person", could)
        case _:
            return None


def bad_span(from_on: str | None, to_on: str | None, *, must: bool) -> Iterable[Missing]:
    """What is wrong with a first and a last day; `must`: both are needed."""
    for day in (from_on, to_on):
        if (must and day is None) or (day is not None and not is_day(day)):
            yield Missing("roster.day_malformed", "a day, like 2026-11-23", facts={"day": day})
            return
    if from_on and to_on and to_on < from_on:
        yield Missing("roster.days_reversed", "the last day is not before the first", facts={"to_on": to_on})


def bad_word(value: str | None, words: Iterable[str], what: str) -> Iterable[Missing]:
    """What is wrong with a word that is to be one of a few."""
    known = tuple(words)
    if value not in known:
        yield Missing("roster.word_unknown", f"{what} is one of: {', '.join(known)}", facts={"said": value})


def bad_note(note: str | None) -> Iterable[Missing]:
    if note is not None and not (note.strip() and is_text(note)):
        yield Missing("roster.note_malformed", "a note is a text")


def noted(type_: str, payload: Mapping[str, object], note: str | None) -> Happening:
    """A happening with a note about it, which is sealed: it may speak of persons."""
    return Happening(type_, {**payload, "note": note}, ("note",)) if note else Happening(type_, payload)


def two_sides(acts_elsewhere: bool) -> Iterable[Missing]:
    """Nobody acts for the house and for a party: an officer would consent for a country, a country would read all drafts."""
    if acts_elsewhere:
        yield Missing("role.two_sides", "a person who acts for the house or for parties, not for both")


def not_member(roster: Roster, person: str) -> Iterable[Missing]:
    if not roster.is_member(person):
        yield Missing("person.not_of_this_party", "a person of this party, invited and not ended")
