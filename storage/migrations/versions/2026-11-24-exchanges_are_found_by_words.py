# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges are found by their words.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from storage.search import fill
from storage.tables.metadata import STRICT, text
from storage.tables.search import INDEX, POSTGRESQL, SQLITE

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ORDERS = {"search_index_moved_at": "coalesce(moved_at, '')", "search_index_due_on": "coalesce(due_on, '')"}


def upgrade() -> None:
    op.create_table(
        "search",
        text("exchange", "id of the exchange", key=True),
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            nullable=False,
            unique=True,
            comment="63 bits of the SHA-256 of that id: the row's number in the index",
        ),
        text("words", "each word once, without accents and capitals, a space between"),
        comment="the words of titles, references, parties, institutions and sheets",
        **STRICT,
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(sa.text(statement))
    op.create_index("ix_exchanges_entered_on", "exchanges", ["entered_on", "id"])
    op.create_index("ix_exchanges_title", "exchanges", ["title", "id"])
    for name, first in ORDERS.items():
        op.execute(sa.text(f"CREATE INDEX {name} ON exchanges ({first}, id)"))
    fill(op.get_bind())


def downgrade() -> None:
    for name in (*ORDERS, "ix_exchanges_title", "ix_exchanges_entered_on"):
        op.execute(sa.text(f"DROP INDEX {name}"))
    if op.get_bind().dialect.name == "sqlite":
        op.execute(sa.text(f"DROP TABLE {INDEX}"))
    op.drop_table("search")
