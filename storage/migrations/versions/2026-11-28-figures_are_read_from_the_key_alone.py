# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Figures are read from the key alone: on PostgreSQL the key of the base carries the count too.

A board sums ten thousand rows and more. Looking each of them up beside its key cost as much again; SQLite clusters the
table on its key and never did.

Revision ID: 0011
Revises: 0010
"""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = "PRIMARY KEY (programme, country, specimen, stage, lifecycle, happened_on, recorded_on)"


def upgrade() -> None:
    _rekey(f"{KEY} INCLUDE (delta)")


def downgrade() -> None:
    _rekey(KEY)


def _rekey(key: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE flow_base DROP CONSTRAINT pk_flow_base, ADD CONSTRAINT pk_flow_base {key}")
