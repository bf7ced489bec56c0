# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Figures: the flow, base and tail together, against what all events add up to; and the counters of references."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from ledger.findings import Damage, Finding
from observatory.audit.finding import shown
from storage.flow import KEY, FlowKey, sums
from storage.tables import counters


def flow_drift(connection: Connection, explained: Counter[FlowKey]) -> Iterator[Finding]:
    """Each count whose sum over both tables is not what the events add up to. Empties `explained`."""
    for key, stored in sums(connection):
        expected = explained.pop(key, 0)
        if stored != expected:
            yield _count(key, stored, expected)
    for key, expected in explained.items():
        if expected:
            yield _count(key, 0, expected)


def _count(key: FlowKey, stored: int, expected: int) -> Finding:
    where = ", ".join(f"{name} {shown(value)}" for name, value in zip(KEY, key, strict=True))
    text = f"the flow does not add up for {where}"
    return Finding(Damage.PROJECTION_DRIFT, "", 0, "flow_base.delta", str(stored), str(expected), text)


def reference_number(reference: str | None) -> tuple[str, int, int] | None:
    """Kind, year and number of a reference (`SSC-2026-0042`); None for what is none of Minga's."""
    prefix, _, rest = (reference or "").partition("-")
    year, _, number = rest.partition("-")
    return (prefix, int(year), int(number)) if year.isdecimal() and number.isdecimal() else None


def counters_drift(connection: Connection, taken: Mapping[tuple[str, int], int]) -> Iterator[Finding]:
    """Counters that would give a reference out twice."""
    stored = {(row.kind, row.year): row.last for row in connection.execute(select(counters))}
    for (kind, year), highest in sorted(taken.items()):
        last = stored.get((kind, year), 0)
        if last < highest:
            text = f"the counter of {kind} {year} would give out a reference that was given already"
            yield Finding(Damage.PROJECTION_DRIFT, "", 0, "counters.last", str(last), str(highest), text)
