# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The letter that tells a country what was entered in its name: one for all that is entered within ten minutes.

It is owed in the transaction of the entry, to whoever may answer for the country; how many entries wait is counted when the
letter leaves. What is made up for a demonstration is told to nobody.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from cycle.standing import Standing
from ledger.canonical import canonical_text
from ledger.event import Event
from ledger.instants import later
from people.actors import Role
from people.policy import ever
from people.roster import HeldRole
from services.accounts import actors_of
from services.desk import Desk
from services.sign_in.letters import DUTY, ENTERED, subject_of
from storage import entries, outbox
from storage.tables import members, roles, rosters

GATHERING_SECONDS = 10 * 60
NOON = "T12:00:00.000Z"
"""By noon in Greenwich a day has begun everywhere."""


def owe_news(desk: Desk, connection: Connection, standing: Standing, event: Event) -> None:
    """Owes the letter about an entry; for any other event, nothing."""
    if not entries.is_entry(event) or standing.is_specimen:
        return
    for person in _answering(connection, str(event.on_behalf_of)):
        _owe(desk, connection, person)


def owe_waiting(desk: Desk, connection: Connection, party: str, role: HeldRole) -> None:
    """Owes whoever was just granted a role the letter about what waits for it, on the day from which they may answer."""
    if ever(Role(role.role), "entry.confirm") and entries.count_waiting(connection, {party}):
        _owe(desk, connection, role.person, f"{role.from_on}{NOON}" if role.from_on else "")


def waiting_for(desk: Desk, connection: Connection, person: str) -> int:
    """How many entries wait for a person, in the name of every party for which they may answer today."""
    actors = actors_of(connection, person, desk.now())
    parties = {actor.party for actor in actors if actor.party and ever(actor.role, "entry.confirm")}
    return entries.count_waiting(connection, parties)


def _answering(connection: Connection, party: str) -> Iterable[str]:
    answering = [role for role in Role if ever(role, "entry.confirm")]
    held = (
        select(roles.c.person)
        .join(rosters, rosters.c.id == roles.c.roster)
        .join(members, (members.c.roster == roles.c.roster) & (members.c.person == roles.c.person))
        .where(
            rosters.c.party == party,
            roles.c.role.in_(answering),
            roles.c.status == "granted",
        )
        .where(members.c.ended_at.is_(None))
    )
    return sorted(set(connection.scalars(held)))


def _owe(desk: Desk, connection: Connection, person: str, not_before: str = "") -> None:
    """Unless one is owed already that has not begun to leave: it will count this entry too."""
    payload = canonical_text({"person": person, "event": ENTERED})
    if outbox.is_owed(connection, DUTY, payload):
        return
    duty, now = desk.identifiers.new(), desk.now()
    outbox.add(
        connection,
        duty_id=duty,
        duty=DUTY,
        subject=subject_of(person),
        payload=payload,
        key=f"{DUTY}/{duty}",
        now=now,
        due_at=max(later(now, GATHERING_SECONDS), not_before),
    )
