# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Streams for tests: a few events of one exchange, and one column of one event altered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ledger.chain import extend
from ledger.event import GENESIS, Draft, Event, Tip

STREAM = "exchange/0193a5f0-0000-7000-8000-000000000001"


def draft(number: int) -> Draft:
    return Draft("LessonTold", {"item": f"lesson-{number}", "told_by": "BR", "weight": number})


def told(
    drafts: Sequence[Draft],
    tip: Tip = GENESIS,
    *,
    stream: str = STREAM,
    recorded_at: str = "2026-11-23T09:00:00.000Z",
    on_behalf_of: str | None = "BR",
) -> tuple[Event, ...]:
    return extend(
        stream,
        tip,
        drafts,
        actor="0193a5f0-0000-7000-8000-00000000000a",
        on_behalf_of=on_behalf_of,
        occurred_at="2026-11-23T08:00:00.000Z",
        recorded_at=recorded_at,
        programme_version="regional-initiative/1",
    )


def events(count: int) -> tuple[Event, ...]:
    return told([draft(number) for number in range(1, count + 1)])


def altered(stream: Sequence[Event], at: int, /, **columns: Any) -> list[Event]:
    return [replace(event, **columns) if event.seq == at else event for event in stream]
