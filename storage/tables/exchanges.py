# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges with their parties and facts: what the events of each exchange add up to."""

from sqlalchemy import Index, Table

from storage.tables.metadata import CLUSTERED, STRICT, metadata, text, whole

exchanges = Table(
    "exchanges",
    metadata,
    text("id", "UUIDv7; the stream is exchange/ID", key=True),
    text("reference", "SSC-2026-0042; none in draft", null=True, unique=True),
    text("title", "what it is called"),
    text("programme", "slug of the programme it is pinned to"),
    whole("programme_version", "version of that programme"),
    text("origin", "entered, imported, walked or demonstration"),
    whole("specimen", "1 when it is no real exchange"),
    text("weight", "light, standard or triangular"),
    text("door", "offer or demand: how it came in"),
    text("stage", "draft, one of the eight, or closed"),
    text("lifecycle", "active, suspended, withdrawn, declined, expired, terminated or completed"),
    whole("lap", "how often it was returned to an earlier stage"),
    text("entered_on", "day it entered its stage"),
    text("moved_at", "when its last move occurred", null=True),
    text("due_on", "last day of the stage's allowance", null=True),
    text("review_on", "day a suspension is looked at again", null=True),
    text("awaited_on", "the one of these two days that counts now; none where nobody is waited for", null=True),
    text("source", "profile:key of the imported row", null=True, unique=True),
    whole("seq", "the last event folded into this row"),
    text("recorded_at", "when that event was recorded"),
    text("standing", "canonical JSON of all that a decision reads"),
    comment="one row per exchange: where it stands, explained by its events",
    **STRICT,
)

_awaited = exchanges.c.awaited_on.is_not(None)
Index(
    "ix_exchanges_awaited",
    exchanges.c.programme,
    exchanges.c.awaited_on,
    exchanges.c.id,
    sqlite_where=_awaited,
    postgresql_where=_awaited,
)
# Lists in other orders; those by a day that may be missing are made by the migration alone (storage/tables/search.py).
Index("ix_exchanges_entered_on", exchanges.c.entered_on, exchanges.c.id)
Index("ix_exchanges_title", exchanges.c.title, exchanges.c.id)
Index("ix_exchanges_stage_lifecycle_id", exchanges.c.stage, exchanges.c.lifecycle, exchanges.c.id)

parties = Table(
    "parties",
    metadata,
    text("exchange", "id of the exchange", key=True),
    text("party", "ISO 3166-1 alpha-2 of a country, or a partner's code", key=True),
    text("kind", "country or partner"),
    text("roles", "asks, both, facilitates, offers, supports: sorted, comma between"),
    text("institution", "who acts for the party", null=True),
    text("joined_on", "day it joined"),
    text("left_on", "day it left", null=True),
    whole("seq", "the event that last changed this row"),
    comment="who takes part in each exchange",
    **CLUSTERED,
)
Index("ix_parties_party_exchange", parties.c.party, parties.c.exchange)

facts = Table(
    "facts",
    metadata,
    text("exchange", "id of the exchange", key=True),
    text("item", "name within the exchange, like activity-3", key=True),
    text("kind", "activity, contribution, indicator, lesson …"),
    text("party", "whose fact it is", null=True),
    text("happens_on", "day it happens or is due", null=True),
    text("status", "the kind's own word for how far it is", null=True),
    text("body", "canonical JSON of what was said"),
    whole("struck", "1 when corrected away or withdrawn"),
    whole("said_seq", "the event that said it first"),
    whole("changed_seq", "the event that last changed it: its ETag"),
    comment="what parties said inside the stages, one row per item",
    **STRICT,
)
Index(
    "ix_facts_register",
    facts.c.kind,
    facts.c.status,
    facts.c.happens_on,
    facts.c.exchange,
    facts.c.item,
)
