# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The house itself: the triggers that refuse to change the past, and whether the database file is sound."""

from collections.abc import Iterator

from sqlalchemy import Connection, exc

from ledger.findings import Damage, Finding
from observatory.audit.finding import shown
from storage.triggers import POSTGRESQL, SQLITE, missing_triggers

MOST_FAULTS = 20


def triggers_missing(connection: Connection) -> Iterator[Finding]:
    """Each trigger that is gone, switched off, or does something else than it should."""
    tables = {trigger.name: trigger.table for trigger in (*SQLITE, *POSTGRESQL)}
    for name in missing_triggers(connection):
        text = f"the trigger {name} on {tables[name]} is gone, switched off or replaced"
        yield Finding(Damage.TRIGGER_MISSING, "", 0, tables[name], "", name, text)


def file_faults(connection: Connection) -> Iterator[Finding]:
    """Faults of the SQLite file: torn pages, an index that hides rows. PostgreSQL checks its own pages as it reads."""
    if connection.dialect.name != "sqlite":
        return
    for fault in _faults(connection):
        text = "the database file is damaged: do not trust what is read from it"
        yield Finding(Damage.DATABASE_DAMAGED, "", 0, "", shown(fault), "ok", text)


def _faults(connection: Connection) -> list[str]:
    try:
        told = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_FAULTS})").scalars().all()
    except exc.DatabaseError as error:
        return [str(error.orig)]
    return [str(fault) for fault in told if fault != "ok"]
