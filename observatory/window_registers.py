# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The window on registers, entries and evidence. Each look is one read of one moment, for one reader."""

from collections.abc import Iterator

from sqlalchemy import Connection

from cycle.evidence import KIND as EVIDENCE
from cycle.items import Item
from observatory import entries as told
from observatory import exceptions as outside
from observatory.board import require_known
from observatory.entries import Entries, Shown, Unheard
from observatory.errors import NotFound
from observatory.exceptions import Asked, Irregular, Irregulars
from observatory.exchange import may_list_evidence, said_in
from observatory.practices import Practices, practices
from observatory.window import Desk, looking_at
from people.actors import Actor


def see_entries(desk: Desk, reader: Actor, *, waiting: bool, after: str | None, limit: int) -> Entries:
    """A page of the entries in the name of a reader's party. Raises CursorInvalid."""
    with desk.store.read() as connection:
        return told.entries_of(connection, reader, waiting=waiting, after=after, limit=limit)


def see_entries_whole(
    desk: Desk, reader: Actor, *, waiting: bool, after: str | None, limit: int
) -> tuple[tuple[Shown, ...], str | None]:
    """The same page with what each entry says, and the cursor of the page after it. Raises CursorInvalid."""
    with desk.store.read() as connection:
        page = told.entries_of(connection, reader, waiting=waiting, after=after, limit=limit)
        return told.shown(desk, connection, page.items), page.next


def see_waiting(desk: Desk, reader: Actor) -> int:
    """How many entries wait for the word of a reader's party."""
    with desk.store.read() as connection:
        return told.count_waiting(connection, reader)


def see_unheard(desk: Desk, reader: Actor) -> tuple[Irregular, ...]:
    """What waits for a reply of a reader's bench."""
    with desk.store.read() as connection:
        return outside.unheard(connection, reader)


def see_unheard_whole(desk: Desk, reader: Actor) -> tuple[Unheard, ...]:
    """The same, each with the exchange and the paper it is about."""
    with desk.store.read() as connection:
        return told.unheard_shown(desk, connection, outside.unheard(connection, reader))


def see_exceptions(desk: Desk, reader: Actor, asked: Asked, *, after: str | None = None, limit: int = 50) -> Irregulars:
    """A page of the register of exceptions. Raises CursorInvalid, CountryUnknown, DaysReversed, DayInTheFuture."""
    with desk.store.read() as connection:
        _require(desk, connection, asked)
        return outside.register(connection, reader, asked, after=after, limit=limit)


def exceptions_csv(desk: Desk, reader: Actor, asked: Asked) -> Iterator[str]:
    """The register of exceptions as CSV, line by line. Raises CountryUnknown, DaysReversed, DayInTheFuture, before the first."""
    with desk.store.read() as connection:
        _require(desk, connection, asked)
    return _csv_lines(desk, reader, asked)


def _require(desk: Desk, connection: Connection, asked: Asked) -> None:
    outside.require_period(asked, desk.now())
    require_known(connection, None, asked.country)


def _csv_lines(desk: Desk, reader: Actor, asked: Asked) -> Iterator[str]:
    with desk.store.read() as connection:
        yield from outside.csv_lines(connection, reader, asked)


def see_practices(
    desk: Desk, reader: Actor, *, status: str | None = None, after: str | None, limit: int, specimens: bool = False
) -> Practices:
    """A page of the register of practices. Raises CursorInvalid."""
    with desk.store.read() as connection:
        return practices(connection, reader, status=status, after=after, limit=limit, specimens=specimens)


def see_evidence(desk: Desk, reader: Actor, exchange: str) -> tuple[Item, ...]:
    """The evidence of an exchange, as it was declared. Raises NotFound, for whoever may not list it too."""
    with looking_at(desk, reader, exchange) as seen:
        if not may_list_evidence(seen.standing, reader):
            raise NotFound(f"no evidence of {exchange}", exchange=exchange)
        return tuple(item for item in said_in(seen.connection, reader, seen.standing) if item.kind == EVIDENCE)
