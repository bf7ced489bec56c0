# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Agreements in the database: the standing, what it covers, and who is covered by what."""

import json
from dataclasses import fields
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from agreements.agreement import Agreement
from ledger.canonical import spelled
from ledger.event import Tip
from storage.prepared import Prepared
from storage.tables import agreements, coverage, streams

STREAM = "agreement/"
_TOP = frozenset(c.name for c in agreements.columns) - {"id", "standing", "specimen"}
_INSIDE = tuple(f.name for f in fields(Agreement) if f.name not in _TOP and f.name not in ("agreement", "specimen"))


class Loaded(NamedTuple):
    """An agreement's standing with the tip of its stream."""

    standing: Agreement
    tip: Tip


def stream_of(agreement: str) -> str:
    return STREAM + agreement


def load(connection: Connection, agreement: str, *, lock: bool = False) -> Loaded | None:
    """An agreement by id; locked, nobody else extends its stream meanwhile."""
    statement = _load_locked if lock else _load
    row = statement.first(connection, {"agreement": agreement, "stream": stream_of(agreement)})
    return Loaded(standing_of(row), Tip(row.seq, row.tip)) if row else None


def id_of(connection: Connection, reference: str) -> str | None:
    """The id behind a reference (AGR-2026-0007)."""
    found: str | None = connection.scalar(select(agreements.c.id).where(agreements.c.reference == reference))
    return found


def standing_of(row: Any) -> Agreement:
    """The standing a row of `agreements` holds."""
    inside = json.loads(row.standing)
    inside["parties"] = tuple(inside["parties"])
    top = {name: getattr(row, name) for name in _TOP}
    return Agreement(agreement=row.id, specimen=bool(row.specimen), **top, **inside)


def row_of(standing: Agreement) -> dict[str, Any]:
    """The row of `agreements` for a standing."""
    inside = {name: getattr(standing, name) for name in _INSIDE}
    row = {name: getattr(standing, name) for name in _TOP}
    named = {"id": standing.agreement, "specimen": int(standing.specimen)}
    return {**row, **named, "standing": spelled(inside)}


def save(connection: Connection, before: Agreement | None, after: Agreement) -> None:
    """Writes the standing an agreement came to, and the exchanges it newly covers."""
    if before is None:
        connection.execute(insert(agreements), row_of(after))
    else:
        values = {name: value for name, value in row_of(after).items() if name != "id"}
        connection.execute(update(agreements).where(agreements.c.id == after.agreement).values(values))
    known = before.exchanges if before else {}
    rows = [
        {"agreement": after.agreement, "exchange": exchange, "since_seq": after.seq, "until_seq": None}
        for exchange in sorted(after.exchanges)
        if exchange not in known
    ]
    if rows:
        connection.execute(insert(coverage), rows)


def covering(connection: Connection, exchange: str) -> tuple[str, ...]:
    """The agreements that cover an exchange."""
    return tuple(row.agreement for row in _covering.rows(connection, {"exchange": exchange}))


_joined = select(agreements, streams.c.tip).where(
    agreements.c.id == bindparam("agreement"), streams.c.id == bindparam("stream")
)
_load = Prepared(_joined)
# Both rows: PostgreSQL reads again, after a wait, only what it locks; the standing would else be older than its tip.
_load_locked = Prepared(_joined.with_for_update(of=(agreements, streams)))
_covering = Prepared(
    select(coverage.c.agreement).where(coverage.c.exchange == bindparam("exchange"), coverage.c.until_seq.is_(None))
)
