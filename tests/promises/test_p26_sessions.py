# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-26, sessions: nobody fixes, steals or outlives one.

Target: flags on 100 % of Set-Cookie, ids of 256 bits kept as SHA-256 alone, another id at sign-in and at step-up, thirty
minutes idle, twelve hours in all, out everywhere, Clear-Site-Data at sign-out.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from minga.settings import read
from people.actors import Role
from storage.store import Store
from storage.tables import sessions
from tests.accounts import PASSWORD, code, invite_with_password
from tests.api.browser import Browser
from tests.house import House, furnish

FLAGS = ("HttpOnly", "Path=/", "SameSite=lax", "Secure")
NEW = "eleven mules on the far side"


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def browser(house: House, tmp_path: Path) -> Iterator[Browser]:
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url}, data=tmp_path)
    with TestClient(create_app(house.desk, settings), base_url="http://localhost") as client:
        yield Browser(client)


def signed_in(house: House, browser: Browser) -> str:
    address = invite_with_password(house, "Bruno", Role.FOCAL_POINT, "BR")
    browser.post("/sign-in", address=address, password=PASSWORD)
    assert browser.get("/me").status_code == 200
    return address


def set_up_a_factor(house: House, browser: Browser) -> None:
    found = re.search(r'class="key">([A-Z2-7 ]+)<', browser.get("/sign-in/second-factor").text)
    assert found
    browser.post("/sign-in/second-factor", code=code(house, found[1].replace(" ", "")))


def test_every_set_cookie_there_is_bears_every_flag(house: House, browser: Browser) -> None:
    signed_in(house, browser)
    set_up_a_factor(house, browser)
    browser.post_own("/me/password", present=PASSWORD, new=NEW)
    browser.post("/sign-out")
    flagged = [all(flag in header for flag in FLAGS) for header in browser.set_cookies]
    assert (len(flagged), flagged.count(True)) == (4, 4), "100 % of Set-Cookie"
    assert all(header.startswith("__Host-minga=") for header in browser.set_cookies)
    assert not any("domain=" in header.lower() for header in browser.set_cookies)


def test_an_id_has_256_bits_and_only_its_sha256_is_stored(house: House, browser: Browser) -> None:
    signed_in(house, browser)
    secret = str(browser.cookie)
    assert len(urlsafe_b64decode(secret + "=")) * 8 == 256
    with house.desk.store.read() as connection:
        row = connection.execute(select(sessions)).one()
    assert row.secret_hash == sha256(secret.encode()).hexdigest()
    assert secret not in str(row)


def test_a_session_put_into_the_browser_beforehand_is_worth_nothing_after_signing_in(
    house: House, browser: Browser
) -> None:
    """Fixation: neither an invented id nor a living one of the attacker's becomes the victim's session."""
    attacker = Browser(browser.client)
    signed_in(house, attacker)
    victim = invite_with_password(house, "Paula", Role.FOCAL_POINT, "PE")
    for planted in ("A" * 43, attacker.cookie):
        browser.cookie = planted
        browser.post("/sign-in", address=victim, password=PASSWORD)
        assert browser.cookie != planted
        assert "<b>Paula</b>" in browser.get("/").text
        assert "Paula" not in Browser(browser.client, planted).get("/me").text


def test_signing_in_and_stepping_up_give_another_id_and_end_the_old(house: House, browser: Browser) -> None:
    address = signed_in(house, browser)
    seen = [browser.cookie]
    browser.post("/sign-in", address=address, password=PASSWORD)
    seen.append(browser.cookie)
    set_up_a_factor(house, browser)
    seen.append(browser.cookie)
    assert len(set(seen)) == 3
    assert [Browser(browser.client, old).get("/me").status_code for old in seen] == [303, 303, 200]


@pytest.mark.parametrize(
    ("pauses", "lives"),
    [([29], True), ([30], False), ([29] * 24, True), ([29] * 24 + [24], False)],
    ids=["29 minutes idle", "30 minutes idle", "11 h 36 in use", "12 h in use"],
)
def test_a_session_ends_when_it_should(house: House, browser: Browser, pauses: list[int], lives: bool) -> None:
    signed_in(house, browser)
    for minutes in pauses:
        house.clock.on(minutes=minutes)
        answer = browser.get("/me")
    assert (answer.status_code == 200) is lives


def test_out_everywhere_is_out_everywhere_and_clears_the_site(house: House, browser: Browser) -> None:
    address = signed_in(house, browser)
    others = [Browser(browser.client) for _ in range(3)]
    for other in others:
        other.post("/sign-in", address=address, password=PASSWORD)
    out = browser.post_own("/me/sessions/end-all")
    assert out.headers["clear-site-data"] == '"cookies", "storage", "cache"'
    assert {other.get("/me").status_code for other in others} == {303}
    assert browser.cookie is None
