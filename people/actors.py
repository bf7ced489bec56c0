"""An actor: a person (a random id, never a name) in the role they act in."""

from dataclasses import dataclass
from enum import StrEnum

from cycle.roles import SECRETARIAT, SYSTEM, bench_holder, party_holder


class Role(StrEnum):
    """What somebody is to Minga. The operator runs the server; the system is Minga's own heartbeat."""

    OPERATOR = "operator"
    SECRETARIAT = "secretariat"
    FOCAL_POINT = "focal_point"
    BENCH_DELEGATE = "bench_delegate"
    PARTNER = "partner"
    MANAGER = "manager"
    AUDITOR = "auditor"
    SYSTEM = "system"


OF_A_PARTY = frozenset({Role.FOCAL_POINT, Role.BENCH_DELEGATE, Role.PARTNER})
READS_ALL = frozenset({Role.OPERATOR, Role.SECRETARIAT, Role.MANAGER, Role.AUDITOR, Role.SYSTEM})
READS_ONLY = frozenset({Role.MANAGER, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody acting. `party` and `bench` say for whom; `on_behalf_of` names a party told for by an officer."""

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

    @property
    def reads_all(self) -> bool:
        return self.role in READS_ALL


OPERATOR = Actor("operator", Role.OPERATOR)
SYSTEM_ACTOR = Actor("minga", Role.SYSTEM)
