# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Agreements and the exchanges they cover, the papers drawn up, and the money set aside."""

from sqlalchemy import Index, Table

from storage.tables.metadata import CLUSTERED, STRICT, metadata, text, whole

agreements = Table(
    "agreements",
    metadata,
    text("id", "UUIDv7; the stream is agreement/ID", key=True),
    text("reference", "AGR-2026-0007", null=True, unique=True),
    text("title", "what it is called"),
    text("programme", "slug of the programme it is pinned to"),
    whole("programme_version", "version of that programme"),
    whole("specimen", "1 when it is no real agreement"),
    text("status", "where it stands, from draft to expired or terminated"),
    whole("version", "of its text"),
    text("in_force_on", "day it took effect", null=True),
    text("expires_on", "last day of its force", null=True),
    whole("seq", "the last event folded into this row"),
    text("recorded_at", "when that event was recorded"),
    text("standing", "canonical JSON of all that a decision reads"),
    comment="one row per agreement, explained by its events",
    **STRICT,
)

coverage = Table(
    "coverage",
    metadata,
    text("agreement", "id of the agreement", key=True),
    text("exchange", "id of an exchange it covers", key=True),
    whole("since_seq", "the agreement's event that began to cover it"),
    whole("until_seq", "the agreement's event that ceased to", null=True),
    comment="which exchanges each agreement covers",
    **CLUSTERED,
)
Index("ix_coverage_exchange", coverage.c.exchange)

papers = Table(
    "papers",
    metadata,
    text("id", "UUIDv7", key=True),
    text("stream", "the stream whose event ordered it"),
    text("exchange", "id of the exchange it is about", null=True),
    text("agreement", "id of the agreement it is about", null=True),
    text("kind", "agreement, roadmap, good_practice …"),
    text("languages", "BCP 47 codes, comma between, in order of the columns"),
    whole("version", "1, 2, 3 … of this kind for this subject"),
    whole("ordered_seq", "the event that ordered it"),
    text("ordered_at", "when that event was recorded"),
    text("status", "ordered or drawn"),
    text("drawn_at", "when the file was made", null=True),
    text("sha256", "of the file, hex", null=True),
    whole("bytes", "length of the file", null=True),
    whole("pages", "of the file", null=True),
    comment="papers ordered by events, and their files once drawn up",
    **STRICT,
)
Index("ix_papers_exchange", papers.c.exchange)

funding_sources = Table(
    "funding_sources",
    metadata,
    text("id", "UUIDv7; the stream is funding/ID", key=True),
    text("donor", "who gives the money"),
    text("project_code", "the donor's own code"),
    text("currency", "ISO 4217"),
    text("amount", "decimal: what there is"),
    text("allocated", "decimal: what is set aside; never more than amount"),
    text("from_on", "first day it may be used"),
    text("to_on", "last day it may be used", null=True),
    whole("seq", "the last event folded into this row"),
    text("recorded_at", "when that event was recorded"),
    comment="money a donor gives, explained by its events",
    **STRICT,
)

allocations = Table(
    "allocations",
    metadata,
    text("source", "id of the funding source", key=True),
    text("exchange", "id of the exchange it is set aside for", key=True),
    text("amount", "decimal, in the source's currency"),
    whole("seq", "the source's event that last changed this row"),
    comment="what each source sets aside for each exchange",
    **CLUSTERED,
)
Index("ix_allocations_exchange", allocations.c.exchange)
