# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An absence says who told it; of those told before, nobody knows.

Revision ID: 0010
Revises: 0009
"""

from alembic import op

from storage.tables.metadata import text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("absences", text("told_by", "id of the person who said so", null=True))


def downgrade() -> None:
    op.drop_column("absences", "told_by")
