# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Moves that the machine in force does not allow: from where to where, and in which lifecycle; never the needs again.

Source: the programme version the exchange is pinned to; for agreements, the machine of `agreements.rules`.
"""

from collections.abc import Iterator

from agreements.agreement import MOVED, Agreement
from agreements.rules import MACHINE
from cycle import events as e
from cycle.programme import Programme
from cycle.rules import Move
from cycle.standing import Standing
from ledger.event import Event
from ledger.findings import Damage, Finding
from observatory.audit.finding import shown

MOVES = frozenset({e.STAGE_MOVED, e.LIFECYCLE_CHANGED, e.PARTY_REPLACED, e.EXCHANGE_RENEWED})


def opening_not_allowed(event: Event) -> Iterator[Finding]:
    """An exchange begins in draft, unless it was imported."""
    if event.type == e.EXCHANGE_IMPORTED:
        return
    if event.type != e.EXCHANGE_DRAFTED:
        yield _finding(event, event.type, e.EXCHANGE_DRAFTED, "an exchange begins by being drafted or imported")
    if jumped := sorted({"stage", "lifecycle", "reference", "source"} & set(event.payload)):
        yield _finding(event, ", ".join(jumped), "", "an exchange that was not imported begins as an active draft")


def move_not_allowed(programme: Programme, before: Standing, event: Event) -> Iterator[Finding]:
    """What in an exchange's event the machine of its programme does not know."""
    if event.type == e.STAGE_RECORDED and before.source is None:
        yield _finding(
            event, event.type, e.STAGE_MOVED, "a stage is recorded without a move only for imported exchanges"
        )
    if event.type not in MOVES:
        return
    name = str(event.payload.get("move"))
    move = programme.moves.get(name)
    if move is None:
        yield _finding(event, name, "", f"{programme.label} has no move {name}")
        return
    yield from _misplaced(programme, before, event, move)


def _misplaced(programme: Programme, before: Standing, event: Event, move: Move) -> Iterator[Finding]:
    said, name = event.payload, move.name
    if said.get("from") != before.stage:
        text = f"{name} claims to start elsewhere than where the exchange stood"
        yield _finding(event, str(said.get("from")), before.stage, text)
    if not programme.machine.allows(name, before.stage):
        text = f"{name} does not start from {before.stage} in {programme.label}"
        yield _finding(event, before.stage, ", ".join(move.sources), text)
    elif said.get("to", before.stage) != (to := programme.machine.destination(name, before.stage)):
        yield _finding(event, str(said["to"]), to, f"{name} does not lead there in {programme.label}")
    if before.lifecycle not in move.while_:
        text = f"{name} was not possible while the exchange was {before.lifecycle}"
        yield _finding(event, before.lifecycle, ", ".join(move.while_), text)
    makes = str(move.lifecycle) if move.lifecycle else None
    if said.get("lifecycle") != makes:
        yield _finding(event, str(said.get("lifecycle")), str(makes), f"{name} does not make this of the lifecycle")


def step_not_allowed(before: Agreement, event: Event) -> Iterator[Finding]:
    """What in an agreement's event its machine does not know."""
    if event.type != MOVED:
        return
    said, step = event.payload, str(event.payload.get("step"))
    if said.get("from") != before.status:
        text = f"{step} claims to start elsewhere than where the agreement stood"
        yield _finding(event, str(said.get("from")), before.status, text)
    if not MACHINE.allows(step, before.status):
        yield _finding(event, step, ", ".join(MACHINE.moves_from(before.status)), f"no such step from {before.status}")
    elif said.get("to") != (to := MACHINE.destination(step, before.status)):
        yield _finding(event, str(said.get("to")), to, f"{step} does not lead there")


def _finding(event: Event, stored: str, expected: str, text: str) -> Finding:
    return Finding(
        Damage.MOVE_NOT_ALLOWED, event.stream, event.seq, "events.payload", shown(stored), shown(expected), shown(text)
    )
