# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The guards: who may ask, how much at once, how much in one body, and what every answer says."""

import asyncio
import json
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, File, UploadFile
from fastapi.testclient import TestClient

from api.guards import bodies, guard
from api.guards.bodies import DEEPEST, LARGEST_BODY, LARGEST_FORM, is_deep, name_said_twice, upload_paths
from api.guards.crowd import CROWDED, LIVE, Crowd
from api.guards.hosts import host_in, is_near
from api.problems import handle_errors
from ledger.identifiers import Identifiers
from tests.api.door import codes

PUBLIC = "https://minga.example:8443"


def _app(public_url: str | None = PUBLIC) -> FastAPI:
    """A small app behind the real guards, with one route of each kind."""
    app = FastAPI()
    handle_errors(app)

    @app.post("/api/v1/said")
    def said(body: dict[str, Any]) -> dict[str, int]:
        return {"said": len(body)}

    @app.post("/api/v1/evidence")
    def kept(file: UploadFile = File()) -> dict[str, int | None]:  # noqa: B008 - as FastAPI spells it
        return {"kept": file.size}

    @app.get("/api/v1/broken")
    def broken() -> None:
        raise ZeroDivisionError("bruno@example.org")

    guard(app, public_url=public_url, new_id=Identifiers().new, observe=lambda *_: None)
    return app


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with TestClient(_app(), base_url="https://minga.example:8443", raise_server_exceptions=False) as client:
        yield client


def test_the_public_host_is_ours_and_its_neighbours_are_not(client: httpx.Client) -> None:
    for host, status in (
        ("minga.example", 404),
        ("MINGA.example:80", 404),
        ("a.minga.example", 421),
        ("testserver", 421),
    ):
        assert client.get("/", headers={"Host": host}).status_code == status


def test_without_a_public_address_only_this_machine_is_ours() -> None:
    with TestClient(_app(None), base_url="https://minga.example") as client:
        assert codes(client.get("/")) == (421, "request.host_foreign")
        assert client.get("/", headers={"Host": "localhost:8000"}).status_code == 404


def test_a_host_is_compared_without_its_port() -> None:
    assert [host_in(said) for said in ("A.example:80", "[::1]:8000", "[::1]", "b:c")] == [
        "a.example",
        "[::1]",
        "[::1]",
        "b:c",
    ]


@pytest.mark.parametrize(
    ("client_at", "headers", "near"),
    [
        ("127.0.0.1", {b"host": b"localhost:8000"}, True),
        ("::1", {b"host": b"[::1]:8000"}, True),
        ("127.0.0.1", {b"host": b"minga.example"}, False),
        ("127.0.0.1", {b"host": b"localhost", b"x-forwarded-for": b"127.0.0.1"}, False),
        ("127.0.0.1", {b"host": b"localhost", b"forwarded": b"for=127.0.0.1"}, False),
        ("10.0.0.7", {b"host": b"localhost"}, False),
        (None, {b"host": b"localhost"}, False),
    ],
)
def test_near_is_who_asks_from_this_machine_by_its_own_name(
    client_at: str | None, headers: dict[bytes, bytes], near: bool
) -> None:
    scope: MutableMapping[str, Any] = {"client": client_at and (client_at, 50_000), "headers": list(headers.items())}
    assert is_near(scope) is near


def test_a_body_is_counted_whether_or_not_it_says_its_length(client: httpx.Client) -> None:
    large = json.dumps({"a": "b"}).encode().ljust(LARGEST_BODY + 1)
    headers = {"Content-Type": "application/json"}
    assert codes(client.post("/api/v1/said", content=large, headers=headers)) == (413, "body.too_large")
    assert codes(client.post("/api/v1/said", content=iter([large]), headers=headers)) == (413, "body.too_large")
    lying = {**headers, "Content-Length": "9" * 30}
    assert codes(client.post("/api/v1/said", content=b"{}", headers=lying)) == (413, "body.too_large")
    assert client.post("/api/v1/said", content=large[:-1], headers=headers).json() == {"said": 1}


