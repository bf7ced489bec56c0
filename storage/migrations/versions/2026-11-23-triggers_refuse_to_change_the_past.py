# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Triggers refuse to change the past.

The statements live in storage/triggers.py, where the audit compares them with what the database
holds. Whoever changes one there adds a migration that removes and installs it again.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from storage.triggers import removals, statements

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for statement in statements(op.get_bind().dialect.name):
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    for statement in removals(op.get_bind().dialect.name):
        op.execute(sa.text(statement))
