# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The rests of an exchange are found without reading the rest: an index holds its changes of lifecycle alone.

Whoever shows an exchange asks when it rested. A long one has thousands of events, of which two or three answer.

Revision ID: 0013
Revises: 0012
"""

from alembic import op
from sqlalchemy import text

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

LIFECYCLE = text("type = 'LifecycleChanged'")


def upgrade() -> None:
    op.create_index(
        "ix_events_lifecycle", "events", ["stream", "seq"], sqlite_where=LIFECYCLE, postgresql_where=LIFECYCLE
    )


def downgrade() -> None:
    op.drop_index("ix_events_lifecycle", "events")