def test_deep_json_is_refused_before_a_parser_goes_down_into_it(client: httpx.Client) -> None:
    def nested(levels: int) -> bytes:
        return b'{"a":' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"

    headers = {"Content-Type": "application/json"}
    assert client.post("/api/v1/said", content=nested(DEEPEST), headers=headers).status_code == 200
    assert codes(client.post("/api/v1/said", content=nested(DEEPEST + 1), headers=headers)) == (422, "body.too_deep")
    assert codes(client.post("/api/v1/said", content=b"[" * LARGEST_BODY, headers=headers)) == (422, "body.too_deep")


@pytest.mark.parametrize("body", ['{"a":1,"a":1}', '{"b":[{"a":1},{"a":1,"c":{},"a":2}]}', '{"a":1,"\\u0061":2}'])
def test_a_name_said_twice_is_not_guessed(client: httpx.Client, body: str) -> None:
    refused = client.post("/api/v1/said", content=body, headers={"Content-Type": "application/json"})

    assert codes(refused) == (400, "request.said_twice")
    assert refused.json()["detail"] == "a: each name of an object is said once."


def test_one_name_in_two_objects_is_said_once() -> None:
    assert name_said_twice(b'[{"a":1},{"a":{"a":2}}]') is None
    assert name_said_twice(b'{"a":1,"a"') is None


def test_brackets_in_texts_and_side_by_side_are_not_deep() -> None:
    assert not is_deep(json.dumps({"a": '\\"' + "[{" * 200}).encode())
    assert not is_deep(b"[" + b",".join([b"{}"] * 500) + b"]")
    assert is_deep(b'{"a":' * 65 + b"1" + b"}" * 65)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le"])
def test_no_letter_hides_how_deep_a_body_is(encoding: str) -> None:
    """Two bytes of ∀ are a zero and a quotation mark."""
    assert is_deep(f'{{"a":"∀","b":{"[" * DEEPEST + "]" * DEEPEST},"c":"∀"}}'.encode(encoding))
    assert not is_deep(json.dumps({"a": "∀" + "[" * 200, "b": 1}, ensure_ascii=False).encode(encoding))


def test_only_routes_that_take_a_file_take_a_large_body(client: httpx.Client) -> None:
    assert [path.pattern for path in upload_paths(_app())] == ["^/api/v1/evidence$"]
    content = b"x" * (3 * LARGEST_BODY)
    assert client.post("/api/v1/evidence", files={"file": ("a.txt", content)}).json() == {"kept": len(content)}
    assert codes(client.post("/api/v1/said", files={"file": ("a.txt", content)})) == (413, "body.too_large")


