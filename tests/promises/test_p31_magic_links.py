# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-31, links survive mail scanners. Target: 100 fetches by GET and HEAD, and the link still works, exactly once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from minga.settings import read
from people.actors import Role
from storage.store import Store
from tests.accounts import invite, key_in, read_mail
from tests.api.browser import Browser
from tests.house import House, furnish

FETCHES = 100


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def client(house: House, tmp_path: Path) -> Iterator[TestClient]:
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url}, data=tmp_path)
    with TestClient(create_app(house.desk, settings), base_url="http://localhost") as client:
        yield client


def test_a_link_fetched_a_hundred_times_still_lets_its_reader_in_once(house: House, client: TestClient) -> None:
    address = invite(house, "Paula", Role.FOCAL_POINT, "PE")
    reader = Browser(client)
    reader.post("/sign-in/ask", address=address)
    key = key_in(read_mail(house)[0])

    fetched = [client.request(("GET", "HEAD")[n % 2], "/sign-in/link", params={"key": key}) for n in range(FETCHES)]
    assert {(answer.status_code, "set-cookie" in answer.headers) for answer in fetched} == {(200, False)}

    ways_in = [Browser(client).post("/sign-in/link", key=key) for _ in range(3)]
    assert [answer.status_code for answer in ways_in] == [303, 410, 410]
    assert ["set-cookie" in answer.headers for answer in ways_in] == [True, False, False]


def test_a_scanner_that_presses_buttons_of_other_sites_gets_nothing(house: House, client: TestClient) -> None:
    address = invite(house, "Paula", Role.FOCAL_POINT, "PE")
    Browser(client).post("/sign-in/ask", address=address)
    key = key_in(read_mail(house)[0])
    pressed = client.post("/sign-in/link", data={"key": key}, headers={"Sec-Fetch-Site": "cross-site"})
    assert pressed.status_code == 403
    assert Browser(client).post("/sign-in/link", key=key).status_code == 303
