# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""People sign in: sessions, passwords, links and codes.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, text, whole

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

LIVING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "sessions",
        text("id", "UUIDv7; no secret", key=True),
        text("secret_hash", "SHA-256 of what the cookie holds, hex; another after each step-up", unique=True),
        text("person", "id of the person who signed in"),
        text("role", "acted as; null: not chosen yet", null=True),
        text("party", "acted for", null=True),
        text("bench", "sat on", null=True),
        text("on_behalf_of", "a party or person:ID", null=True),
        text("means", "password, link or demonstration"),
        whole("strong", "1 once the second factor was given"),
        text("device", "the kind of browser, never its whole name"),
        text("created_at", "instant"),
        text("seen_at", "instant of the last use, to the minute"),
        text("expires_at", "instant after which no use keeps it alive"),
        text("ended_at", "instant", null=True),
        comment="who is signed in, and as whom each acts",
        **STRICT,
    )
    op.create_index("ix_sessions_living", "sessions", ["person"], sqlite_where=LIVING, postgresql_where=LIVING)
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])
    op.create_table(
        "passwords",
        text("person", "whose", key=True),
        text("hash", "argon2id with its parameters and salt"),
        text("changed_at", "instant"),
        comment="passwords of those who chose one",
        **CLUSTERED,
    )
    op.create_table(
        "sign_in_links",
        text("id", "UUIDv7", key=True),
        text("secret_hash", "SHA-256 of the secret in the link, hex", unique=True),
        text("person", "whom it lets in"),
        text("created_at", "instant"),
        text("expires_at", "instant"),
        text("used_at", "instant; a link is used once", null=True),
        comment="links by which people come in once; the secret is made when the mail is sent",
        **STRICT,
    )
    op.create_index("ix_sign_in_links_expires_at", "sign_in_links", ["expires_at"])
    op.create_index("ix_sign_in_links_person", "sign_in_links", ["person"])
    op.create_table(
        "second_factors",
        text("person", "whose", key=True),
        text("sealed", "the secret, AES-256-GCM, base64; opened by a key of MINGA_KEYS"),
        text("created_at", "instant"),
        text("confirmed_at", "instant of the first right code", null=True),
        whole("last_step", "the time step of the last code accepted; none before it counts again", null=True),
        comment="secrets that make one-time codes",
        **CLUSTERED,
    )
    op.create_table(
        "recovery_codes",
        text("person", "whose", key=True),
        text("code_hash", "SHA-256 of the code, hex", key=True),
        text("used_at", "instant; a code is used once", null=True),
        comment="codes for the day the telephone is lost",
        **CLUSTERED,
    )
    op.create_table(
        "sign_in_tries",
        text("id", "UUIDv7", key=True),
        text("way", "password, code or link"),
        text("account", "keyed digest of the address that was typed, known or not"),
        text("origin", "keyed digest of where it came from"),
        text("tried_at", "instant"),
        whole("succeeded", "1 or 0"),
        comment="tries to sign in, counted by the limits and then forgotten",
        **STRICT,
    )
    op.create_index("ix_sign_in_tries_account", "sign_in_tries", ["account", "tried_at"])
    op.create_index("ix_sign_in_tries_origin", "sign_in_tries", ["origin", "tried_at"])
    op.create_index("ix_sign_in_tries_tried_at", "sign_in_tries", ["tried_at"])


def downgrade() -> None:
    op.drop_table("sign_in_tries")
    op.drop_table("recovery_codes")
    op.drop_table("second_factors")
    op.drop_table("sign_in_links")
    op.drop_table("passwords")
    op.drop_table("sessions")
