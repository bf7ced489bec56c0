# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Ledgers to attack: one populated ledger of each kind, and a fresh copy of it for each test that asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import administer, copy_of, database
from tests.observatory.ledgers import Settings, copy_of_sqlite, desk_on, populate


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
    administer(postgresql_server, "CREATE DATABASE populated")
    settings = Settings(tmp_path_factory.mktemp("papers"), database(postgresql_server, "populated"))
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
    with copy_of(request.getfixturevalue("postgresql_server"), "populated") as address:
        yield Settings(copy_of_sqlite(template, folder).data, address)
