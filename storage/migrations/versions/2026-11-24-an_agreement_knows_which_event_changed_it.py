# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An agreement knows which event changed it last: its ETag, which the drawing of a paper leaves alone.

Revision ID: 0009
Revises: 0008
"""

import json
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from ledger.canonical import spelled

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Spelled out: what the code of a later day counts among them changes nothing of what was migrated on this one.
BESIDE = ("PaperOrdered", "PaperDrawnUp")

agreements = sa.table("agreements", sa.column("id"), sa.column("standing"))
events = sa.table("events", sa.column("stream"), sa.column("seq"), sa.column("type"))


def upgrade() -> None:
    _standings(lambda agreement, standing: {**standing, "changed_seq": _last_change(agreement)})


def downgrade() -> None:
    _standings(lambda _, standing: {name: value for name, value in standing.items() if name != "changed_seq"})


def _standings(change: Callable[[str, dict[str, Any]], dict[str, Any]]) -> None:
    connection = op.get_bind()
    for row in connection.execute(sa.select(agreements)).all():
        standing = spelled(change(row.id, json.loads(row.standing)))
        connection.execute(sa.update(agreements).where(agreements.c.id == row.id).values(standing=standing))


def _last_change(agreement: str) -> int:
    own = (events.c.stream == f"agreement/{agreement}", events.c.type.not_in(BESIDE))
    return int(op.get_bind().scalar(sa.select(sa.func.max(events.c.seq)).where(*own)) or 0)
