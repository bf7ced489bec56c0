# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A rest is looked at again: the day a suspension is reviewed counts as an allowance does.

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

AWAITED = sa.text("awaited_on IS NOT NULL")
RUNNING = sa.text("due_on IS NOT NULL AND lifecycle = 'active' AND stage NOT IN ('draft', 'closed')")
FILLED = """
    UPDATE exchanges SET awaited_on = CASE lifecycle WHEN 'active' THEN due_on WHEN 'suspended' THEN review_on END
    WHERE stage NOT IN ('draft', 'closed')
"""


def upgrade() -> None:
    op.add_column(
        "exchanges",
        text("awaited_on", "the one of these two days that counts now; none where nobody is waited for", null=True),
    )
    op.execute(sa.text(FILLED))
    op.drop_index("ix_exchanges_overdue", "exchanges")
    _index("ix_exchanges_awaited", "awaited_on", AWAITED)
    _resort("due_on", "awaited_on")


def downgrade() -> None:
    _resort("awaited_on", "due_on")
    op.drop_index("ix_exchanges_awaited", "exchanges")
    _index("ix_exchanges_overdue", "due_on", RUNNING)
    op.drop_column("exchanges", "awaited_on")


def _index(name: str, day: str, where: sa.TextClause) -> None:
    op.create_index(name, "exchanges", ["programme", day, "id"], sqlite_where=where, postgresql_where=where)


def _resort(old: str, new: str) -> None:
    op.execute(sa.text(f"DROP INDEX search_index_{old}"))
    op.execute(sa.text(f"CREATE INDEX search_index_{new} ON exchanges (coalesce({new}, ''), id)"))
