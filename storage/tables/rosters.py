# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Rosters: who sits, who acts, who stands in for whom, and which institutions a party speaks through.

Every row is explained by the events of one stream per party, `roster/ID`; the house (secretariat, managers, auditors) has
one too, whose party is `*`. Persons are ids here; what they are called stands in `persons` alone.
"""

from sqlalchemy import Index, Table

from storage.tables.metadata import CLUSTERED, STRICT, metadata, text, whole

rosters = Table(
    "rosters",
    metadata,
    text("id", "UUIDv7; the stream is roster/ID", key=True),
    text("party", "country or partner whose roster it is; * for the house", unique=True),
    text("kind", "country, partner or house"),
    text("timezone", "in which its days are counted"),
    whole("seq", "the last event folded into its rows"),
    text("recorded_at", "when that event was recorded"),
    comment="one row per party, explained by its events",
    **STRICT,
)

members = Table(
    "members",
    metadata,
    text("roster", "id of the roster", key=True),
    text("person", "id of the person", key=True),
    text("invited_at", "instant"),
    text("ended_at", "instant since which the person acts no more for this party", null=True),
    whole("seq", "the event that last changed this row"),
    comment="who may hold a role or a seat of a party",
    **CLUSTERED,
)
Index("ix_members_person", members.c.person)

roles = Table(
    "roles",
    metadata,
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
Index("ix_roles_roster", roles.c.roster)
Index("ix_roles_person", roles.c.person)

seats = Table(
    "seats",
    metadata,
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
Index("ix_seats_person", seats.c.person)

delegations = Table(
    "delegations",
    metadata,
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
Index("ix_delegations_roster", delegations.c.roster)
Index("ix_delegations_delegate", delegations.c.delegate)

absences = Table(
    "absences",
    metadata,
    text("id", "UUIDv7", key=True),
    text("roster", "id of the roster"),
    text("person", "id of the person who is away"),
    text("from_on", "first day"),
    text("to_on", "last day"),
    text("ended_at", "instant at which it was called off", null=True),
    text("told_by", "id of the person who said so", null=True),
    whole("seq", "the event that last changed this row"),
    comment="who is away, and until when",
    **STRICT,
)
Index("ix_absences_roster", absences.c.roster)

institutions = Table(
    "institutions",
    metadata,
    text("id", "UUIDv7", key=True),
    text("roster", "id of the roster"),
    text("type", "ministry, employers_organisation, trade_union, agency …"),
    text("from_on", "first day it existed, as far as told", null=True),
    text("until_on", "last day", null=True),
    whole("seq", "the event that last changed this row"),
    comment="the institutions a party speaks through",
    **STRICT,
)
Index("ix_institutions_roster", institutions.c.roster)

institution_names = Table(
    "institution_names",
    metadata,
    text("institution", "id of the institution", key=True),
    text("language", "BCP 47", key=True),
    text("from_on", "first day of this name", key=True),
    text("roster", "id of the roster"),
    text("name", "what it is called in that language from that day on"),
    whole("seq", "the event that told it"),
    comment="dated names of institutions; the latest that has begun is the present one",
    **CLUSTERED,
)
Index("ix_institution_names_roster", institution_names.c.roster)

government_changes = Table(
    "government_changes",
    metadata,
    text("roster", "id of the roster", key=True),
    text("on_day", "day on which the government changed", key=True),
    text("recorded_at", "instant"),
    whole("seq", "the event that told it"),
    comment="changes of government, each one act",
    **CLUSTERED,
)
