# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges and agreements stand where their events put them; figures come from the flow.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, numbered, text, whole

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RUNNING = sa.text("due_on IS NOT NULL AND lifecycle = 'active' AND (stage NOT IN ('draft', 'closed'))")


def upgrade() -> None:
    op.create_table(
        "exchanges",
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
        text("source", "profile:key of the imported row", null=True, unique=True),
        whole("seq", "the last event folded into this row"),
        text("recorded_at", "when that event was recorded"),
        text("standing", "canonical JSON of all that a decision reads"),
        comment="one row per exchange: where it stands, explained by its events",
        **STRICT,
    )
    op.create_index(
        "ix_exchanges_overdue",
        "exchanges",
        ["programme", "due_on", "id"],
        sqlite_where=RUNNING,
        postgresql_where=RUNNING,
    )
    op.create_index("ix_exchanges_stage_lifecycle_id", "exchanges", ["stage", "lifecycle", "id"])
    op.create_table(
        "parties",
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
    op.create_index("ix_parties_party_exchange", "parties", ["party", "exchange"])
    op.create_table(
        "facts",
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
    op.create_index("ix_facts_register", "facts", ["kind", "status", "happens_on", "exchange", "item"])
    op.create_table(
        "agreements",
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
    op.create_table(
        "coverage",
        text("agreement", "id of the agreement", key=True),
        text("exchange", "id of an exchange it covers", key=True),
        whole("since_seq", "the agreement's event that began to cover it"),
        whole("until_seq", "the agreement's event that ceased to", null=True),
        comment="which exchanges each agreement covers",
        **CLUSTERED,
    )
    op.create_index("ix_coverage_exchange", "coverage", ["exchange"])
    op.create_table(
        "papers",
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
    op.create_index("ix_papers_exchange", "papers", ["exchange"])
    op.create_table(
        "funding_sources",
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
    op.create_table(
        "allocations",
        text("source", "id of the funding source", key=True),
        text("exchange", "id of the exchange it is set aside for", key=True),
        text("amount", "decimal, in the source's currency"),
        whole("seq", "the source's event that last changed this row"),
        comment="what each source sets aside for each exchange",
        **CLUSTERED,
    )
    op.create_index("ix_allocations_exchange", "allocations", ["exchange"])
    op.create_table(
        "flow",
        numbered("id", "for deleting what was folded"),
        text("programme", "slug of the programme"),
        text("country", "ISO 3166-1 alpha-2, or '*' for each exchange once"),
        whole("specimen", "1 for exchanges that are not real"),
        text("happened_on", "day of the move, in the programme's time zone"),
        text("recorded_on", "day it was recorded"),
        text("stage", "the stage entered or left"),
        text("lifecycle", "the lifecycle entered or left"),
        whole("delta", "entered minus left"),
        comment="the tail: deltas not yet folded",
        **STRICT,
    )
    op.create_table(
        "flow_base",
        text("programme", "slug of the programme", key=True),
        text("country", "ISO 3166-1 alpha-2, or '*' for each exchange once", key=True),
        whole("specimen", "1 for exchanges that are not real", key=True),
        text("stage", "the stage entered or left", key=True),
        text("lifecycle", "the lifecycle entered or left", key=True),
        text("happened_on", "day of the move, in the programme's time zone", key=True),
        text("recorded_on", "day it was recorded", key=True),
        whole("delta", "entered minus left"),
        comment="the base: deltas folded by day",
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("flow_base")
    op.drop_table("flow")
    op.drop_table("allocations")
    op.drop_table("funding_sources")
    op.drop_table("papers")
    op.drop_table("coverage")
    op.drop_table("agreements")
    op.drop_table("facts")
    op.drop_table("parties")
    op.drop_table("exchanges")
