# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The register of practices: what was proposed, reviewed or published, and by which day it is reviewed again."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from cycle.facts.learning import PRACTICE
from observatory.orders import not_given_out, opened, sealed_up
from observatory.reading import readable
from people.actors import Actor
from storage.tables import exchanges, facts


@dataclass(frozen=True, slots=True)
class Practice:
    """A good practice and how far it came. `on`: the day of its last step · `review_again_on`: once it was published."""

    exchange: str
    reference: str | None
    title: str
    status: str
    on: str | None
    review_again_on: str | None
    specimen: bool


@dataclass(frozen=True, slots=True)
class Practices:
    """Some practices, and the cursor of the page after them; None when there is none."""

    items: tuple[Practice, ...]
    next: str | None


def practices(
    connection: Connection,
    reader: Actor,
    *,
    status: str | None = None,
    after: str | None = None,
    limit: int = 50,
    specimens: bool = False,
) -> Practices:
    """A page of the practices of the exchanges a reader may know of, the longest untouched leading. Raises CursorInvalid."""
    touched = _touched_first()
    query = (
        select(facts, exchanges.c.reference, exchanges.c.specimen)
        .join(exchanges, exchanges.c.id == facts.c.exchange)
        .where(facts.c.kind == "practice", facts.c.struck == 0, facts.c.status.in_((status,) if status else PRACTICE))
        # "None, because …" is no practice.
        .where(facts.c.body.contains('"title":', autoescape=True))
        .where(readable(reader))
        .order_by(touched, facts.c.exchange)
        .limit(limit + 1)
    )
    if not specimens:
        query = query.where(exchanges.c.specimen == 0)
    if after is not None:
        query = query.where(tuple_(touched, facts.c.exchange) > _place(after))
    rows = connection.execute(query).all()
    page, last = rows[:limit], rows[limit - 1] if len(rows) > limit else None
    following = sealed_up((last.happens_on or "", last.exchange)) if last else None
    return Practices(tuple(_practice(row) for row in page), following)


def _touched_first() -> ColumnElement[str]:
    return func.coalesce(facts.c.happens_on, "")


def _place(cursor: str) -> tuple[str, str]:
    match opened(cursor):
        case (on, exchange):
            return on, exchange
        case _:
            raise not_given_out(cursor)


def _practice(row: Any) -> Practice:
    body = json.loads(row.body)
    return Practice(
        exchange=row.exchange,
        reference=row.reference,
        title=body["title"],
        status=row.status,
        on=row.happens_on,
        review_again_on=body.get("review_again_on"),
        specimen=bool(row.specimen),
    )
