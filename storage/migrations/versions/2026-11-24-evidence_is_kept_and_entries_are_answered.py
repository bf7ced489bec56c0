# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence is kept, and entries in a country's name are answered.

Revision ID: 0008
Revises: 0007
"""

from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, text, whole

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entries",
        text("exchange", "id of the exchange", key=True),
        whole("seq", "the event that was entered", key=True),
        text("party", "in whose name"),
        text("type", "of that event"),
        text("item", "what it is about, like activity-3", null=True),
        text("came_by", "mail, telephone or meeting"),
        text("came_on", "day it arrived at the officer"),
        text("officer", "id of the person who entered it"),
        text("recorded_at", "when that event was recorded"),
        text("status", "waiting, confirmed or contested"),
        whole("answered_seq", "the event by which the country answered last", null=True),
        text("answered_by", "id of the person who answered for the country", null=True),
        text("answered_at", "when that event was recorded", null=True),
        text("reason", "why it was contested", null=True),
        comment="what officers entered in a country's name, and the country's answer",
        **CLUSTERED,
    )
    op.create_index("ix_entries_party_status", "entries", ["party", "status", "exchange", "seq"])
    op.create_table(
        "exceptions",
        text("exchange", "id of the exchange", key=True),
        whole("seq", "the event that is out of the ordinary", key=True),
        text("kind", "waiver, lapse, override, unheard, on_behalf, contested, back_dated …", key=True),
        text("what", "the need, the word (paper/party/bench), or the type of the event", key=True),
        text("party", "whose bench was passed over, or in whose name it was entered", null=True),
        text("bench", "the bench that was passed over", null=True),
        text("reason", "as it was given", null=True),
        text("officer", "id of the person who recorded it"),
        text("occurred_at", "when it happened"),
        text("recorded_at", "when it was recorded"),
        comment="what was done outside the ordinary way, one row for each way in which an event is so",
        **CLUSTERED,
    )
    op.create_index("ix_exceptions_recorded_at", "exceptions", ["recorded_at", "exchange", "seq"])
    op.create_index("ix_exceptions_party_bench", "exceptions", ["party", "bench", "exchange"])
    op.create_table(
        "evidence_readings",
        text("id", "UUIDv7", key=True),
        text("exchange", "id of the exchange"),
        text("item", "the evidence, like evidence-3"),
        text("person", "id of who read it"),
        text("role", "as what they read it"),
        text("party", "for which party", null=True),
        text("read_at", "instant"),
        comment="each reading of restricted evidence",
        **STRICT,
    )
    op.create_index("ix_evidence_readings_read_at", "evidence_readings", ["read_at"])
    op.create_index("ix_evidence_readings_exchange_item", "evidence_readings", ["exchange", "item"])


def downgrade() -> None:
    op.drop_table("evidence_readings")
    op.drop_table("exceptions")
    op.drop_table("entries")
