# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Persons, the tokens that act for them, and the settings of this installation."""

from sqlalchemy import Index, Table

from storage.tables.metadata import STRICT, metadata, text, whole

persons = Table(
    "persons",
    metadata,
    text("id", "random; the actor of events", key=True),
    text("name", "what the person is called; erasable, never in an event"),
    text("kind", "person, operator or service"),
    whole("specimen", "1 for actors of walked cases"),
    text("created_at", "instant"),
    text("email", "lower case; erasable, never in an event", null=True),
    text("language", "BCP 47: in which notices and pages are written", null=True),
    text("erased_at", "instant at which name and email were erased", null=True),
    comment="who acts; events know only the id",
    **STRICT,
)
Index("ix_persons_email", persons.c.email, unique=True)

tokens = Table(
    "tokens",
    metadata,
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

settings = Table(
    "settings",
    metadata,
    text("name", "of the setting", key=True),
    text("value", "as text"),
    comment="what was chosen once for this installation, like the ledger's origin line",
    **STRICT,
)
