# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Prepared statements: SQLAlchemy Core, compiled once per database, then handed to the driver.

`connection.execute` builds a context, a result and its rows for every statement, which costs
several times the statement itself; a move makes some ten of them. Only for statements of plain
columns and named parameters; all others go the ordinary way.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Executable, Table, bindparam, exc
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect

Values = Mapping[str, Any]


class Prepared:
    """One statement, ready for every database.

    `statement` is a Core statement, or a function that builds one from the dialect's name (upserts
    differ). Its parameters are named; a Table's insert() takes the columns as names.
    """

    def __init__(
        self,
        statement: Executable | Callable[[str], Executable],
        *,
        columns: Sequence[str] | None = None,
    ) -> None:
        self._build = statement if not isinstance(statement, Executable) else lambda _dialect: statement
        self._columns = columns
        self._compiled: dict[str, _Compiled] = {}

    def __call__(self, connection: Connection, values: Values) -> int:
        """Executes it; the number of rows it changed."""
        compiled = self._for(connection)
        if _is_watched(connection):
            # Asked for, since SQLAlchemy leaves the count of an INSERT on psycopg unknown.
            counted = {"preserve_rowcount": True}
            heard = connection.exec_driver_sql(compiled.sql, compiled.parameters(values), execution_options=counted)
            return heard.rowcount
        cursor = _executed(connection, compiled, values)
        changed: int = cursor.rowcount
        cursor.close()
        return changed

    def many(self, connection: Connection, rows: Sequence[Values]) -> None:
        """Executes it once for each row."""
        compiled = self._for(connection)
        if len(rows) == 1:
            self(connection, rows[0])
        elif rows and _is_watched(connection):
            connection.exec_driver_sql(compiled.sql, [compiled.parameters(row) for row in rows])
        elif rows:
            _executed_many(connection, compiled, rows)

    def rows(self, connection: Connection, values: Values) -> list[Any]:
        """Every row it returns, as named tuples."""
        compiled = self._for(connection)
        if _is_watched(connection):
            heard = connection.exec_driver_sql(compiled.sql, compiled.parameters(values))
            return [compiled.row(*row) for row in heard] if heard.returns_rows else []
        cursor = _executed(connection, compiled, values)
        found = [compiled.row(*row) for row in cursor.fetchall()]
        cursor.close()
        return found

    def first(self, connection: Connection, values: Values) -> Any:
        """The first row it returns, or None."""
        return next(iter(self.rows(connection, values)), None)

    def _for(self, connection: Connection) -> "_Compiled":
        name = connection.dialect.name
        compiled = self._compiled.get(name)
        if compiled is None:
            compiled = self._compiled[name] = _Compiled(self._build(name), connection.dialect, self._columns)
        return compiled


def inserting(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An INSERT in a dialect's words, which can say what happens when the row is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def adding(table: Table) -> Callable[[str], Executable]:
    """Builds, in a dialect's words, the INSERT that leaves a row under the same key as it is."""
    return lambda dialect: inserting(table, dialect).on_conflict_do_nothing()


def upserting(table: Table) -> Callable[[str], Executable]:
    """Builds, in a dialect's words, the INSERT of a whole row that takes the place of the row under the same primary key."""
    columns: dict[str, Any] = {column.name: bindparam(column.name) for column in table.columns}
    keys = [column.name for column in table.primary_key.columns]

    def build(dialect: str) -> Executable:
        insert = inserting(table, dialect)
        new = {name: insert.excluded[name] for name in columns if name not in keys}
        return insert.values(columns).on_conflict_do_update(index_elements=keys, set_=new)

    return build


class _Compiled:
    """A statement in one database's words."""

    __slots__ = ("fixed", "in_order", "processors", "row", "sql")

    def __init__(self, statement: Executable, dialect: Dialect, columns: Sequence[str] | None) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=columns)  # type: ignore[attr-defined]
        self.sql = str(compiled)
        if compiled.post_compile_params or compiled.literal_execute_params:
            raise ValueError(f"a list of values cannot be prepared: {self.sql}")
        self.in_order = _picker(compiled.positiontup) if compiled.positional else None
        self.fixed = {name: bind.value for name, bind in compiled.binds.items() if not bind.required}
        self.processors = {
            name: processor
            for name, bind in compiled.binds.items()
            if (processor := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        names = [column.name for column in getattr(statement, "exported_columns", ())]
        self.row: Callable[..., Any] = _named_row(names)

    def parameters(self, values: Values) -> Any:
        """The values as the driver wants them: in order, or by name."""
        if self.processors:
            values = {
                **values,
                **{name: process(values[name]) for name, process in self.processors.items()},
            }
        if self.fixed or self.in_order is None:
            values = {**self.fixed, **values}
        return values if self.in_order is None else self.in_order(values)


def _picker(names: Sequence[str]) -> Callable[[Values], tuple[Any, ...]]:
    """The values of these names, in this order; of one name alone, `itemgetter` would give the bare value."""
    return itemgetter(*names) if len(names) > 1 else lambda values: tuple(values[name] for name in names)


def _named_row(names: Sequence[str]) -> Callable[..., Any]:
    return namedtuple("Row", names, rename=True)


def _executed(connection: Connection, compiled: _Compiled, values: Values) -> Any:
    parameters = compiled.parameters(values)
    cursor = connection.connection.cursor()
    try:
        cursor.execute(compiled.sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, compiled.sql, parameters, error) from error
    return cursor


def _executed_many(connection: Connection, compiled: _Compiled, rows: Sequence[Values]) -> None:
    parameters = [compiled.parameters(row) for row in rows]
    cursor = connection.connection.cursor()
    try:
        cursor.executemany(compiled.sql, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, compiled.sql, parameters, error) from error
    cursor.close()


def _is_watched(connection: Connection) -> bool:
    """Does anybody listen to an engine's statements? Then they go the ordinary way, to be heard."""
    return bool(connection.engine.dispatch.before_cursor_execute)


def _as_sqlalchemy(connection: Connection, sql: str, parameters: Any, error: Any) -> Any:
    """The error that `connection.execute` would have raised: callers know one family."""
    dialect = connection.dialect
    lost = dialect.is_disconnect(error, connection.connection, None)
    named = exc.DBAPIError.instance(
        sql,
        parameters,
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
    if lost:
        connection.invalidate(error)
    return named
