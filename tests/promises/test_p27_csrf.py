# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-27: no other site changes anything with a person's cookie. Every route that changes something is tried, none is listed."""

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
from storage.store import Store
from tests.house import furnish

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


@pytest.fixture
def app(store: Store, tmp_path: Path) -> FastAPI:
    house = furnish(store, tmp_path)
    settings = read({"MINGA_DATABASE_URL": store.url, "MINGA_PUBLIC_URL": f"https://{HOST}"}, data=tmp_path)
    return create_app(house.desk, settings)


@pytest.fixture
def client(app: FastAPI) -> Iterator[httpx.Client]:
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


def test_a_program_with_a_token_needs_to_say_nothing(app: FastAPI, client: httpx.Client) -> None:
    for method, path in _unsafe(app):
        if path.startswith("/api/"):
            assert not _is_refused(client.request(method, path, headers={"Authorization": "Bearer minga_guess"}))


def test_reading_is_open_to_links_from_elsewhere(client: httpx.Client) -> None:
    assert client.get("/", headers={**COOKIE, "Sec-Fetch-Site": "cross-site"}).status_code == 200
