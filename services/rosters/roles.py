# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Roles: proposed by one person, granted by a second one; where a party has no second, the secretariat is, and it is noted."""

from dataclasses import asdict

from sqlalchemy import Connection

from people import roster_roles as rules
from people.roster import HOUSE, Roster
from people.roster_roles import Proposal
from people.roster_rules import Decision, second_of
from services import persons
from services.asking import Answer, Asking
from services.desk import Desk
from services.rosters.tending import Find, of_party, of_thing, tend, today
from storage import rosters
from storage.tables import roles


def propose_role(
    desk: Desk,
    asking: Asking,
    person: str,
    role: str,
    *,
    party: str = HOUSE,
    bench: str | None = None,
    from_on: str | None = None,
    until_on: str | None = None,
) -> Answer:
    """Proposes a role for a person of a roster. Answers {role, status, second: whose the second pair of eyes is}."""
    new = Proposal(desk.identifiers.new(), person, role, bench, from_on, until_on)
    return _propose(desk, asking, "role.propose", party, new)


def fill_seat(
    desk: Desk,
    asking: Asking,
    party: str,
    bench: str,
    person: str,
    *,
    from_on: str | None = None,
    until_on: str | None = None,
) -> Answer:
    """Proposes a person for a seat: it is filled when a second person grants it. Answers like `propose_role`."""
    new = Proposal(desk.identifiers.new(), person, "bench_delegate", bench, from_on, until_on)
    return _propose(desk, asking, "seat.fill", party, new)


def grant_role(desk: Desk, asking: Asking, role: str) -> Answer:
    """Grants what another person proposed, and fills the seat that goes with it."""

    def decide(connection: Connection, roster: Roster, day: str) -> Decision:
        elsewhere = rosters.acts_elsewhere(connection, roster.party, roster.roles[role].person, day)
        return rules.grant(roster, roster.roles[role], asking.actor, day, acts_elsewhere=elsewhere)

    return tend(desk, asking, "role.grant", {"role": role}, _role(role), decide, lambda after: told(after, role))


def refuse_role(desk: Desk, asking: Asking, role: str, note: str | None = None) -> Answer:
    """Turns down what was proposed."""

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        return rules.turn_down(roster.roles[role], asking.actor, note)

    what = {"role": role, "note": note, "granted": False}
    return tend(desk, asking, "role.grant", what, _role(role), decide, lambda after: told(after, role))


def end_role(desk: Desk, asking: Asking, role: str, reason: str = "left") -> Answer:
    """Ends a role, and with it the seat and the delegations that hang on it."""

    def decide(_: Connection, roster: Roster, day: str) -> Decision:
        return rules.end_role(roster, roster.roles[role], reason, day)

    what = {"role": role, "reason": reason}
    return tend(desk, asking, "role.end", what, _role(role), decide, lambda after: told(after, role))


def bootstrap(desk: Desk, asking: Asking, *, name: str, email: str, language: str = "es") -> Answer:
    """The first officer of the secretariat, invited and granted by the operator on the server: nobody else is there yet.

    Answers {person, role, status, second}. Raises Refused once an officer of the secretariat acts.
    """
    role, made = desk.identifiers.new(), list[str]()

    def decide(connection: Connection, roster: Roster, day: str) -> Decision:
        made.append(persons.invite(desk, connection, name, email, language))
        elsewhere = rosters.acts_elsewhere(connection, roster.party, made[-1], day)
        return rules.bootstrap(roster, role, made[-1], asking.actor, day, acts_elsewhere=elsewhere)

    def tell(after: Roster) -> dict[str, object]:
        return {"person": made[-1], **told(after, role)}

    what = {"first_officer": persons.normal_email(email), "name": name, "language": language}
    return tend(desk, asking, "role.grant", what, of_party(HOUSE), decide, tell)


def told(roster: Roster, role: str) -> dict[str, object]:
    """What an answer says of a role."""
    known = roster.roles[role]
    return {"role": role, "status": known.status, "second": known.second}


def _role(role: str) -> Find:
    return of_thing(roles, role)


def _propose(desk: Desk, asking: Asking, action: str, party: str, new: Proposal) -> Answer:
    def decide(connection: Connection, roster: Roster, day: str) -> Decision:
        elsewhere = rosters.acts_elsewhere(connection, roster.party, new.person, day)
        return rules.propose(roster, new, asking.actor, acts_elsewhere=elsewhere)

    def tell(after: Roster) -> dict[str, object]:
        return {**told(after, new.id), "second": second_of(after, after.roles[new.id], today(desk, after)).value}

    what = {name: said for name, said in asdict(new).items() if name != "id"} | {"party": party}
    return tend(desk, asking, action, what, of_party(party), decide, tell)
