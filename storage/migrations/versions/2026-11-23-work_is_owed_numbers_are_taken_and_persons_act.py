# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Work is owed, numbers are taken, and persons act.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, text, whole

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = sa.text("done_at IS NULL AND dead_at IS NULL")
DEAD = sa.text("dead_at IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "outbox",
        text("id", "UUIDv7 of the duty", key=True),
        text("duty", "what is owed: draw_paper, notify, seal …"),
        text("subject", "what it is about, like exchange/ID"),
        text("payload", "canonical JSON of what the doer needs: ids and days, never names"),
        text("key", "the same duty added twice is one duty", unique=True),
        text("created_at", "instant"),
        text("due_at", "not before this instant"),
        whole("attempts", "how often it was claimed"),
        whole("max_attempts", "after so many it is dead"),
        text("leased_until", "until when its holder may finish it", null=True),
        text("lease", "token of the holder", null=True),
        text("done_at", "instant", null=True),
        text("dead_at", "instant at which no attempt was left", null=True),
        text("last_error", "why the last attempt failed; a code, never a name", null=True),
        comment="effects owed by committed moves; at least once, idempotent at the receiver",
        **STRICT,
    )
    op.create_index("ix_outbox_open", "outbox", ["due_at", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_outbox_dead", "outbox", ["dead_at", "id"], sqlite_where=DEAD, postgresql_where=DEAD)
    op.create_table(
        "idempotency",
        text("actor", "who asked", key=True),
        text("key", "the request's Idempotency-Key", key=True),
        text("fingerprint", "SHA-256 of what was asked, hex"),
        whole("status", "of the answer, as in HTTP"),
        text("answer", "JSON given back"),
        text("created_at", "instant"),
        comment="answers given, so that the same request twice has one effect",
        **CLUSTERED,
    )
    op.create_index("ix_idempotency_created_at", "idempotency", ["created_at"])
    op.create_table(
        "counters",
        text("kind", "SSC, AGR …", key=True),
        whole("year", "in which it was recorded", key=True),
        whole("last", "the last number taken"),
        comment="reference numbers: one row per kind and year",
        **CLUSTERED,
    )
    op.create_table(
        "persons",
        text("id", "random; the actor of events", key=True),
        text("name", "what the person is called; erasable, never in an event"),
        text("kind", "person, operator or service"),
        whole("specimen", "1 for actors of walked cases"),
        text("created_at", "instant"),
        comment="who acts; events know only the id",
        **STRICT,
    )
    op.create_table(
        "tokens",
        text("id", "UUIDv7", key=True),
        text("name", "what the token is for"),
        text("secret_hash", "SHA-256 of the secret, hex; the secret is shown once", unique=True),
        text("person", "id of the person it acts as"),
        text("role", "what the person may do"),
        text("party", "for which party", null=True),
        text("bench", "for which bench of it", null=True),
        text("scopes", "sorted, comma between"),
        text("created_at", "instant"),
        text("expires_at", "instant", null=True),
        text("revoked_at", "instant", null=True),
        comment="secrets by which programs come in",
        **STRICT,
    )
    op.create_table(
        "settings",
        text("name", "of the setting", key=True),
        text("value", "as text"),
        comment="what was chosen once for this installation, like the ledger's origin line",
        **STRICT,
    )


def downgrade() -> None:
    op.drop_table("settings")
    op.drop_table("tokens")
    op.drop_table("persons")
    op.drop_table("counters")
    op.drop_table("idempotency")
    op.drop_table("outbox")
