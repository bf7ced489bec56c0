# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Standing in: delegations given and revoked, absences told and called off."""

from collections.abc import Sequence

from sqlalchemy import Connection

from people import roster_standins as rules
from people.roster import Absence, Delegation, Roster
from people.roster_rules import Decision
from services.asking import Answer, Asking
from services.desk import Desk
from services.rosters.tending import of_party, of_thing, tend
from storage import rosters
from storage.tables import absences, delegations


def give_delegation(
    desk: Desk,
    asking: Asking,
    delegate: str,
    *,
    party: str,
    role: str,
    bench: str | None = None,
    acts: Sequence[str],
    from_on: str,
    to_on: str,
) -> Answer:
    """The asker lets another person of the party act in one of the asker's own roles. Answers {delegation, status}."""
    new = desk.identifiers.new()
    said = {"delegate": delegate, "role": role, "bench": bench, "from_on": from_on, "to_on": to_on}

    def decide(connection: Connection, roster: Roster, day: str) -> Decision:
        given = Delegation(id=new, giver=asking.actor.person, acts=tuple(acts), seq=0, **said)  # type: ignore[arg-type]
        elsewhere = rosters.acts_elsewhere(connection, roster.party, delegate, day)
        return rules.give(roster, given, asking.actor, day, acts_elsewhere=elsewhere)

    what = {**said, "party": party, "acts": list(acts)}
    return tend(desk, asking, "delegation.give", what, of_party(party), decide, lambda _: {"delegation": new})


def revoke_delegation(desk: Desk, asking: Asking, delegation: str) -> Answer:
    """Ends a delegation at once: its giver, its delegate, or whoever tends the roster."""

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        return rules.revoke(roster.delegations[delegation])

    what = {"delegation": delegation}
    find = of_thing(delegations, delegation, lambda roster: _both(roster.delegations[delegation]))
    return tend(desk, asking, "delegation.revoke", what, find, decide, lambda _: what)


def tell_absence(desk: Desk, asking: Asking, person: str, *, party: str, from_on: str, to_on: str) -> Answer:
    """Says that a person is away from a day to a day: themselves, or whoever tends the roster. Answers {absence}."""
    new = desk.identifiers.new()

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        return rules.be_absent(roster, Absence(new, person, from_on, to_on, 0, told_by=asking.actor.person))

    what = {"person": person, "party": party, "from_on": from_on, "to_on": to_on}
    return tend(
        desk, asking, "absence.tell", what, of_party(party, owners=(person,)), decide, lambda _: {"absence": new}
    )


def end_absence(desk: Desk, asking: Asking, absence: str) -> Answer:
    """Calls an absence off."""

    def decide(_: Connection, roster: Roster, __: str) -> Decision:
        return rules.come_back(roster.absences[absence])

    what = {"absence": absence}
    find = of_thing(absences, absence, lambda roster: (roster.absences[absence].person,))
    return tend(desk, asking, "absence.end", what, find, decide, lambda _: what)


def _both(given: Delegation) -> tuple[str, ...]:
    return given.giver, given.delegate
