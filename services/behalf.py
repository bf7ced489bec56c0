# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""On behalf: an officer enters what a country said by mail, by telephone or in a meeting, where it could have said so itself.

Consent is never entered: who endorses, accepts or signs does so with their own hand.
"""

from dataclasses import replace

from cycle.checking import party_kind
from cycle.entries import Came, marked
from cycle.entries import malformed as malformed_came
from cycle.events import Happening
from cycle.evidence import ERASED, KIND, REDACTED
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.standing import Standing
from people.actors import Actor, Role
from people.policy import can
from services.accounts import giver_of
from services.asking import Asking
from services.errors import Refused, refused, require

WITH_A_FILE = frozenset({KIND, REDACTED, ERASED})


def entered(asking: Asking, on_behalf_of: str | None, came_by: str | None, received_on: str | None) -> Asking:
    """The asking of an officer who enters what came for a party; where nothing came, the asking as it is. Raises Refused."""
    if on_behalf_of is None:
        if came_by or received_on:
            raise refused(
                "entry.party_missing", "what came by mail, telephone or in a meeting names the party it is from"
            )
        return asking
    if giver_of(asking.actor):
        # The party would stand where the delegation stands, and nobody would ask any more how far that reaches.
        raise refused("permission.on_behalf", "an officer enters in person what came, through no delegation")
    actor = replace(asking.actor, on_behalf_of=on_behalf_of)
    return replace(asking, actor=actor, came=Came(came_by or "", received_on or ""))


def speaker(programme: Programme, standing: Standing | None, asking: Asking) -> Actor:
    """Whose permission counts: the country's, as its focal point would have it, for what is entered in its name.

    standing: of the exchange; None for one that is only being opened. Raises Refused for anybody but an officer, and for
    a party that the programme does not know.
    """
    actor, party = asking.actor, asking.actor.on_behalf_of
    if asking.came is None or party is None:
        return actor
    require(can(actor, "entry.make"))
    kind = _kind(programme, standing, party)
    if kind is None:
        raise refused("country.unknown", f"a party here, or a member country; {party} is neither", party=party)
    role = Role.FOCAL_POINT if kind == "country" else Role.PARTNER
    return replace(actor, role=role, party=party, on_behalf_of=None)


def _kind(programme: Programme, standing: Standing | None, party: str) -> str | None:
    if standing is None:
        return party_kind(programme, party)
    known: str | None = standing.parties.get(party, {}).get("kind")
    return known or ("country" if party in programme.countries else None)


def require_sayable(programme: Programme, asking: Asking, kind: str) -> None:
    """Raises Refused for a fact about a file, which is said by bringing it, and for consent entered for somebody."""
    if kind in WITH_A_FILE:
        raise refused("fact.said_with_its_file", f"{kind} follows from what is done with the file itself", kind=kind)
    require_no_consent(programme, asking, kind)


def require_no_consent(programme: Programme, asking: Asking, kind: str) -> None:
    """Raises Refused for consent entered, put right or struck for somebody."""
    fact = programme.facts.get(kind)
    if asking.came is not None and fact is not None and fact.consent:
        raise refused("permission.denied", f"{kind} is said by those whose consent it is", kind=kind)


def noted(asking: Asking, told: tuple[Happening, ...], moment: Moment) -> tuple[Happening, ...]:
    """What was decided, with how it came and why it is told late. Raises Refused."""
    if asking.came is None:
        return _told_late(asking, told)
    if mistake := malformed_came(asking.came, moment):
        raise Refused(mistake)
    return marked(_told_late(asking, told), asking.came)


def _told_late(asking: Asking, told: tuple[Happening, ...]) -> tuple[Happening, ...]:
    if not asking.backdate_reason:
        return told
    return (replace(told[0], payload={**told[0].payload, "backdated": asking.backdate_reason}), *told[1:])
