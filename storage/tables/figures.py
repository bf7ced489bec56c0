# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The flow: how many exchanges entered and left each stage on each day.

Counters updated in place make writers wait for each other (83 moves a second, with deadlocks); a
move only inserts deltas (4,000 a second), and the beat folds them into the base. A figure is the
sum of both.
"""

from sqlalchemy import Column, Table

from storage.tables.metadata import CLUSTERED, STRICT, metadata, numbered, text, whole


def _columns(*, key: bool) -> tuple[Column[str] | Column[int], ...]:
    """In the order in which figures are summed: by stage and lifecycle, over days.

    With the days before the stages a board sorted every row it had read: twice the time at a hundred thousand exchanges.
    """
    return (
        text("programme", "slug of the programme", key=key),
        text("country", "ISO 3166-1 alpha-2, or '*' for each exchange once", key=key),
        whole("specimen", "1 for exchanges that are not real", key=key),
        text("stage", "the stage entered or left", key=key),
        text("lifecycle", "the lifecycle entered or left", key=key),
        text("happened_on", "day of the move, in the programme's time zone", key=key),
        text("recorded_on", "day it was recorded", key=key),
        whole("delta", "entered minus left"),
    )


# No index: the beat keeps the tail short, and each index would make every move dearer.
flow = Table(
    "flow",
    metadata,
    numbered("id", "for deleting what was folded"),
    *_columns(key=False),
    comment="the tail: deltas not yet folded",
    **STRICT,
)

# On PostgreSQL the key includes `delta` (SQLite clusters by it), so that a figure is summed from the key alone.
flow_base = Table(
    "flow_base",
    metadata,
    *_columns(key=True),
    comment="the base: deltas folded by day",
    **CLUSTERED,
)
