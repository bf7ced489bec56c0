# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Invitations of signatories to one agreement, and the keys by which their letters open it.

No event explains these rows: an event says that somebody was invited, never to which address, and a key rests as its SHA-256.
"""

from sqlalchemy import Index, Table

from storage.tables.metadata import CLUSTERED, STRICT, metadata, text, whole

invitations = Table(
    "invitations",
    metadata,
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
Index("ix_invitations_agreement", invitations.c.agreement, invitations.c.party)
Index("ix_invitations_party", invitations.c.party)
Index("ix_invitations_expires_at", invitations.c.expires_at)

invitation_keys = Table(
    "invitation_keys",
    metadata,
    text("secret_hash", "SHA-256 of the key in a letter, hex", key=True),
    text("invitation", "which it opens"),
    text("made_at", "instant at which the letter was written"),
    comment="keys of letters that were sent; made when the letter leaves",
    **CLUSTERED,
)
Index("ix_invitation_keys_invitation", invitation_keys.c.invitation)
