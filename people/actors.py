# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An actor: a person (a random id, never a name) in the role they act in."""

from dataclasses import dataclass
from enum import StrEnum

from cycle.roles import SECRETARIAT, SYSTEM, bench_holder, party_holder


class Role(StrEnum):
    """What somebody is to Minga.

    The operator runs the server; the system is Minga's own heartbeat; a signatory was invited to named papers and needs no
    account; the public is whoever has not signed in.
    """

    OPERATOR = "operator"
    SECRETARIAT = "secretariat"
    FOCAL_POINT = "focal_point"
    BENCH_DELEGATE = "bench_delegate"
    PARTNER = "partner"
    MANAGER = "manager"
    AUDITOR = "auditor"
    SIGNATORY = "signatory"
    SYSTEM = "system"
    PUBLIC = "public"


FOR_A_PERSON = "person:"
OF_A_PARTY = frozenset({Role.FOCAL_POINT, Role.BENCH_DELEGATE, Role.PARTNER})
OFFICERS = frozenset({Role.OPERATOR, Role.SECRETARIAT})
READS_ONLY = frozenset({Role.MANAGER, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting. `party` and `bench` say for whom.

    `on_behalf_of` names the party an officer enters for ("BR"), or the person a delegate stands in for ("person:ID").
    """

    person: str
    role: Role
    party: str | None = None
    bench: str | None = None
    on_behalf_of: str | None = None

    @property
    def holds(self) -> frozenset[str]:
        """The holders (`cycle.roles`) this actor is."""
        match self.role:
            case Role.SECRETARIAT | Role.OPERATOR:
                return frozenset({SECRETARIAT})
            case Role.SYSTEM:
                return frozenset({SYSTEM})
            case Role.BENCH_DELEGATE if self.party and self.bench:
                return frozenset({bench_holder(self.party, self.bench)})
            case Role.FOCAL_POINT | Role.PARTNER if self.party:
                return frozenset({party_holder(self.party)})
            case _:
                return frozenset()


def stood_for(on_behalf_of: str | None) -> str | None:
    """The person a delegate stands in for; None for a party an officer enters for, and for nobody."""
    behalf = on_behalf_of or ""
    return behalf.removeprefix(FOR_A_PERSON) if behalf.startswith(FOR_A_PERSON) else None


OPERATOR = Actor("operator", Role.OPERATOR)
SYSTEM_ACTOR = Actor("minga", Role.SYSTEM)
PUBLIC = Actor("public", Role.PUBLIC)
