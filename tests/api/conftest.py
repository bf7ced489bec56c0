# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The door for tests: the real app on a furnished house, and a token for each of the cast."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from minga.settings import read
from storage.store import Store
from tests.api.door import Door
from tests.house import House, furnish


@pytest.fixture
def house(furnished_store: Store, tmp_path: Path) -> House:
    """A furnished house on each kind of database."""
    return furnish(furnished_store, tmp_path)


@pytest.fixture
def door(house: House, tmp_path: Path) -> Iterator[Door]:
    """The app on that house."""
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url}, data=tmp_path)
    app = create_app(house.desk, settings)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield Door(house, client)


@pytest.fixture
def stranger(door: Door) -> httpx.Client:
    """Somebody without a token."""
    return door.client
