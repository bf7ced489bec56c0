# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Signatories are invited by mail to one agreement.

Revision ID: 0012
Revises: 0011
"""

from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, text, whole

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitations",
        text("id", "UUIDv7", key=True),
        text("agreement", "id of the agreement it opens, and nothing else"),
        text("party", "for which party the invited signs"),
        text("person", "random id of the invited: the actor of what they answer"),
        text("email", "lower case; where the letter goes"),
        text("language", "in which the letter is written"),
        whole("text_version", "of the text they were invited to"),
        text("invited_at", "instant"),
        text("expires_at", "instant after which it opens nothing"),
        text("ended_at", "instant", null=True),
        text("ended_because", "replaced, again, text, closed, government or revoked", null=True),
        comment="who was invited by mail to one agreement, without an account",
        **STRICT,
    )
    op.create_index("ix_invitations_agreement", "invitations", ["agreement", "party"])
    op.create_index("ix_invitations_party", "invitations", ["party"])
    op.create_index("ix_invitations_expires_at", "invitations", ["expires_at"])
    op.create_table(
        "invitation_keys",
        text("secret_hash", "SHA-256 of the key in a letter, hex", key=True),
        text("invitation", "which it opens"),
        text("made_at", "instant at which the letter was written"),
        comment="keys of letters that were sent; made when the letter leaves",
        **CLUSTERED,
    )
    op.create_index("ix_invitation_keys_invitation", "invitation_keys", ["invitation"])


def downgrade() -> None:
    op.drop_table("invitation_keys")
    op.drop_table("invitations")
