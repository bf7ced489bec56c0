# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What every operation keeps: methods, conditions, pages, problems and their pages, and how one leaves."""

from datetime import date
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.deprecation import Farewell, NoticeTooShort, leaves
from api.openapi import describe
from api.policies import acts
from api.problems import TITLES, family, problem, status_of
from tests.api.door import Door, codes
from tests.documentation_codes import refusal_codes

WAITING: dict[str, dict[str, Any]] = {"sign_in.too_many_tries": {"retry_after": 2}, "storage.unreachable": {}}


@pytest.mark.parametrize("path", ["/api/v1/exchanges", "/api/v1/tokens", "/api/v1/exchanges/SSC-2026-0001/moves"])
def test_another_method_is_told_what_a_path_answers(stranger: httpx.Client, path: str) -> None:
    for method in ("PUT", "PATCH", "DELETE", "TRACE", "QUERY"):
        refused = stranger.request(method, path)
        assert codes(refused) == (405, "request.method_not_allowed")
        assert refused.headers["allow"] == "GET, HEAD, OPTIONS, POST"
    asked = stranger.options(path)
    assert (asked.status_code, asked.content, asked.headers["allow"]) == (204, b"", "GET, HEAD, OPTIONS, POST")
    assert codes(stranger.options("/api/v1/nowhere")) == (404, "not_found")


def test_head_answers_as_get_without_its_body(door: Door) -> None:
    exchange, key = door.house.draft(), door.key("bruno")
    place = f"/api/v1/exchanges/{exchange}"
    got, headed = door.client.get(place, headers=key), door.client.head(place, headers=key)
    assert (headed.status_code, headed.content, headed.headers["etag"]) == (200, b"", got.headers["etag"])
    assert door.client.head(place, headers=door.key("carla")).status_code == 404


def test_a_parameter_said_twice_is_refused(door: Door) -> None:
    key = door.key("ana")
    assert codes(door.client.get("/api/v1/exchanges?limit=1&limit=2", headers=key)) == (400, "request.said_twice")


@pytest.mark.parametrize("path", ["/api/v1/exchanges", "/api/v1/openapi.json", "/", "/sign-in"])
def test_more_than_fifty_parameters_are_refused_everywhere(stranger: httpx.Client, path: str) -> None:
    many = "&".join(f"p{number}=1" for number in range(51))
    assert codes(stranger.get(f"{path}?{many}")) == (400, "request.said_twice")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml"])
def test_a_body_that_is_not_json_is_415(door: Door, kind: str) -> None:
    headers = {**door.key("ana"), "Content-Type": kind}
    assert codes(door.client.post("/api/v1/exchanges", headers=headers, content=b"title=x")) == (415, "body.not_json")


@pytest.mark.parametrize("title", ['"a\\u0000b"', '"\\ud800"', '"' + "x" * 301 + '"', "9007199254740993", "[[[]]]"])
def test_what_no_store_keeps_is_refused_on_both_databases(door: Door, title: str) -> None:
    body = f'{{"programme": "regional-initiative", "title": {title}, "door": "offer", "parties": []}}'
    headers = {**door.key("ana"), "Content-Type": "application/json"}
    refused = door.client.post("/api/v1/exchanges", headers=headers, content=body)
    assert codes(refused) == (422, "request.invalid")
    exchange = door.house.offered()
    said = f'{{"kind": "flag", "fields": {{"flag": {title}, "more": {{"{"n" * 3}": {title}}}}}}}'
    told = {**headers, "If-Match": "*"}
    answer = door.client.post(f"/api/v1/exchanges/{exchange}/facts", headers=told, content=said)
    assert answer.status_code == 422


def test_every_code_a_request_can_meet_has_a_page_and_no_other(stranger: httpx.Client) -> None:
    told = [code for code in refusal_codes() if family(code) in TITLES]
    assert len(told) > 100
    pages = {code: stranger.get(f"/problems/{code}").status_code for code in told}
    assert {code: status for code, status in pages.items() if status != 200} == {}
    for unheard_of in ("gossip.heard", "permission.nonsense", "permission", "permission.role.more"):
        assert codes(stranger.get(f"/problems/{unheard_of}")) == (404, "not_found")


def test_401_is_told_to_whoever_did_not_come_in_and_to_nobody_else() -> None:
    told = {code for code in refusal_codes() if status_of(code) == 401}

    assert told == {"session.refused", "sign_in.code_refused", "sign_in.refused", "token.refused"}


def test_an_operation_that_leaves_says_so_in_every_answer_and_in_the_description() -> None:
    app = FastAPI()
    app.add_middleware(Farewell)

    @app.get("/old", **acts("board.read"))
    @leaves(date(2027, 1, 1), date(2028, 1, 1), instead="/new")
    def old() -> dict[str, str]:
        """Leaves."""
        return {}

    @app.get("/new", **acts("board.read"))
    def new() -> dict[str, str]:
        """Stays."""
        return {}

    with TestClient(app) as client:
        headers = client.get("/old").headers
        assert headers["deprecation"] == "@1798761600"
        assert headers["sunset"] == "Sat, 01 Jan 2028 00:00:00 GMT"
        assert headers["link"] == '</new>; rel="successor-version"'
        assert "deprecation" not in client.get("/new").headers
    paths = describe(app)["paths"]
    assert paths["/old"]["get"]["deprecated"] is True
    assert {"Deprecation", "Sunset"} <= set(paths["/old"]["get"]["responses"]["200"]["headers"])
    assert "deprecated" not in paths["/new"]["get"]


def test_whoever_must_wait_is_told_how_long() -> None:
    told = {code: problem(code, "wait", **facts).headers["retry-after"] for code, facts in WAITING.items()}
    assert told == {"sign_in.too_many_tries": "2", "storage.unreachable": "5"}


def test_nothing_leaves_within_a_year() -> None:
    with pytest.raises(NoticeTooShort):
        leaves(date(2027, 1, 1), date(2027, 12, 31), instead="/new")
