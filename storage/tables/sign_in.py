# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Signing in: sessions, passwords, links, second factors, recovery codes, and the tries that limits count.

No secret rests here as it was given: ids of sessions, links and recovery codes stand as their SHA-256, passwords as
argon2id, the secret of a second factor sealed by a key of the folder MINGA_KEYS. Neither does an address: tries name
accounts and origins by a keyed digest.
"""

from sqlalchemy import Index, Table

from storage.tables.metadata import CLUSTERED, STRICT, metadata, text, whole

sessions = Table(
    "sessions",
    metadata,
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
_living = sessions.c.ended_at.is_(None)
Index("ix_sessions_living", sessions.c.person, sqlite_where=_living, postgresql_where=_living)
Index("ix_sessions_expires_at", sessions.c.expires_at)

passwords = Table(
    "passwords",
    metadata,
    text("person", "whose", key=True),
    text("hash", "argon2id with its parameters and salt"),
    text("changed_at", "instant"),
    comment="passwords of those who chose one",
    **CLUSTERED,
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    text("id", "UUIDv7", key=True),
    text("secret_hash", "SHA-256 of the secret in the link, hex", unique=True),
    text("person", "whom it lets in"),
    text("created_at", "instant"),
    text("expires_at", "instant"),
    text("used_at", "instant; a link is used once", null=True),
    comment="links by which people come in once; the secret is made when the mail is sent",
    **STRICT,
)
Index("ix_sign_in_links_expires_at", sign_in_links.c.expires_at)
Index("ix_sign_in_links_person", sign_in_links.c.person)

second_factors = Table(
    "second_factors",
    metadata,
    text("person", "whose", key=True),
    text("sealed", "the secret, AES-256-GCM, base64; opened by a key of MINGA_KEYS"),
    text("created_at", "instant"),
    text("confirmed_at", "instant of the first right code", null=True),
    whole("last_step", "the time step of the last code accepted; none before it counts again", null=True),
    comment="secrets that make one-time codes",
    **CLUSTERED,
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    text("person", "whose", key=True),
    text("code_hash", "SHA-256 of the code, hex", key=True),
    text("used_at", "instant; a code is used once", null=True),
    comment="codes for the day the telephone is lost",
    **CLUSTERED,
)

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    text("id", "UUIDv7", key=True),
    text("way", "password, code or link"),
    text("account", "keyed digest of the address that was typed, known or not"),
    text("origin", "keyed digest of where it came from"),
    text("tried_at", "instant"),
    whole("succeeded", "1 or 0"),
    comment="tries to sign in, counted by the limits and then forgotten",
    **STRICT,
)
Index("ix_sign_in_tries_account", sign_in_tries.c.account, sign_in_tries.c.tried_at)
Index("ix_sign_in_tries_origin", sign_in_tries.c.origin, sign_in_tries.c.tried_at)
Index("ix_sign_in_tries_tried_at", sign_in_tries.c.tried_at)
