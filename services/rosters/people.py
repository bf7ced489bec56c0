# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Who is a party's: invited, replaced, parted with. Names and addresses go into `persons` alone."""

from sqlalchemy import Connection

from people import roster_roles as rules
from people.roster import HOUSE, Roster
from people.roster_rules import Decision
from services import persons
from services.asking import Answer, Asking
from services.desk import Desk
from services.rosters.tending import of_party, tend, unknown

MOST_ROLES = 20


def add_person(
    desk: Desk, asking: Asking, *, party: str = HOUSE, name: str, email: str, language: str = "es"
) -> Answer:
    """Invites a person to a party's roster, by default the house's. Answers {person, roster, party, version}.

    A person known by that e-mail keeps their name and language. Raises Refused, NotFound, Stale.
    """
    invited: list[str] = []

    def decide(connection: Connection, roster: Roster, _: str) -> Decision:
        invited.append(persons.invite(desk, connection, name, email, language))
        return rules.invite(roster, invited[-1])

    what = {"party": party, "name": name, "email": persons.normal_email(email), "language": language}
    return tend(desk, asking, "person.invite", what, of_party(party), decide, lambda _: {"person": invited[-1]})


def end_person(
    desk: Desk, asking: Asking, person: str, *, party: str, reason: str = "left", note: str | None = None
) -> Answer:
    """Parts with a person: their roles, seats and delegations of this party end. Raises Refused, NotFound, Stale."""

    def decide(_: Connection, roster: Roster, day: str) -> Decision:
        _known(roster, person)
        return rules.end_member(roster, person, reason, day, note)

    what = {"person": person, "party": party, "reason": reason, "note": note}
    return tend(desk, asking, "person.end", what, of_party(party), decide, lambda _: {"person": person})


def replace_person(desk: Desk, asking: Asking, person: str, *, party: str, successor: str) -> Answer:
    """Proposes for a successor every role a person holds; a second person grants each. Answers {roles: their ids}."""
    ids = tuple(desk.identifiers.new() for _ in range(MOST_ROLES))

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        _known(roster, person)
        return rules.replacements(roster, person, successor, asking.actor, ids)

    def tell(roster: Roster) -> dict[str, object]:
        return {"person": successor, "roles": [one for one in ids if one in roster.roles]}

    what = {"person": person, "party": party, "successor": successor}
    return tend(desk, asking, "person.replace", what, of_party(party), decide, tell)


def _known(roster: Roster, person: str) -> None:
    if person not in roster.members:
        raise unknown(person)
