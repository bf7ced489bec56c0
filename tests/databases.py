# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Databases on a PostgreSQL server for tests: copied, cleaned, lent to one test after another, and dropped at last.

A database is some four hundred files, and copying and deleting those takes longer than most tests. A copy is therefore
cleaned and lent again: what is younger than the copy is deleted. One whose schema or older rows a test changed is dropped.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import LiteralString

import psycopg
from psycopg.sql import SQL, Identifier
from sqlalchemy import make_url

# Nothing is vacuumed: what was deleted stays in the files and slows a copy down little by little.
LENDINGS = 100

CLEANING = """
    SELECT set_config('minga.born', pg_snapshot_xmax(pg_current_snapshot())::text, false);

    CREATE FUNCTION pg_temp.clean() RETURNS void LANGUAGE plpgsql SET session_replication_role = replica AS $$
    DECLARE one record;
    BEGIN
        PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid();
        FOR one IN SELECT tgrelid::regclass AS place, tgname FROM pg_trigger WHERE NOT tgisinternal LOOP
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', one.place, one.tgname);
        END LOOP;
        FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('DELETE FROM %I WHERE xmin::text::bigint >= %s', one.tablename, current_setting('minga.born'));
        END LOOP;
        FOR one IN SELECT tgrelid::regclass AS place, tgname FROM pg_trigger WHERE NOT tgisinternal LOOP
            EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', one.place, one.tgname);
        END LOOP;
        PERFORM setval(sequencename::regclass, start_value, false) FROM pg_sequences WHERE schemaname = 'public';
    END $$;

    CREATE FUNCTION pg_temp.state() RETURNS text LANGUAGE plpgsql AS $$
    DECLARE name text; rows text; state text;
    BEGIN
        SELECT string_agg(said, ' ' ORDER BY said) INTO state FROM (
            SELECT concat(attrelid, attname, atttypid, attnotnull) FROM pg_attribute
                JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace
            UNION ALL SELECT concat(conrelid, conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL SELECT concat(tgrelid, tgname, tgenabled, tgfoid) FROM pg_trigger WHERE NOT tgisinternal
            UNION ALL SELECT concat(proname, prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        ) AS part (said);
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename LOOP
            EXECUTE format('SELECT count(*) FROM %I', name) INTO rows;
            state := concat(state, ' ', name, rows);
        END LOOP;
        RETURN md5(state);
    END $$;
"""

_numbers = count(1)
_idle: dict[tuple[str, str], list["Copy"]] = defaultdict(list)


@cache
def _administration(server: str) -> psycopg.Connection:
    return psycopg.connect(server, autocommit=True)


def administer(server: str, statement: LiteralString, **names: str) -> None:
    """Executes a statement about the server itself, the names in it quoted."""
    quoted = {word: Identifier(name) for word, name in names.items()}
    _administration(server).execute(SQL(statement).format(**quoted))


def leave(server: str) -> None:
    """Ends the connections to a server that is to stop."""
    for copies in _idle.values():
        for copy in copies:
            copy.cleaner.close()
    _administration(server).close()


def database(server: str, name: str) -> str:
    """The address of a database on a server."""
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def copy_of(server: str, template: str) -> Iterator[str]:
    """The address of a copy of a database that nobody has open. Who still has the copy open afterwards is cut off."""
    idle = _idle[server, template]
    copy = idle.pop() if idle else Copy(server, template)
    try:
        yield copy.address
    finally:
        if copy.cleaned():
            idle.append(copy)
        else:
            copy.drop()


class Copy:
    """A copy of a database, which knows how it was when it was made."""

    def __init__(self, server: str, template: str) -> None:
        self.server, self.name, self.lendings = server, f"minga_{next(_numbers)}", LENDINGS
        # Files are copied as they are; by default each page would go through the log.
        statement: LiteralString = "CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY"
        administer(server, statement, name=self.name, template=template)
        self.address = database(server, self.name)
        self.cleaner = psycopg.connect(self.address, autocommit=True)
        self.cleaner.execute(CLEANING)
        self.first = self._state()

    def cleaned(self) -> bool:
        """Cleans this copy. Whether it can be lent again: it is as it was, and not yet worn out."""
        self.lendings -= 1
        try:
            self.cleaner.execute("SELECT pg_temp.clean()")
            return self.lendings > 0 and self._state() == self.first
        except psycopg.Error:  # a test may even have ended this very connection
            return False

    def drop(self) -> None:
        """Deletes the files."""
        self.cleaner.close()
        administer(self.server, "DROP DATABASE {name} WITH (FORCE)", name=self.name)

    def _state(self) -> object:
        return self.cleaner.execute("SELECT pg_temp.state()").fetchone()
