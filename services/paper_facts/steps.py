# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The eight steps as an exchange walked them: when it entered and left each, how often, and why it came back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cycle import events as e
from cycle.words import PATHS
from documents.facts import Step, Text
from services.paper_facts.common import stage_name
from services.paper_facts.phrases import given, phrase, sentences
from services.paper_facts.record import Record

_PLACES = frozenset({e.STAGE_MOVED, e.STAGE_RECORDED})


@dataclass(frozen=True, slots=True)
class Visit:
    """One stay in a stage. `because`: the reason of the return that led to it."""

    stage: str
    entered_on: date
    left_on: date | None = None
    because: str | None = None


def visits_of(record: Record) -> tuple[Visit, ...]:
    """Every stay, in order; a register that knows no day of a stage gives no stay in it."""
    stays: list[Visit] = []
    first = record.events[0].payload
    if first.get("stage", "draft") and not first.get("dated"):
        stays.append(Visit(first.get("stage", "draft"), date.fromisoformat(first["on"])))
    for event in record.events[1:]:
        if event.type in _PLACES:
            stays = _entered(stays, event.payload)
    return tuple(stays)


def _entered(stays: list[Visit], payload: dict[str, Any]) -> list[Visit]:
    on = date.fromisoformat(payload["on"])
    because = payload.get("reason") if "lap" in payload else None
    before = stays[:-1] + [Visit(last.stage, last.entered_on, on, last.because) for last in stays[-1:]]
    return [*before, Visit(payload["to"], on, None, because)]


def steps_of(record: Record) -> tuple[Step, ...]:
    """The eight steps in the order of the door the exchange came in by."""
    visits = visits_of(record)
    path = PATHS[record.standing.door][1:-1]
    return tuple(_step(record, number, stage.value, visits) for number, stage in enumerate(path, start=1))


def _step(record: Record, number: int, stage: str, visits: tuple[Visit, ...]) -> Step:
    stays = [visit for visit in visits if visit.stage == stage]
    name = stage_name(record.programme, stage)
    if not stays:
        return Step(number=number, name=name, state="not_held", laps=0, note=_unheld(record, stage))
    last = stays[-1]
    return Step(
        number=number,
        name=name,
        state="done" if last.left_on else "under_way",
        entered_on=stays[0].entered_on,
        left_on=last.left_on,
        laps=len(stays),
        note=_note(record, stays),
    )


def _unheld(record: Record, stage: str) -> Text | None:
    before = record.standing.before_minga
    earlier = before is not None and record.standing.place(stage) < record.standing.place(before)
    return phrase("before_record") if earlier else None


def _note(record: Record, stays: list[Visit]) -> Text | None:
    notes = [
        phrase("returned_because", on=stay.entered_on, words=given(stay.because)) for stay in stays if stay.because
    ]
    lifecycle = record.standing.lifecycle
    if stays[-1].stage == record.standing.stage and lifecycle not in ("active", "completed"):
        notes.append(phrase(f"lifecycle.{lifecycle}"))
    return sentences(notes) if notes else None
