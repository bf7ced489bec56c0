# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The follow-up register: what is still owed after an exchange."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, tuple_

from observatory.orders import not_given_out, opened, sealed_up
from observatory.reading import readable
from people.actors import Actor
from storage.tables import exchanges, facts

MOST = 500
_OPEN = ("open", "under_way")


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a roadmap that is not done: who answers for it, and until which day."""

    exchange: str
    reference: str | None
    item: str
    title: str
    status: str
    owner: str | None
    responsible: str | None
    due_on: str | None
    stage: str
    specimen: bool


@dataclass(frozen=True, slots=True)
class Measures:
    """Some measures, and the cursor of the page after them; None when there is none."""

    items: tuple[Measure, ...]
    next: str | None


def follow_up(
    connection: Connection,
    reader: Actor,
    *,
    after: tuple[str, str, str] | None = None,
    limit: int = MOST,
    specimens: bool = False,
) -> tuple[Measure, ...]:
    """Measures open or under way of the exchanges a reader may know of, those due first leading.

    after: (due_on or "", exchange, item) of the last one seen.
    """
    due = _due_first()
    query = (
        select(facts, exchanges.c.reference, exchanges.c.stage, exchanges.c.specimen)
        .join(exchanges, exchanges.c.id == facts.c.exchange)
        .where(facts.c.kind == "measure", facts.c.status.in_(_OPEN), facts.c.struck == 0)
        .where(readable(reader))
        .order_by(due, facts.c.exchange, facts.c.item)
        .limit(min(limit, MOST))
    )
    if not specimens:
        query = query.where(exchanges.c.specimen == 0)
    if after is not None:
        query = query.where(tuple_(due, facts.c.exchange, facts.c.item) > after)
    rows = connection.execute(query).all()
    owners = _owners(connection, [row.exchange for row in rows])
    return tuple(_measure(row, owners) for row in rows)


def measures(
    connection: Connection, reader: Actor, *, after: str | None = None, limit: int = 50, specimens: bool = False
) -> Measures:
    """A page of the follow-up. Raises CursorInvalid."""
    place = _place(after) if after else None
    found = follow_up(connection, reader, after=place, limit=limit + 1, specimens=specimens)
    page = found[:limit]
    last = (page[-1].due_on or "", page[-1].exchange, page[-1].item) if len(found) > limit else None
    return Measures(page, sealed_up(last) if last else None)


def _place(cursor: str) -> tuple[str, str, str]:
    match opened(cursor):
        case (due_on, exchange, item):
            return due_on, exchange, item
        case _:
            raise not_given_out(cursor)


def _due_first() -> ColumnElement[str]:
    return func.coalesce(facts.c.happens_on, "")


def _measure(row: Any, owners: Mapping[str, str]) -> Measure:
    body = json.loads(row.body)
    return Measure(
        exchange=row.exchange,
        reference=row.reference,
        item=row.item,
        title=body["title"],
        status=row.status,
        owner=owners.get(row.exchange, body.get("responsible")),
        responsible=body.get("responsible"),
        due_on=row.happens_on,
        stage=row.stage,
        specimen=bool(row.specimen),
    )


def _owners(connection: Connection, found: list[str]) -> dict[str, str]:
    """Who took over the open measures of an exchange, where they were handed over."""
    handed = and_(facts.c.exchange.in_(sorted(set(found))), facts.c.item == "hand_over", facts.c.struck == 0)
    rows = connection.execute(select(facts.c.exchange, facts.c.body).where(handed))
    return {row.exchange: json.loads(row.body)["owner"] for row in rows}
