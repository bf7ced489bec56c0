# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Institutions of a party: entered, named anew, closed."""

from sqlalchemy import Connection

from people import roster_institutions as rules
from people.roster import Roster
from people.roster_rules import Decision
from services.asking import Answer, Asking
from services.desk import Desk
from services.rosters.tending import of_party, of_thing, tend
from storage.tables import institutions


def enter_institution(
    desk: Desk, asking: Asking, *, party: str, type_: str, language: str, name: str, from_on: str
) -> Answer:
    """Enters an institution with its first name. Answers {institution}."""
    new = desk.identifiers.new()

    def decide(_: Connection, __: Roster, ___: str) -> Decision:
        return rules.enter(new, type_, language, name, from_on)

    what = {"party": party, "type": type_, "language": language, "name": name, "from_on": from_on}
    return tend(desk, asking, "institution.enter", what, of_party(party), decide, lambda _: {"institution": new})


def name_institution(desk: Desk, asking: Asking, institution: str, *, language: str, name: str, from_on: str) -> Answer:
    """Says what an institution is called in a language from a day on; earlier names stay."""

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        return rules.name(roster.institutions[institution], language, name, from_on)

    what = {"institution": institution, "language": language, "name": name, "from_on": from_on}
    find = of_thing(institutions, institution)
    return tend(desk, asking, "institution.name", what, find, decide, lambda _: {"institution": institution})


def close_institution(desk: Desk, asking: Asking, institution: str, until_on: str) -> Answer:
    """Says which was an institution's last day."""

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        return rules.close(roster.institutions[institution], until_on)

    what = {"institution": institution, "until_on": until_on}
    find = of_thing(institutions, institution)
    return tend(desk, asking, "institution.close", what, find, decide, lambda _: {"institution": institution})
