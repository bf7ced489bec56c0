# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The orders a list of exchanges may have, each with a place in it that a cursor names.

Pages follow keys, never offsets: the value an exchange is sorted by, then its id, so that every place is one exchange's own.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, tuple_

from cycle.standing import Standing
from observatory.errors import CursorInvalid
from storage.tables import exchanges

OPENED = "opened"
_NONE: ColumnElement[str] = literal_column("''")
_FIRST: Mapping[str, ColumnElement[Any]] = {
    "title": exchanges.c.title,
    "entered_on": exchanges.c.entered_on,
    # As the indices have them: what has no such day yet stands first.
    "due_on": func.coalesce(exchanges.c.awaited_on, _NONE),
    "moved_at": func.coalesce(exchanges.c.moved_at, _NONE),
}
_FIELD: Mapping[str, str] = {"due_on": "awaited_on"}
SORTS = tuple(sign + name for name in (OPENED, *_FIRST) for sign in ("", "-"))


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted. `first`: what it goes by before the id; none by the id alone, as they were opened."""

    name: str
    field: str
    first: ColumnElement[Any] | None
    descending: bool

    @property
    def key(self) -> tuple[ColumnElement[Any], ...]:
        return (exchanges.c.id,) if self.first is None else (self.first, exchanges.c.id)

    def sorted(self, query: Select[Any]) -> Select[Any]:
        return query.order_by(*(column.desc() if self.descending else column for column in self.key))

    def after(self, query: Select[Any], place: Sequence[str]) -> Select[Any]:
        """Only what stands behind a place."""
        here = tuple_(*self.key)
        return query.where(here < tuple(place) if self.descending else here > tuple(place))

    def place_of(self, standing: Standing) -> tuple[str, ...]:
        if self.first is None:
            return (standing.exchange,)
        return (getattr(standing, self.field) or "", standing.exchange)

    def cursor(self, standing: Standing) -> str:
        """The place of an exchange: opaque, so that nobody builds one."""
        return sealed_up([self.name, *self.place_of(standing)])

    def place(self, cursor: str) -> tuple[str, ...]:
        """The place a cursor names. Raises CursorInvalid for one of another order."""
        name, *place = opened(cursor)
        if name != self.name or len(place) != len(self.key):
            raise not_given_out(cursor)
        return tuple(place)


def order_of(name: str) -> Order:
    """An order by its name: `title`, or `-title` for its reverse."""
    field = name.removeprefix("-")
    return Order(name, _FIELD.get(field, field), _FIRST.get(field), name.startswith("-"))


DUE_FIRST = Order("overdue", "awaited_on", exchanges.c.awaited_on, descending=False)
"""The order of what is overdue: its index holds the day itself."""


def not_given_out(cursor: str) -> CursorInvalid:
    """A cursor that somebody made up, or that another list gave out."""
    return CursorInvalid("no page of this list gave out this cursor", cursor=cursor)


def sealed_up(key: Sequence[str]) -> str:
    return urlsafe_b64encode(json.dumps(list(key)).encode()).decode().rstrip("=")


def opened(cursor: str) -> tuple[str, ...]:
    """The parts of a cursor. Raises CursorInvalid."""
    try:
        key = json.loads(urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError) as error:
        raise not_given_out(cursor) from error
    if not isinstance(key, list) or not key or not all(isinstance(part, str) and _is_whole(part) for part in key):
        raise not_given_out(cursor)
    return tuple(key)


def _is_whole(part: str) -> bool:
    """Whether both databases can be asked for a text: no NUL, no half of a character."""
    return "\0" not in part and not any("\ud800" <= letter <= "\udfff" for letter in part)
