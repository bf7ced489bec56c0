# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The ledger: streams, their events, and the sealed values that events hold only the digest of.

Triggers keep `events` from changing (storage/triggers.py). No number runs through all events and
nothing is indexed by time: both would make every writer wait for every other.
"""

from sqlalchemy import Index, Table, literal_column

from cycle.events import LIFECYCLE_CHANGED
from storage.tables.metadata import CLUSTERED, STRICT, blob, metadata, text, whole

streams = Table(
    "streams",
    metadata,
    text("id", "kind/UUIDv7: one thing's events", key=True),
    text("kind", "the part of the id before the stroke"),
    whole("seq", "how many events the stream has; the one thing compared and set"),
    text("tip", "hash of the last event, hex"),
    comment="one row per stream: the one compare-and-set",
    **CLUSTERED,
)

events = Table(
    "events",
    metadata,
    text("stream", "the stream this event belongs to", key=True),
    whole("seq", "1, 2, 3 … within the stream", key=True),
    text("type", "what happened, in the past tense"),
    whole("v", "version of the payload's shape"),
    text("payload", "canonical JSON of what happened"),
    text("actor", "random id of the person who recorded it"),
    text("on_behalf_of", "party in whose name it was recorded", null=True),
    text("occurred_at", "instant at which it happened"),
    text("recorded_at", "instant at which it was recorded; never goes back within a stream"),
    text("programme_version", "slug/version of the rules in force", null=True),
    text("previous", "hash of the event before, hex; zeros for the first"),
    blob("canonical", "RFC 8785 bytes of every column but itself and hash"),
    text("hash", "SHA-256 of canonical, hex"),
    comment="the ledger; a row is never changed nor deleted",
    **STRICT,
)
# A query finds this index only by stating these very words, literal and all.
changes_lifecycle = events.c.type == literal_column(f"'{LIFECYCLE_CHANGED}'")
Index(
    "ix_events_lifecycle",
    events.c.stream,
    events.c.seq,
    sqlite_where=changes_lifecycle,
    postgresql_where=changes_lifecycle,
)

sealed = Table(
    "sealed",
    metadata,
    text("stream", "stream of the event that holds the digest", key=True),
    whole("seq", "its place in the stream", key=True),
    text("field", "name of the payload's field", key=True),
    text("value", "the value in clear"),
    blob("salt", "what the digest was salted with"),
    comment="values about persons; erasing a row leaves the chain whole",
    **CLUSTERED,
)
