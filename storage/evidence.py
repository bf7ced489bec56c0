# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence in the database: which files its items still need, and who read what is restricted."""

import json
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from cycle.evidence import KIND, held
from cycle.standing import ENDED
from storage.tables import evidence_readings, exchanges, facts


def is_needed(connection: Connection, digest: str) -> bool:
    """Whether any item still holds the file with this SHA-256."""
    naming = select(facts.c.status, facts.c.body).where(facts.c.kind == KIND, facts.c.body.contains(digest))
    return any(digest in held(row.status, json.loads(row.body)) for row in connection.execute(naming))


def closed_before(connection: Connection, instant: str, access: str, limit: int) -> tuple[tuple[str, str], ...]:
    """(exchange, item) of evidence that is still held of exchanges that ended before an instant; `access`: of which class."""
    ended = exchanges.c.lifecycle.in_(sorted(ENDED))
    query = (
        select(facts.c.exchange, facts.c.item)
        .join(exchanges, exchanges.c.id == facts.c.exchange)
        .where(facts.c.kind == KIND, facts.c.status != "erased", facts.c.body.contains(f'"access":"{access}"'))
        .where(ended, exchanges.c.moved_at < instant)
        .order_by(facts.c.exchange, facts.c.item)
        .limit(limit)
    )
    return tuple((row.exchange, row.item) for row in connection.execute(query))


def remember_reading(connection: Connection, row: dict[str, Any]) -> None:
    """Writes that somebody reads restricted evidence, before they do."""
    connection.execute(insert(evidence_readings), row)


def readings_of(connection: Connection, exchange: str, item: str) -> tuple[dict[str, Any], ...]:
    """Who read a piece of restricted evidence, the first leading."""
    own = (evidence_readings.c.exchange == exchange, evidence_readings.c.item == item)
    query = select(evidence_readings).where(*own).order_by(evidence_readings.c.read_at, evidence_readings.c.id)
    return tuple(row._asdict() for row in connection.execute(query))


def forget_readings(connection: Connection, before: str, limit: int) -> int:
    """Deletes readings made before an instant; how many."""
    old = select(evidence_readings.c.id).where(evidence_readings.c.read_at < before).limit(limit)
    return connection.execute(delete(evidence_readings).where(evidence_readings.c.id.in_(old))).rowcount
