# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Entries as a country sees them: what was told in its name, how it came, and whether it has been answered."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from observatory.errors import CursorInvalid
from observatory.orders import opened, sealed_up
from observatory.reading import readable
from people.actors import OF_A_PARTY, Actor
from storage import entries as stored
from storage.entries import WAITING, Entry
from storage.tables import exchanges


@dataclass(frozen=True, slots=True)
class Entries:
    """Some entries, and the cursor of the page after them; None when there is none."""

    items: tuple[Entry, ...]
    next: str | None


def entries_of(
    connection: Connection, reader: Actor, *, waiting: bool = False, after: str | None = None, limit: int = 50
) -> Entries:
    """A page of the entries in the name of a reader's party; whoever reads all sees all. Raises CursorInvalid."""
    party = reader.party if reader.role in OF_A_PARTY else None
    status = WAITING if waiting else None
    place = _place(after) if after else None
    found = stored.of_party(connection, party, status, place, limit + 1)
    page = found[:limit]
    known = _known(connection, reader, {entry.exchange for entry in page})
    last = page[-1] if len(found) > limit else None
    shown = tuple(entry for entry in page if entry.exchange in known)
    return Entries(shown, sealed_up([last.exchange, str(last.seq)]) if last else None)


def _known(connection: Connection, reader: Actor, named: set[str]) -> frozenset[str]:
    """Those of some exchanges a reader may know of: one may be entered for a country that left since."""
    query = select(exchanges.c.id).where(exchanges.c.id.in_(sorted(named)), readable(reader))
    return frozenset(connection.scalars(query))


def _place(cursor: str) -> tuple[str, int]:
    match opened(cursor):
        case (exchange, seq) if seq.isdecimal() and len(seq) < 10:
            return exchange, int(seq)
        case _:
            raise CursorInvalid("no page of this list gave out this cursor", cursor=cursor)
