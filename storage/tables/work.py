# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Work still owed, answers already given, and numbers already taken."""

from sqlalchemy import Index, Table, and_

from storage.tables.metadata import CLUSTERED, STRICT, metadata, text, whole

outbox = Table(
    "outbox",
    metadata,
    text("id", "UUIDv7 of the duty", key=True),
    text("duty", "what is owed: draw_paper, notify, seal …"),
    text("subject", "what it is about, like exchange/ID"),
    text("payload", "canonical JSON of what the doer needs: ids and days, never names"),
    text("key", "the same duty added twice is one duty", unique=True),
    text("created_at", "instant"),
    text("due_at", "not before this instant"),
    whole("attempts", "how often it was claimed"),
    whole("max_attempts", "after so many it is dead"),
    text("leased_until", "until when its holder may finish it", null=True),
    text("lease", "token of the holder", null=True),
    text("done_at", "instant", null=True),
    text("dead_at", "instant at which no attempt was left", null=True),
    text("last_error", "why the last attempt failed; a code, never a name", null=True),
    comment="effects owed by committed moves; at least once, idempotent at the receiver",
    **STRICT,
)
_open = and_(outbox.c.done_at.is_(None), outbox.c.dead_at.is_(None))
Index("ix_outbox_open", outbox.c.due_at, outbox.c.id, sqlite_where=_open, postgresql_where=_open)
_dead = outbox.c.dead_at.is_not(None)
Index("ix_outbox_dead", outbox.c.dead_at, outbox.c.id, sqlite_where=_dead, postgresql_where=_dead)

idempotency = Table(
    "idempotency",
    metadata,
    text("actor", "who asked", key=True),
    text("key", "the request's Idempotency-Key", key=True),
    text("fingerprint", "SHA-256 of what was asked, hex"),
    whole("status", "of the answer, as in HTTP"),
    text("answer", "JSON given back"),
    text("created_at", "instant"),
    comment="answers given, so that the same request twice has one effect",
    **CLUSTERED,
)
Index("ix_idempotency_created_at", idempotency.c.created_at)

counters = Table(
    "counters",
    metadata,
    text("kind", "SSC, AGR …", key=True),
    whole("year", "in which it was recorded", key=True),
    whole("last", "the last number taken"),
    comment="reference numbers: one row per kind and year",
    **CLUSTERED,
)