def test_an_upload_too_large_is_broken_off_whether_or_not_it_says_its_length(client: httpx.Client) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=b"}
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    pieces = [head, *[b"x" * 2**20] * (LARGEST_FORM // 2**20 + 1), b"\r\n--b--\r\n"]
    assert codes(client.post("/api/v1/evidence", content=iter(pieces), headers=kind)) == (413, "body.too_large")
    assert codes(client.post("/api/v1/evidence", content=b"".join(pieces), headers=kind)) == (413, "body.too_large")
    assert client.post("/api/v1/evidence", content=iter([head, b"x", pieces[-1]]), headers=kind).json() == {"kept": 1}


@pytest.mark.parametrize("path", ["/api/v1/said", "/api/v1/evidence"])
@pytest.mark.parametrize(("headers", "left"), [({}, 0), ({"Expect": "100-continue"}, 3)])
def test_a_client_is_heard_out_before_it_is_refused_unless_it_waits_for_leave(
    client: httpx.Client, path: str, headers: dict[str, str], left: int
) -> None:
    """Cut off in mid-sentence it would meet a broken connection and never read why."""
    pieces = iter([b"x"] * 3)
    told = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(LARGEST_FORM + 1), **headers}
    assert codes(client.post(path, content=pieces, headers=told)) == (413, "body.too_large")
    assert len(list(pieces)) == left


def test_a_form_of_too_many_fields_is_refused(client: httpx.Client) -> None:
    fields = {f"f{number}": "x" for number in range(1001)}
    refused = client.post("/api/v1/evidence", files={"file": ("a.txt", b"x")}, data=fields)
    assert codes(refused) == (400, "request.malformed")


@pytest.mark.parametrize("path", ["/api/v1/said", "/api/v1/evidence"])
def test_a_body_that_does_not_come_is_not_waited_for(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_TAKES", 0.05)
    monkeypatch.setattr(bodies, "PIECE_TAKES", 0.05)
    answered: list[MutableMapping[str, Any]] = []

    async def never() -> MutableMapping[str, Any]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        answered.append(message)

    kind = b"application/json" if path.endswith("said") else b"multipart/form-data; boundary=b"
    headers = [(b"host", b"localhost"), (b"content-type", kind), (b"content-length", b"100")]
    scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "query_string": b"", "root_path": ""}
    asyncio.run(_app()(scope, never, send))
    assert [message["status"] for message in answered if "status" in message] == [408]


def test_who_comes_on_top_of_the_crowd_is_told_to_come_back() -> None:
    async def play() -> list[int]:
        gate, statuses = asyncio.Event(), list[int]()

        async def busy(_: object, __: object, send: Any) -> None:
            await gate.wait()
            await send({"type": "http.response.start", "status": 200, "headers": []})

        async def send(message: MutableMapping[str, Any]) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.disconnect"}

        crowd, scope = Crowd(busy, most=2), {"type": "http", "method": "GET", "path": "/", "headers": []}
        inside = [asyncio.create_task(crowd(scope, receive, send)) for _ in range(2)]
        await asyncio.sleep(0)
        await crowd(scope, receive, send)
        watching = asyncio.create_task(crowd({**scope, "path": LIVE, CROWDED: True}, receive, send))
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*inside, watching)
        await crowd(scope, receive, send)
        return statuses

    assert asyncio.run(play()) == [503, 200, 200, 200, 200]


@pytest.mark.parametrize("given", ["0190b5a4-93b1-7c3e-8f4d-2a6b5c7d8e9f", "4bf92f3577b34da6a3ce929d0e0e4736"])
def test_a_well_formed_request_id_is_kept(given: str, client: httpx.Client) -> None:
    refused = client.get("/nowhere", headers={"X-Request-Id": given})
    assert refused.headers["x-request-id"] == refused.json()["request_id"] == given


@pytest.mark.parametrize("given", ["", "bruno@example.org", "+51987654321", "x" * 500, "minga_secret", "a b"])
def test_any_other_request_id_is_replaced(given: str, client: httpx.Client) -> None:
    made = [client.get("/nowhere", headers={"X-Request-Id": given}).headers["x-request-id"] for _ in range(2)]
    assert len({*made, given}) == 3


def test_a_mistake_of_ours_is_answered_with_its_request_id_and_all_headers(client: httpx.Client) -> None:
    mistaken = client.get("/api/v1/broken")
    assert codes(mistaken) == (500, "internal.error")
    assert mistaken.headers["x-request-id"] == mistaken.json()["request_id"]
    assert mistaken.headers["x-content-type-options"] == "nosniff"


def test_the_guards_stand_where_the_documentation_says() -> None:
    told = (Path(__file__).parents[3] / "docs" / "hardening.md").read_text()
    for figure in (f"{LARGEST_BODY // 2**20} MiB", "25 MiB", f"{DEEPEST} levels"):
        assert figure in told


def test_only_an_answer_that_is_a_problem_is_logged_with_its_code(
    client: httpx.Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "minga.web")
    client.post("/api/v1/said", json={})
    client.post("/api/v1/said", content=b" " * (LARGEST_BODY + 1))
    lines = [record.msg for record in caplog.records if isinstance(record.msg, dict)]
    assert [(line["status"], line.get("code")) for line in lines] == [(200, None), (413, "body.too_large")]
