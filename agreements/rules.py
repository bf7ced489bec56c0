# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The agreement's machine: draft → negotiation → clearance → open for signature → signed → sealed → in force → its end.

Beside the exchange's machine, not inside it: one agreement may cover many exchanges, and what happens to it is told to each
of them in the same transaction. Words of status are those of docs/concepts.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from cycle.machine import StageMachine
from cycle.roles import PARTY, SECRETARIAT, SYSTEM


class Status(StrEnum):
    """Where an agreement stands."""

    DRAFT = "draft"
    NEGOTIATION = "negotiation"
    CLEARANCE = "clearance"
    OPEN_FOR_SIGNATURE = "open_for_signature"
    SIGNED = "signed"
    SEALED = "sealed"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    EXPIRED = "expired"
    TERMINATED = "terminated"


@dataclass(frozen=True, slots=True)
class Step:
    """A move of the agreement: from where to where, and who may make it."""

    name: str
    sources: tuple[Status, ...]
    to: Status
    by: tuple[str, ...]


_OFFICE = (PARTY, SECRETARIAT)
_FIXED_TEXT = (Status.CLEARANCE, Status.OPEN_FOR_SIGNATURE)

STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("open_negotiation", (Status.DRAFT,), Status.NEGOTIATION, _OFFICE),
        Step("send_for_clearance", (Status.NEGOTIATION,), Status.CLEARANCE, _OFFICE),
        Step("open_for_signature", (Status.CLEARANCE,), Status.OPEN_FOR_SIGNATURE, _OFFICE),
        Step("return_to_negotiation", _FIXED_TEXT, Status.NEGOTIATION, _OFFICE),
        Step("complete_signatures", (Status.OPEN_FOR_SIGNATURE,), Status.SIGNED, (SYSTEM,)),
        Step("seal", (Status.SIGNED,), Status.SEALED, (SECRETARIAT, SYSTEM)),
        Step("bring_into_force", (Status.SEALED,), Status.IN_FORCE, (SECRETARIAT,)),
        Step("supersede", (Status.IN_FORCE,), Status.AMENDED, (SYSTEM,)),
        Step("expire", (Status.IN_FORCE,), Status.EXPIRED, (SECRETARIAT, SYSTEM)),
        Step("terminate", (Status.IN_FORCE, Status.SEALED, Status.SIGNED), Status.TERMINATED, _OFFICE),
    )
}

TAKEN = tuple(step for step in STEPS.values() if step.by != (SYSTEM,))
"""The steps that somebody takes; the others follow by themselves."""

MACHINE = StageMachine(
    (s.value for s in Status), ((s.name, tuple(map(str, s.sources)), str(s.to)) for s in STEPS.values())
)

UNSIGNED = frozenset({Status.DRAFT, Status.NEGOTIATION, *_FIXED_TEXT})
BEFORE_SIGNATORIES = frozenset(_FIXED_TEXT)
"""While a fixed text lies before those who are to sign it: they may be invited to it, and may decline."""

ENDED = frozenset({Status.AMENDED, Status.EXPIRED, Status.TERMINATED})
