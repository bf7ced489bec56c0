# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Triggers: the databases themselves refuse to change what was remembered.

They keep honest mistakes out; whoever owns the database can drop them, which `missing_triggers`
shows. `events` and `programmes` refuse every change of a row, `flow` refuses updates (the beat
deletes what it folded).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text

LOCKED = ("events", "programmes")
KEYS = {"events": ("stream", "seq"), "programmes": ("slug", "version")}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger, and the statements that make it."""

    name: str
    table: str
    ddl: str


def _sqlite_refusing(name: str, table: str, when: str, condition: str = "") -> Trigger:
    raising = f"SELECT RAISE(ABORT, '{table} is append-only');"
    return Trigger(
        name,
        table,
        f"CREATE TRIGGER {name} BEFORE {when} ON {table}{condition} BEGIN {raising} END",
    )


def _sqlite_over_existing(table: str) -> Trigger:
    """Refuses INSERT OR REPLACE, even where recursive_triggers is OFF, by key and by rowid.

    SQLite gives NEW.rowid as -1 when the statement names none, and no row has that number.
    """
    same = " AND ".join(f"{column} = NEW.{column}" for column in KEYS[table])
    condition = (
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608
        f" OR EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"
    )
    return _sqlite_refusing(f"{table}_never_replaced", table, "INSERT", condition)


SQLITE: tuple[Trigger, ...] = (
    *(_sqlite_refusing(f"{table}_never_updated", table, "UPDATE") for table in LOCKED),
    *(_sqlite_refusing(f"{table}_never_deleted", table, "DELETE") for table in LOCKED),
    *(_sqlite_over_existing(table) for table in LOCKED),
    _sqlite_refusing("flow_never_updated", "flow", "UPDATE"),
)

REFUSING_FUNCTION = "minga_refuses"
REFUSING_BODY = """
begin
  raise exception '% is append-only', tg_table_name
    using errcode = 'integrity_constraint_violation';
end
"""
REFUSING_DDL = f"CREATE FUNCTION {REFUSING_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $body${REFUSING_BODY}$body$"


def _postgresql_refusing(table: str, name: str, when: str, each: str = "ROW") -> Trigger:
    name = f"{table}_never_{name}"
    call = f"EXECUTE FUNCTION {REFUSING_FUNCTION}()"
    ddl = f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} {call}"
    return Trigger(name, table, ddl)


# INSERT over an existing key needs no trigger here: the primary key refuses it, and ON CONFLICT DO
# UPDATE is an update.
POSTGRESQL: tuple[Trigger, ...] = (
    *(_postgresql_refusing(table, "updated", "UPDATE") for table in LOCKED),
    *(_postgresql_refusing(table, "deleted", "DELETE") for table in LOCKED),
    *(_postgresql_refusing(table, "truncated", "TRUNCATE", "STATEMENT") for table in LOCKED),
    _postgresql_refusing("flow", "updated", "UPDATE"),
)


def statements(dialect: str) -> tuple[str, ...]:
    """What installs every trigger on a database that has none."""
    if dialect == "sqlite":
        return tuple(trigger.ddl for trigger in SQLITE)
    # ALWAYS: also when a session calls itself a replica, which silences ordinary triggers.
    always = (f"ALTER TABLE {trigger.table} ENABLE ALWAYS TRIGGER {trigger.name}" for trigger in POSTGRESQL)
    return (REFUSING_DDL, *(trigger.ddl for trigger in POSTGRESQL), *always)


def removals(dialect: str) -> tuple[str, ...]:
    """What takes every trigger away again."""
    if dialect == "sqlite":
        return tuple(f"DROP TRIGGER {trigger.name}" for trigger in SQLITE)
    dropped = (f"DROP TRIGGER {trigger.name} ON {trigger.table}" for trigger in POSTGRESQL)
    return (*dropped, f"DROP FUNCTION {REFUSING_FUNCTION}()")


def missing_triggers(connection: Connection) -> tuple[str, ...]:
    """The names of triggers that are gone, switched off, or say something else than they should."""
    if connection.dialect.name == "sqlite":
        return _missing(SQLITE, _stored_by_sqlite(connection))
    return _missing(POSTGRESQL, _stored_by_postgresql(connection))


def _missing(wanted: tuple[Trigger, ...], stored: dict[str, str]) -> tuple[str, ...]:
    return tuple(trigger.name for trigger in wanted if stored.get(trigger.name) != trigger.ddl)


def _stored_by_sqlite(connection: Connection) -> dict[str, str]:
    query = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {row.name: row.sql for row in connection.execute(query)}


def _stored_by_postgresql(connection: Connection) -> dict[str, str]:
    """Only triggers that always fire and whose function still has its body."""
    query = text(
        "SELECT t.tgname AS name, pg_get_triggerdef(t.oid, true) AS ddl FROM pg_trigger t"
        " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND t.tgenabled = 'A'"
        " AND p.proname = :function AND p.prosrc = :body"
        " AND p.provolatile = 'v' AND p.proconfig IS NULL"
    )
    rows = connection.execute(query, {"function": REFUSING_FUNCTION, "body": REFUSING_BODY})
    return {row.name: row.ddl for row in rows}
