# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Random changes of stored bytes, each made on its own on a small ledger and taken back: the audit finds every one."""

import random
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from benchmarks.ground import Ground, desk_on, ready_exchange
from observatory import audit
from storage import triggers
from storage.tables import metadata

_TABLES = ("events", "streams", "exchanges", "parties", "facts", "programmes", "flow")
_SPARED = {("flow", "id")}


def run(ground: Ground, count: int) -> list[str]:
    chance, missed = random.Random(count), []
    with desk_on(ground.fresh("mutations"), group_commit=False) as desk:
        ready_exchange(desk)
        engine = desk.store._engines.writer
        for _ in range(count):
            with engine.connect() as connection:
                transaction = connection.begin()
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("BEGIN IMMEDIATE")
                for name in triggers.missing_triggers(connection):
                    raise AssertionError(f"trigger {name} is missing before the attack")
                _disarm(connection)
                where = _mutate(connection, chance)
                found = [one for one in audit.verify(connection, desk.papers) if one.code.name != "TRIGGER_MISSING"]
                transaction.rollback()
            missed += [where] if not found else []
    print(f"{ground.name:11} mutations: {count} changes, {count - len(missed)} found", flush=True)
    return [f"{len(missed)} mutations missed, first: {missed[0]}"] if missed else []


def _disarm(connection: Connection) -> None:
    """Drops the triggers, as an attacker with the file would; the transaction is rolled back afterwards."""
    for statement in triggers.removals(connection.dialect.name):
        connection.execute(text(statement))


def _mutate(connection: Connection, chance: random.Random) -> str:
    while True:
        table = metadata.tables[chance.choice(_TABLES)]
        rows = connection.execute(table.select()).all()
        column = chance.choice([c for c in table.columns if (table.name, c.name) not in _SPARED])
        row = chance.choice(rows)
        old = row._mapping[column.name]
        new = _changed(old, chance)
        if new is None or new == old:
            continue
        mine = [key == row._mapping[key.name] for key in table.primary_key.columns]
        with connection.begin_nested() as attempt:
            try:
                connection.execute(table.update().where(*mine).values({column.name: new}))
            except SQLAlchemyError:  # the database itself refuses it: a constraint is as good as an audit
                attempt.rollback()
                continue
        return f"{table.name}.{column.name}: {old!r} → {new!r}"


def _changed(old: Any, chance: random.Random) -> Any:
    """The value with one bit, one character or one count other than it was."""
    if isinstance(old, bytes | memoryview):
        data = bytearray(bytes(old))
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(data)
    if isinstance(old, int):
        return old + chance.choice((-1, 1))
    if isinstance(old, str) and old:
        place = chance.randrange(len(old))
        return old[:place] + chance.choice("xyz019") + old[place + 1 :]
    return None
