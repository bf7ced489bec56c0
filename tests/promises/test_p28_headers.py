# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-28: every class of answer says what a browser must not do with it; what is private is kept by no cache."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.guards.bodies import LARGEST_BODY
from minga.settings import read
from people.actors import OPERATOR, Role
from services.tokens import create_token
from storage.store import Store
from tests.house import House, furnish

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
ANSWERS = {
    "a page": (200, "GET", "/", {}),
    "a file that is served as it lies": (200, "GET", "/static/minga.css", {}),
    "the description of the API": (200, "GET", "/api/v1/openapi.json", {}),
    "health": (200, "GET", "/health/ready", {}),
    "nothing there": (404, "GET", "/nowhere", {}),
    "no such file": (404, "GET", "/static/nowhere.css", {}),
    "no token": (401, "GET", "/api/v1/exchanges", {}),
    "another method": (405, "DELETE", "/api/v1/exchanges", {}),
    "a body too large": (413, "POST", "/api/v1/exchanges", {"Content-Length": str(LARGEST_BODY + 1)}),
    "another site": (403, "POST", "/api/v1/exchanges", {"Cookie": "a=b", "Sec-Fetch-Site": "cross-site"}),
    "another host": (421, "GET", "/", {"Host": "elsewhere.example"}),
    "a mistake of ours": (500, "GET", "/broken", {}),
}


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture(params=["http://localhost:8000", "https://minga.example"])
def client(request: pytest.FixtureRequest, house: House, tmp_path: Path) -> Iterator[httpx.Client]:
    """The app as it stands on a loopback port, and as it stands behind a proxy."""
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url, "MINGA_PUBLIC_URL": request.param}, data=tmp_path)
    app = create_app(house.desk, settings)

    def broken() -> None:
        raise ZeroDivisionError

    app.add_api_route("/broken", broken)
    with TestClient(app, base_url=request.param, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("what", ANSWERS)
def test_every_class_of_answer_bears_the_headers(what: str, client: httpx.Client) -> None:
    status, method, path, headers = ANSWERS[what]
    answer = client.request(method, path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer")
    assert answer.headers["x-request-id"]
    assert answer.headers.get_list("cache-control") == [_kept(path, status)]
    assert ("strict-transport-security" in answer.headers) is str(client.base_url).startswith("https:")


def _kept(path: str, status: int) -> str:
    open_to_all = {"/": "no-cache", "/static/minga.css": "public, no-cache"}
    return open_to_all.get(path, "no-store") if status == 200 else "no-store"


def test_what_somebody_is_answered_in_person_is_never_kept(client: httpx.Client, house: House) -> None:
    token = create_token(house.desk, OPERATOR, "ana", role=Role.SECRETARIAT, scopes=("read",)).secret
    for path in ("/api/v1/exchanges", "/api/v1/board", "/", "/nowhere"):
        for headers in ({"Authorization": f"Bearer {token}"}, {"Cookie": "__Host-minga=guess"}):
            assert client.get(path, headers=headers).headers.get_list("cache-control") == ["no-store"]


def test_pages_whose_address_may_hold_a_secret_tell_it_to_no_other(client: httpx.Client) -> None:
    for path in ("/sign-in", "/sign-in/link/secret", "/invitation", "/invitation/text"):
        answer = client.get(path)
        assert answer.headers.get_list("referrer-policy") == ["no-referrer"]
        assert answer.headers.get_list("cache-control") == ["no-store"]


def test_no_page_says_anything_inline() -> None:
    for page in (Path(__file__).parents[2] / "api" / "templates").rglob("*.j2"):
        text = page.read_text().lower()
        found = [
            sign for sign in ("<style", " style=", "javascript:", " onclick=", " onsubmit=", " onload=") if sign in text
        ]
        assert found == [], page.name
        assert text.count("<script") == text.count("<script src="), page.name
