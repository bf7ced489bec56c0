# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Telling: the events one row becomes. Nothing is told that the register does not say.

`ExchangeImported` holds the row; a stage is recorded on a day only where the register has that day.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from cycle import events as e
from cycle.events import Happening
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.standing import ENDED
from cycle.words import Door, Lifecycle, Stage, place
from ledger.canonical import canonical_text
from ledger.instants import instant
from services.importing.profiles import Profile
from services.importing.rows import Row, pairs

SEALED = "other_columns"


def told(
    programme: Programme, profile: Profile, row: Row, reference: str, moment: Moment
) -> list[tuple[Happening, Moment]]:
    """The events of one row, each with its moment: imported now, its dated stages on their own days."""
    stages = dated_stages(row, profile.door)
    imported = _imported(programme, profile, row, reference, moment, len(stages))
    return [(imported, moment)] + [(stage, _moment_of_day(programme, stage, moment)) for stage in stages]


def dated_stages(row: Row, door: str) -> list[Happening]:
    """The stages the register has days for: none unless they lead to where it says the exchange stands today.

    The first day of a cooperation is its first day of execution; the last day of an ended one is the day it ended.
    """
    stands = row.stands
    begun = place(stands.stage, door) >= place(Stage.EXECUTION, door)
    if not begun or row.start is None:
        return []
    execution = _stage(Stage.EXECUTION, Lifecycle.ACTIVE, row.start)
    if stands.stage == Stage.EXECUTION and stands.lifecycle == Lifecycle.ACTIVE:
        return [execution]
    if stands.lifecycle in ENDED and row.end is not None:
        return [execution, _stage(stands.stage, stands.lifecycle, row.end)]
    return []


def _stage(stage: Stage, lifecycle: Lifecycle, on: str) -> Happening:
    return Happening(e.STAGE_RECORDED, {"to": stage.value, "lifecycle": lifecycle.value, "on": on})


def _moment_of_day(programme: Programme, stage: Happening, moment: Moment) -> Moment:
    """The start of a day where the programme is at home."""
    midnight = datetime.combine(datetime.fromisoformat(stage.payload["on"]), time(), ZoneInfo(programme.timezone))
    return Moment.of(instant(midnight), moment.recorded_at, programme.timezone)


def _imported(
    programme: Programme, profile: Profile, row: Row, reference: str, moment: Moment, dated: int
) -> Happening:
    opening = row.provider if profile.door == Door.OFFER.value else row.requester
    payload: dict[str, Any] = {
        "programme": programme.slug,
        "programme_version": programme.version,
        "title": row.title,
        "origin": "imported",
        "weight": profile.weight,
        "door": profile.door,
        "first_party": opening.party,
        "parties": parties(row),
        "stage": row.stands.stage.value,
        "lifecycle": row.stands.lifecycle.value,
        "before_minga": before_minga(row),
        "reference": reference,
        "on": row.start if dated else moment.occurred_on,
        "dated": dated,
        "source": profile.source_key(row.key),
        "row": pairs(row.plain),
        "fingerprint": row.fingerprint,
        "flags": sorted(row.flags),
        "remarks": dict(row.flags),
    }
    payload |= _when_given(planned_end_on=row.end if row.stands.lifecycle not in ENDED else None)
    payload |= _when_given(cooperation_programme=row.cooperation, attribution=profile.attribution)
    if not row.sealed:
        return Happening(e.EXCHANGE_IMPORTED, payload)
    return Happening(e.EXCHANGE_IMPORTED, {**payload, SEALED: canonical_text(pairs(row.sealed))}, sealed=(SEALED,))


def parties(row: Row) -> list[dict[str, str]]:
    """Provider and requester, institutions as they were given."""
    sides = ((row.provider, "offers", row.provider_institution), (row.requester, "asks", row.institution))
    return [
        {"party": named.party, "role": role, "kind": named.kind, **_when_given(institution=institution)}
        for named, role, institution in sides
    ]


def before_minga(row: Row) -> str:
    """Up to which stage the needs count as met: where it stands, but never more than that it was carried out."""
    closed = row.stands.stage == Stage.CLOSED
    return Stage.EXECUTION.value if closed else row.stands.stage.value


def _when_given(**fields: str | None) -> Mapping[str, str]:
    return {name: value for name, value in fields.items() if value}
