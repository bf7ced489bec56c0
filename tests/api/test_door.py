# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The door itself: who comes in, from where, with how much; and what it says when the house is out of order."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import update

from api.guards.bodies import LARGEST_BODY
from api.openapi import operations
from api.problems import STATUS, TITLES, family
from storage.errors import StorageUnavailable
from storage.tables import tokens
from tests.api.door import Door, codes
from tests.api.test_exchanges import DRAFT


def test_nobody_comes_in_without_a_token(stranger: httpx.Client) -> None:
    for headers in ({}, {"Authorization": "Bearer minga_guess"}, {"Authorization": "Basic bWluZ2E6eA=="}):
        refused = stranger.get("/api/v1/exchanges", headers=headers)
        assert codes(refused) == (401, "token.refused")
        assert refused.headers["www-authenticate"] == 'Bearer realm="minga"'
    assert codes(stranger.post("/api/v1/exchanges", json=DRAFT)) == (401, "token.refused")


def test_a_token_that_only_reads_writes_nothing(door: Door) -> None:
    reads = door.key("ana", "read")
    assert door.client.get("/api/v1/board", headers=reads).status_code == 200
    assert codes(door.client.post("/api/v1/exchanges", headers=reads, json=DRAFT)) == (403, "scope.missing")
    writes = door.key("ana", "write")
    assert codes(door.client.get("/api/v1/board", headers=writes)) == (403, "scope.missing")
    assert door.client.post("/api/v1/exchanges", headers=writes, json=DRAFT).status_code == 201


def test_an_expired_or_revoked_token_opens_nothing(door: Door) -> None:
    key = door.key("ana")
    assert door.client.get("/api/v1/board", headers=key).status_code == 200
    now = door.house.desk.now()
    for change in ({"revoked_at": now, "expires_at": None}, {"revoked_at": None, "expires_at": now}):
        change_all = update(tokens).values(change)
        door.house.desk.store.write(lambda connection, it=change_all: connection.execute(it).rowcount)  # type: ignore[misc]
        assert codes(door.client.get("/api/v1/board", headers=key)) == (401, "token.refused")


@pytest.mark.parametrize("host", ["minga.example", "127.0.0.1.example", "example:8000", "localhost.example:80", ""])
def test_a_foreign_host_reaches_nothing(stranger: httpx.Client, host: str) -> None:
    assert codes(stranger.get("/health/live", headers={"Host": host})) == (421, "request.host_foreign")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "[::1]:8000", "[::1]"])
def test_this_machine_is_reached_by_its_own_names(stranger: httpx.Client, host: str) -> None:
    assert stranger.get("/health/live", headers={"Host": host}).status_code == 200


def test_a_body_too_large_is_refused_before_anybody_reads_it(door: Door) -> None:
    key = door.key("ana")
    large = b" " * (LARGEST_BODY + 1)
    declared = door.client.post("/api/v1/exchanges", headers=key, content=large)
    counted = door.client.post("/api/v1/exchanges", headers=key, content=iter([large[:LARGEST_BODY], b"  "]))
    for refused in (declared, counted):
        assert codes(refused) == (413, "body.too_large")
    full = json.dumps(DRAFT).encode().ljust(LARGEST_BODY)
    headers = {**key, "Content-Type": "application/json"}
    assert door.client.post("/api/v1/exchanges", headers=headers, content=full).status_code == 201


def test_what_is_no_json_is_a_problem_too(door: Door) -> None:
    headers = {**door.key("ana"), "Content-Type": "application/json"}
    assert codes(door.client.post("/api/v1/exchanges", headers=headers, content=b"{")) == (422, "request.invalid")
    assert codes(door.client.get("/api/v1/nowhere", headers=headers)) == (404, "not_found")
    assert codes(door.client.delete("/api/v1/exchanges", headers=headers)) == (405, "request.method_not_allowed")


def test_a_database_that_is_away_is_said_with_when_to_come_back(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    key = door.key("ana")

    def away(*_: Any) -> None:
        raise StorageUnavailable("/secret/path/minga.db is gone")

    monkeypatch.setattr(door.house.desk.store, "read", away)
    refused = door.client.get("/api/v1/board", headers=key)
    assert codes(refused) == (503, "storage.unavailable")
    assert refused.headers["retry-after"] == "5"
    assert "secret" not in refused.text
    assert codes(door.client.get("/health/ready")) == (503, "health.not_ready")
    assert door.client.get("/health/live").status_code == 200


def test_a_mistake_of_ours_tells_nothing_of_the_house(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> None:
        raise ZeroDivisionError("secret")

    key = door.key("ana")
    monkeypatch.setattr(door.house.desk.store, "read", broken)
    refused = door.client.get("/api/v1/board", headers=key)
    assert codes(refused) == (500, "internal.error")
    assert "secret" not in refused.text


def test_every_answer_says_what_a_browser_must_not_do(door: Door) -> None:
    for path in ("/", "/health/live", "/api/v1/board", "/static/minga.css", "/problems/not_found"):
        headers = door.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]


def test_every_problem_has_a_page(stranger: httpx.Client) -> None:
    assert {family(code) for code in STATUS} == set(map(family, TITLES)) == {code for code in TITLES if "." not in code}
    page = stranger.get("/problems/requirements.unmet", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "requirements.unmet" in page.text
    assert stranger.get("/problems/requirements.unmet").json()["status"] == 409
    for nobody in ("nothing.at_all", "<script>"):
        assert codes(stranger.get(f"/problems/{nobody}")) == (404, "not_found")


def test_the_description_is_openapi_with_every_error(stranger: httpx.Client) -> None:
    told = stranger.get("/api/v1/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert "Problem" in told["components"]["schemas"]
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], path
            if path.startswith("/api/v1"):
                assert {"401", "403"} <= set(operation["responses"]), path
                assert _of_a_change(method, operation) <= set(operation["responses"]), path
                assert operation["security"], path


def _of_a_change(method: str, operation: Mapping[str, Any]) -> set[str]:
    """The errors that whoever changes something can meet, and the two of those who name the version they saw."""
    named = any(parameter["name"] == "if-match" for parameter in operation.get("parameters", ()))
    return {"408", "409", "413", "415", *(("412", "428") if named else ())} if method != "get" else set()


def test_the_web_process_imports_neither_prefect_nor_weasyprint() -> None:
    script = "import sys, api.app; print([m for m in ('prefect', 'weasyprint', 'holidays') if m in sys.modules])"
    ended = subprocess.run((sys.executable, "-c", script), capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.strip() == "[]"


def test_every_operation_stands_in_the_documentation(stranger: httpx.Client) -> None:
    documentation = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
    told = stranger.get("/api/v1/openapi.json").json()["paths"]
    operations = [f"| {method.upper()} | `{path}` |" for path, methods in told.items() for method in methods]
    assert [operation for operation in operations if operation not in documentation] == []
    assert [
        code for code in STATUS if f"`{code}`" not in documentation and f"`{family(code)}.…`" not in documentation
    ] == []


def test_a_client_made_from_the_description_gets_names_to_speak(door: Door) -> None:
    description = door.client.get("/api/v1/openapi.json").json()
    names = [operation["operationId"] for _, _, operation in operations(description)]

    assert {"exchanges_move", "agreements_step", "funding_sources_set_aside"} <= set(names)
    assert len(set(names)) == len(names)
    assert [name for name in names if not name.isidentifier() or "api_v1" in name] == []
    assert [schema for schema in description["components"]["schemas"] if "__" in schema] == []
