# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rosters say who sits, who acts and who stands in for whom.

Revision ID: 0005
Revises: 0004
"""

from alembic import op

from storage.tables.metadata import CLUSTERED, STRICT, text, whole

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("persons", text("email", "lower case; erasable, never in an event", null=True))
    op.add_column("persons", text("language", "BCP 47: in which notices and pages are written", null=True))
    op.add_column("persons", text("erased_at", "instant at which name and email were erased", null=True))
    op.create_index("ix_persons_email", "persons", ["email"], unique=True)
    op.create_table(
        "rosters",
        text("id", "UUIDv7; the stream is roster/ID", key=True),
        text("party", "country or partner whose roster it is; * for the house", unique=True),
        text("kind", "country, partner or house"),
        text("timezone", "in which its days are counted"),
        whole("seq", "the last event folded into its rows"),
        text("recorded_at", "when that event was recorded"),
        comment="one row per party, explained by its events",
        **STRICT,
    )
    op.create_table(
        "members",
        text("roster", "id of the roster", key=True),
        text("person", "id of the person", key=True),
        text("invited_at", "instant"),
        text("ended_at", "instant since which the person acts no more for this party", null=True),
        whole("seq", "the event that last changed this row"),
        comment="who may hold a role or a seat of a party",
        **CLUSTERED,
    )
    op.create_index("ix_members_person", "members", ["person"])
    op.create_table(
        "roles",
        text("id", "UUIDv7", key=True),
        text("roster", "id of the roster"),
        text("person", "id of the person"),
        text("role", "focal_point, bench_delegate, partner, secretariat, manager or auditor"),
        text("bench", "the seat, of a bench delegate", null=True),
        text("from_on", "first day, as proposed", null=True),
        text("until_on", "last day, as proposed", null=True),
        text("status", "proposed, granted, refused or ended"),
        text("proposed_by", "id of the person who proposed it"),
        text("proposed_at", "instant"),
        text("decided_by", "id of the second person, who granted or refused it", null=True),
        text("decided_at", "instant", null=True),
        text("second", "whose the second pair of eyes is: own, secretariat or operator", null=True),
        text("ended_at", "instant", null=True),
        whole("seq", "the event that last changed this row"),
        comment="roles proposed by one person and granted by another",
        **STRICT,
    )
    op.create_index("ix_roles_roster", "roles", ["roster"])
    op.create_index("ix_roles_person", "roles", ["person"])
    op.create_table(
        "seats",
        text("roster", "id of the roster", key=True),
        text("bench", "government, employers, workers …", key=True),
        text("status", "held, vacant, contested or to_be_confirmed"),
        text("person", "id of its holder", null=True),
        text("reason", "code: why it is vacant, contested or to be confirmed", null=True),
        text("from_on", "first day of the present state", null=True),
        text("until_on", "last day of its holder", null=True),
        whole("seq", "the event that last changed this row; a note is sealed there"),
        comment="the place of each bench of a party, as it stands",
        **CLUSTERED,
    )
    op.create_index("ix_seats_person", "seats", ["person"])
    op.create_table(
        "delegations",
        text("id", "UUIDv7", key=True),
        text("roster", "id of the roster"),
        text("giver", "id of the person for whom the other acts"),
        text("delegate", "id of the person who acts"),
        text("role", "in which the giver is stood in for"),
        text("bench", "the seat stood in for", null=True),
        text("acts", "sorted, comma between: move, read, speak"),
        text("from_on", "first day"),
        text("to_on", "last day"),
        text("ended_at", "instant at which it was revoked or ended", null=True),
        text("reason", "code: why it ended", null=True),
        whole("seq", "the event that last changed this row"),
        comment="who may act for whom, in what, and how long",
        **STRICT,
    )
    op.create_index("ix_delegations_roster", "delegations", ["roster"])
    op.create_index("ix_delegations_delegate", "delegations", ["delegate"])
    op.create_table(
        "absences",
        text("id", "UUIDv7", key=True),
        text("roster", "id of the roster"),
        text("person", "id of the person who is away"),
        text("from_on", "first day"),
        text("to_on", "last day"),
        text("ended_at", "instant at which it was called off", null=True),
        whole("seq", "the event that last changed this row"),
        comment="who is away, and until when",
        **STRICT,
    )
    op.create_index("ix_absences_roster", "absences", ["roster"])
    op.create_table(
        "institutions",
        text("id", "UUIDv7", key=True),
        text("roster", "id of the roster"),
        text("type", "ministry, employers_organisation, trade_union, agency …"),
        text("from_on", "first day it existed, as far as told", null=True),
        text("until_on", "last day", null=True),
        whole("seq", "the event that last changed this row"),
        comment="the institutions a party speaks through",
        **STRICT,
    )
    op.create_index("ix_institutions_roster", "institutions", ["roster"])
    op.create_table(
        "institution_names",
        text("institution", "id of the institution", key=True),
        text("language", "BCP 47", key=True),
        text("from_on", "first day of this name", key=True),
        text("roster", "id of the roster"),
        text("name", "what it is called in that language from that day on"),
        whole("seq", "the event that told it"),
        comment="dated names of institutions; the latest that has begun is the present one",
        **CLUSTERED,
    )
    op.create_index("ix_institution_names_roster", "institution_names", ["roster"])
    op.create_table(
        "government_changes",
        text("roster", "id of the roster", key=True),
        text("on_day", "day on which the government changed", key=True),
        text("recorded_at", "instant"),
        whole("seq", "the event that told it"),
        comment="changes of government, each one act",
        **CLUSTERED,
    )


def downgrade() -> None:
    op.drop_table("government_changes")
    op.drop_table("institution_names")
    op.drop_table("institutions")
    op.drop_table("absences")
    op.drop_table("delegations")
    op.drop_table("seats")
    op.drop_table("roles")
    op.drop_table("members")
    op.drop_table("rosters")
    op.drop_index("ix_persons_email", "persons")
    for column in ("erased_at", "language", "email"):
        op.drop_column("persons", column)
