# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, event, exc, func, literal, select, update

from storage.engine import open_engine
from storage.prepared import Prepared
from storage.store import Store
from storage.tables import flow, sealed, settings
from storage.transaction import transaction

put = Prepared(settings.insert())
rename = Prepared(update(settings).where(settings.c.name == bindparam("old")).values(name=bindparam("new")))
all_of_them = Prepared(select(settings).order_by(settings.c.name))
longer_than = Prepared(
    select(settings.c.name, func.length(settings.c.value).label("length"), literal("%s").label("mark"))
    .where(func.length(settings.c.value) > bindparam("length"), settings.c.name != "hidden")
    .order_by(settings.c.name)
)
put_sealed = Prepared(sealed.insert())
read_sealed = Prepared(select(sealed.c.salt))


@pytest.fixture(params=["unheard", "heard"])
def connection(request: pytest.FixtureRequest, url: str) -> Iterator[Connection]:
    """A connection that writes: statements go straight to the driver, or past somebody who listens."""
    engine = open_engine(url)
    heard: list[str] = []
    if request.param == "heard":
        event.listen(engine, "before_cursor_execute", lambda *said: heard.append(said[2]))
    with engine.connect() as opened, transaction(opened):
        yield opened
    engine.dispose()
    assert bool(heard) == (request.param == "heard")


def test_rows_changed_are_counted_and_read_back_by_name(connection: Connection) -> None:
    assert put(connection, {"name": "origin", "value": "minga"}) == 1
    assert rename(connection, {"old": "origin", "new": "line"}) == 1
    assert rename(connection, {"old": "origin", "new": "line"}) == 0
    (row,) = all_of_them.rows(connection, {})
    assert (row.name, row.value) == tuple(row) == ("line", "minga")


def test_many_rows_are_written_at_once_and_none_is_none(connection: Connection) -> None:
    rows = [{"name": f"{number:02}", "value": ""} for number in range(20)]
    put.many(connection, [])
    put.many(connection, rows[:1])
    put.many(connection, rows[1:])
    assert [row._asdict() for row in all_of_them.rows(connection, {})] == rows


def test_values_that_the_statement_fixes_need_not_be_given(connection: Connection) -> None:
    put.many(
        connection,
        [
            {"name": "hidden", "value": "xxx"},
            {"name": "long", "value": "xxx"},
            {"name": "short", "value": "x"},
        ],
    )
    assert [tuple(row) for row in longer_than.rows(connection, {"length": 2})] == [("long", 3, "%s")]


def test_the_first_row_or_none(connection: Connection) -> None:
    assert all_of_them.first(connection, {}) is None
    put(connection, {"name": "origin", "value": "minga"})
    assert all_of_them.first(connection, {}).name == "origin"


def test_bytes_stay_bytes(connection: Connection) -> None:
    row = {"stream": "exchange/1", "seq": 1, "field": "name", "value": "x", "salt": bytes(range(256))}
    put_sealed(connection, row)
    assert bytes(read_sealed.first(connection, {}).salt) == row["salt"]


def test_a_broken_rule_is_the_same_error_as_from_the_ordinary_way(store: Store) -> None:
    twice = {"name": "origin", "value": ""}

    def again(connection: Connection) -> None:
        put(connection, twice)
        put(connection, twice)

    def again_at_once(connection: Connection) -> None:
        put.many(connection, [twice, twice])

    for work in (again, again_at_once):
        with pytest.raises(exc.IntegrityError):
            store.write(work)
    with store.read() as connection:
        assert all_of_them.rows(connection, {}) == []


def test_the_error_does_not_tell_the_values(store: Store) -> None:
    row: dict[str, Any] = {"name": "origin", "value": "Bruno"}
    store.write(lambda connection: put(connection, row))
    with pytest.raises(exc.IntegrityError) as error:
        store.write(lambda connection: put(connection, row))
    assert "Bruno" not in str(error.value)


def test_a_list_of_values_cannot_be_prepared(store: Store) -> None:
    some = Prepared(select(settings).where(settings.c.name.in_(bindparam("names", expanding=True))))
    with pytest.raises(ValueError, match="list of values"), store.read() as connection:
        some.rows(connection, {"names": ["origin"]})


def test_only_named_columns_are_inserted(store: Store) -> None:
    columns = tuple(column.name for column in flow.columns if column.name != "id")
    adding = Prepared(flow.insert().inline(), columns=columns)
    row = {name: 1 if name in ("specimen", "delta") else "x" for name in columns}
    store.write(lambda connection: adding.many(connection, [row, row]))
    with store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(flow)) == 2
