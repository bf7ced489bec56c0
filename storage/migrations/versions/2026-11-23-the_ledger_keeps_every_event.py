# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The ledger keeps every event, and each programme's published versions.

Revision ID: 0001
Revises: nothing
"""

from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, blob, text, whole

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "streams",
        text("id", "kind/UUIDv7: one thing's events", key=True),
        text("kind", "the part of the id before the stroke"),
        whole("seq", "how many events the stream has; the one thing compared and set"),
        text("tip", "hash of the last event, hex"),
        comment="one row per stream: the one compare-and-set",
        **CLUSTERED,
    )
    op.create_table(
        "events",
        text("stream", "the stream this event belongs to", key=True),
        whole("seq", "1, 2, 3 … within the stream", key=True),
        text("type", "what happened, in the past tense"),
        whole("v", "version of the payload's shape"),
        text("payload", "canonical JSON of what happened"),
        text("actor", "random id of the person who recorded it"),
        text("on_behalf_of", "party in whose name it was recorded", null=True),
        text("occurred_at", "instant at which it happened"),
        text("recorded_at", "instant at which it was recorded; never goes back within a stream"),
        text("programme_version", "slug/version of the rules in force", null=True),
        text("previous", "hash of the event before, hex; zeros for the first"),
        blob("canonical", "RFC 8785 bytes of every column but itself and hash"),
        text("hash", "SHA-256 of canonical, hex"),
        comment="the ledger; a row is never changed nor deleted",
        **STRICT,
    )
    op.create_table(
        "sealed",
        text("stream", "stream of the event that holds the digest", key=True),
        whole("seq", "its place in the stream", key=True),
        text("field", "name of the payload's field", key=True),
        text("value", "the value in clear"),
        blob("salt", "what the digest was salted with"),
        comment="values about persons; erasing a row leaves the chain whole",
        **CLUSTERED,
    )
    op.create_table(
        "programmes",
        text("slug", "the programme's name in code", key=True),
        whole("version", "1, 2, 3 …", key=True),
        text("hash", "SHA-256 of document, hex"),
        text("document", "canonical JSON with every default resolved; all the engine reads"),
        text("source", "the TOML as it was published"),
        text("published_at", "instant of publication"),
        text("stream", "the programme's stream"),
        comment="published versions of each programme; a row is never changed",
        **STRICT,
    )


def downgrade() -> None:
    op.drop_table("programmes")
    op.drop_table("sealed")
    op.drop_table("events")
    op.drop_table("streams")
