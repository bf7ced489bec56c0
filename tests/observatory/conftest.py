# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Ledgers to attack: one populated ledger of each kind, and a fresh copy of it for each test that asks."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.engine import normal_url
from tests.observatory.ledgers import Settings, copy_of_sqlite, desk_on, populate

_numbers = count(1)


def _administer(server: str, statement: str) -> None:
    engine = create_engine(normal_url(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _named(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def populated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A populated SQLite ledger that nobody has open."""
    data = tmp_path_factory.mktemp("ledger")
    settings = Settings(data, f"sqlite:///{data / 'minga.db'}")
    with desk_on(settings) as desk:
        populate(desk)
    return settings


@pytest.fixture(scope="session")
def populated_postgresql(tmp_path_factory: pytest.TempPathFactory, postgresql_server: str) -> Settings:
    """A populated PostgreSQL ledger that nobody has open."""
    _administer(postgresql_server, "CREATE DATABASE populated")
    settings = Settings(tmp_path_factory.mktemp("papers"), _named(postgresql_server, "populated"))
    with desk_on(settings) as desk:
        populate(desk)
    return settings


@pytest.fixture(scope="module", params=("sqlite", "postgresql"))
def restored_ledger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A populated ledger of each kind for tests that put back what they change."""
    yield from _copied(request, tmp_path_factory.mktemp("restored"))


@pytest.fixture(params=("sqlite", "postgresql"))
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A populated ledger of each kind, this test's own."""
    yield from _copied(request, tmp_path)


def _copied(request: pytest.FixtureRequest, folder: Path) -> Iterator[Settings]:
    template: Settings = request.getfixturevalue(f"populated_{request.param}")
    if request.param == "sqlite":
        yield copy_of_sqlite(template, folder)
        return
    server, name = request.getfixturevalue("postgresql_server"), f"attacked_{next(_numbers)}"
    _administer(server, f"CREATE DATABASE {name} TEMPLATE populated")
    yield Settings(copy_of_sqlite(template, folder).data, _named(server, name))
    _administer(server, f"DROP DATABASE {name} WITH (FORCE)")
