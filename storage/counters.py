# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Reference numbers: one row per kind and recorded year, each number taken once."""

from sqlalchemy import Connection, Executable, bindparam

from storage.prepared import Prepared, inserting
from storage.tables import counters


def take(connection: Connection, kind: str, year: int) -> int:
    """The next number, from 1.

    A transaction that is rolled back gives it back, so that no number is missing.
    """
    last: int = _take.first(connection, {"kind": kind, "year": year}).last
    return last


def take_reference(connection: Connection, prefix: str, recorded_at: str) -> str:
    """The next reference of a kind and recorded year: `SSC-2026-0042`."""
    year = int(recorded_at[:4])
    return f"{prefix}-{year}-{take(connection, prefix, year):04d}"


def _taking(dialect: str) -> Executable:
    first = inserting(counters, dialect).values(kind=bindparam("kind"), year=bindparam("year"), last=1)
    return first.on_conflict_do_update(
        index_elements=[counters.c.kind, counters.c.year], set_={"last": counters.c.last + 1}
    ).returning(counters.c.last)


_take = Prepared(_taking)
