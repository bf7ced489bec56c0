# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-27: no other site changes anything with a person's cookie. Every route that changes something is tried, none is listed.

Beside that, whatever is said in one's own name, or changes one's account, bears a token that only a page of that session holds.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api.app import create_app
from api.guards.asgi import SAFE
from minga.settings import read
from people.actors import Role
from storage.store import Store
from tests.api.browser import Browser
from tests.api.pages.ways_in import actor_of, come_in_as, page_routes
from tests.house import House, furnish

HOST = "minga.example"
COOKIE = {"Cookie": "__Host-minga=" + "x" * 43}
FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another name of ours": {"Sec-Fetch-Site": "same-site"},
    "another site that says it is us": {"Sec-Fetch-Site": "cross-site", "Origin": f"https://{HOST}"},
    "an older browser elsewhere": {"Origin": "https://elsewhere.example"},
    "a frame without an origin": {"Origin": "null"},
    "a name that begins like ours": {"Origin": f"https://{HOST}.elsewhere.example"},
    "another port": {"Origin": f"https://{HOST}:444"},
    "nobody who says where from": {},
}
OURS = {
    "a page of ours": {"Sec-Fetch-Site": "same-origin"},
    "the person by hand": {"Sec-Fetch-Site": "none"},
    "an older browser here": {"Origin": f"https://{HOST}"},
}


OF_NO_SESSION = ("/sign-in", "/sign-out", "/invitation")
"""Forms of no session yet, the one that only ends it, and that of the invited, whose token is tried with its page."""


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def app(house: House, tmp_path: Path) -> FastAPI:
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url, "MINGA_PUBLIC_URL": f"https://{HOST}"}, data=tmp_path)
    return create_app(house.desk, settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app, base_url=f"https://{HOST}", raise_server_exceptions=False) as client:
        yield client


def _unsafe(app: FastAPI) -> list[tuple[str, str]]:
    """Every route that changes something: (method, path with its gaps filled)."""
    return [
        (method, re.sub(r"\{[^}]*\}", "x", str(route.path)))
        for route in iter_route_contexts(app.routes)
        for method in sorted(set(getattr(route, "methods", None) or ()) - SAFE)
    ]


def _is_refused(answer: httpx.Response) -> bool:
    return (
        answer.status_code == 403
        and answer.headers["content-type"].endswith("problem+json")
        and (answer.json()["code"] == "csrf.foreign")
    )


def test_every_route_that_changes_something_refuses_another_site(app: FastAPI, client: httpx.Client) -> None:
    routes = _unsafe(app)
    assert len(routes) >= 4
    let_in = [
        (method, path, who)
        for method, path in routes
        for who, headers in FOREIGN.items()
        if not _is_refused(client.request(method, path, headers={**COOKIE, **headers}))
    ]
    assert let_in == []


def test_every_route_that_changes_something_hears_our_own_pages(app: FastAPI, client: httpx.Client) -> None:
    kept_out = [
        (method, path, who)
        for method, path in _unsafe(app)
        for who, headers in OURS.items()
        if _is_refused(client.request(method, path, headers={**COOKIE, **headers}))
    ]
    assert kept_out == []


def test_a_form_is_guarded_before_anybody_is_signed_in(app: FastAPI, client: httpx.Client) -> None:
    """Else another site could sign a person in under a name of its own."""
    forms = [(method, path) for method, path in _unsafe(app) if not path.startswith("/api/")]
    for method, path in (*forms, ("POST", "/sign-in")):
        assert all(_is_refused(client.request(method, path, headers=headers)) for headers in FOREIGN.values())


def _own_forms(app: FastAPI) -> list[str]:
    """The path of every form of somebody who is signed in, with its gaps filled."""
    paths = [path for method, path in page_routes(app) if method not in SAFE]
    return [re.sub(r"\{[^}]*\}", "1", path) for path in paths if not path.startswith(OF_NO_SESSION)]


def _told(browser: Browser, path: str, token: str) -> str:
    answer = browser.post(path, token=token, reason="r", text="t", paper="agreement")
    is_problem = answer.headers.get("content-type", "").endswith("problem+json")
    return str(answer.json()["code"]) if is_problem else ""


def test_every_form_of_one_s_own_bears_a_token_of_its_session(house: House, app: FastAPI, client: TestClient) -> None:
    """A focal point confirms and contests, a bench replies, and each of them has an account."""
    forms, roles = _own_forms(app), (Role.FOCAL_POINT, Role.BENCH_DELEGATE)
    other = come_in_as(house, client, actor_of(house, Role.FOCAL_POINT)).form_token()
    assert len(forms) >= 8
    for path in forms:
        ours = [come_in_as(house, client, actor_of(house, role)) for role in roles]
        for forged in ("", "0" * 64, "ñ", other):
            told = {_told(browser, path, forged) for browser in ours}
            assert told - {"permission.denied"} == {"session.form_foreign"}, path
        assert "session.form_foreign" not in {_told(browser, path, browser.form_token()) for browser in ours}, path


def test_a_program_with_a_token_needs_to_say_nothing(app: FastAPI, client: httpx.Client) -> None:
    for method, path in _unsafe(app):
        if path.startswith("/api/"):
            assert not _is_refused(client.request(method, path, headers={"Authorization": "Bearer minga_guess"}))


def test_reading_is_open_to_links_from_elsewhere(client: httpx.Client) -> None:
    assert client.get("/", headers={**COOKIE, "Sec-Fetch-Site": "cross-site"}).status_code == 200
