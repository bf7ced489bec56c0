# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-33: an address, a telephone number and a secret, typed wherever anything can be typed, are in no line of any log."""

import io
import json
import logging
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from api import logs
from api.app import create_app
from minga.settings import environment_without, read
from people.actors import OPERATOR, Role
from services.tokens import create_token
from storage.store import Store
from tests.house import House, furnish

MAIL, PHONE, SECRET = "canary@example.org", "+51987654321", "minga_canary-canary-canary-canary-canary-canary"
CANARIES = (MAIL, PHONE, SECRET)
TYPED = " ".join(CANARIES)
TEMPLATES = Path(__file__).parents[2] / "api" / "templates"
LEAST_REQUESTS = 150


def _found(text: str) -> list[str]:
    """The canaries in a text, also as an address or a telephone number would be quoted."""
    signs = ("canary", "51987654321", "%40example", "987654321")
    return [line for line in text.splitlines() if any(sign in line.lower() for sign in signs)]


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


@pytest.fixture
def app(house: House, tmp_path: Path) -> FastAPI:
    settings = read({"MINGA_DATABASE_URL": house.desk.store.url}, data=tmp_path)
    app = create_app(house.desk, settings)

    def broken(typed: str) -> None:
        raise ValueError(typed)

    app.add_api_route("/broken/{typed}", broken, methods=["GET", "POST"])
    return app


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, by anybody, configured as `minga serve` does it; every logger down to its finest."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.configure(stream, level=logging.DEBUG)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def _filled(schema: Mapping[str, Any], known: Mapping[str, Any], depth: int = 0) -> Any:
    """A value of a schema with the canaries in every text, as far as the schema lets anything be typed."""
    if "$ref" in schema:
        return _filled(known[schema["$ref"].rpartition("/")[2]], known, depth)
    for either in ("anyOf", "oneOf", "allOf"):
        if either in schema:
            return _filled(schema[either][0], known, depth)
    match schema.get("type"):
        case "object" if depth < 5:
            inside = {name: _filled(one, known, depth + 1) for name, one in schema.get("properties", {}).items()}
            return inside or {TYPED: TYPED, "kind": "sheet"}
        case "array" if depth < 5:
            return [_filled(schema.get("items", {}), known, depth + 1)]
        case "integer" | "number":
            return 987654321
        case "boolean":
            return True
        case _:
            return schema.get("enum", schema.get("examples", [TYPED]))[0] if depth > 5 else TYPED


def _operations(app: FastAPI) -> Iterator[tuple[str, str, Any, list[str]]]:
    """Every operation: method, path, body, names of its query and headers."""
    told = app.openapi()
    known: Mapping[str, Any] = told["components"]["schemas"]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            names = [one["name"] for one in operation.get("parameters", ()) if one["in"] != "path"]
            content: Mapping[str, Mapping[str, Any]] = operation.get("requestBody", {}).get("content", {})
            schema = next((kind["schema"] for kind in content.values()), None)
            yield method.upper(), path, schema and _filled(schema, known), names


def _fields() -> dict[str, str]:
    """Every field of every form there is, with the canaries."""
    pages = "".join(page.read_text() for page in TEMPLATES.rglob("*.j2"))
    return dict.fromkeys(("email", "password", "code", *re.findall(r'name="([\w-]+)"', pages)), TYPED)


PLAIN = {"X-Request-Id": MAIL, "User-Agent": TYPED, "Referer": f"http://localhost/{MAIL}", "X-Forwarded-For": PHONE}
OUR_PAGE = {**PLAIN, "Sec-Fetch-Site": "same-origin"}
AT_RANDOM = ("/", f"/sign-in/{SECRET}", f"/{MAIL}", f"/broken/{TYPED}", f"/static/{MAIL}", f"/problems/{MAIL}")


def _to_operations(app: FastAPI, exchange: str) -> Iterator[dict[str, Any]]:
    """Every operation: on a real exchange, where it goes deep, and on nonsense; well and badly written."""
    for canary, (method, path, body, names) in zip(cycle(CANARIES), _operations(app), strict=False):
        asked = {"method": method, "params": dict.fromkeys(names, TYPED), "headers": PLAIN}
        real = re.sub(r"\{[^}]*\}", canary, path.replace("{reference}", exchange))
        yield {**asked, "url": real, "json": body}
        nonsense = re.sub(r"\{[^}]*\}", canary, path)
        yield {
            **asked,
            "url": nonsense,
            "content": f'{{"{TYPED}"',
            "headers": {**PLAIN, "Content-Type": "application/json"},
        }


def _to_pages(app: FastAPI) -> Iterator[dict[str, Any]]:
    """Every form, and addresses that people mistype."""
    paths = {str(route.path) for route in iter_route_contexts(app.routes) if not str(route.path).startswith("/api/")}
    for path in (*sorted(paths - {"/static"}), *AT_RANDOM):
        url = re.sub(r"\{[^}]*\}", MAIL, path)
        for method in ("GET", "POST"):
            yield {"method": method, "url": url, "params": {"q": TYPED}, "data": _fields(), "headers": OUR_PAGE}
    yield {"method": "POST", "url": "/sign-in", "data": _fields(), "headers": {**PLAIN, "Origin": f"http://{MAIL}"}}


def _to_uploads(app: FastAPI, exchange: str) -> Iterator[dict[str, Any]]:
    """Every operation that takes a file: the canaries are its name, its type and what is in it."""
    for path, operations in app.openapi()["paths"].items():
        for method, operation in operations.items():
            if "multipart/form-data" in operation.get("requestBody", {}).get("content", {}):
                for canary in CANARIES:
                    url = re.sub(r"\{[^}]*\}", canary, path.replace("{reference}", exchange))
                    file = (f"{TYPED}.txt", TYPED.encode(), f"text/plain; name={canary}")
                    said = {"shows": "document", "people": "nobody", "original": "kept", "reason": TYPED}
                    asked = {"method": method, "url": url, "headers": {**PLAIN, "If-Match": "*"}}
                    yield {**asked, "files": {"file": file}, "data": said}
                    yield {**asked, "files": {TYPED: file}, "data": {**said, "shows": TYPED}}


def _everything(app: FastAPI, exchange: str, key: str) -> Iterator[dict[str, Any]]:
    yield from ({**asked, "headers": {**asked["headers"], **_bearing(key)}} for asked in _to_operations(app, exchange))
    yield from ({**asked, "headers": {**asked["headers"], **_bearing(key)}} for asked in _to_uploads(app, exchange))
    yield from _to_pages(app)
    for asked in islice(_to_operations(app, exchange), 0, None, 8):
        yield {**asked, "headers": {**PLAIN, **_bearing(SECRET)}}
        yield {**asked, "headers": {**OUR_PAGE, "Cookie": f"__Host-minga={SECRET}"}}


def _bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_what_is_typed_anywhere_is_in_no_line(
    house: House, app: FastAPI, log: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    key = create_token(house.desk, OPERATOR, MAIL, role=Role.SECRETARIAT, scopes=("read", "write")).secret
    sent = 0
    with TestClient(app, "http://localhost", raise_server_exceptions=False, follow_redirects=False) as client:
        logging.getLogger("httpx").setLevel(logging.CRITICAL)
        for asked in _everything(app, house.matched(TYPED), key):
            client.request(**asked)
            sent += 1
    lines = log.getvalue().splitlines()
    answered = [line for line in map(json.loads, lines) if line["event"] == "request.answered"]
    assert len(answered) == sent >= LEAST_REQUESTS
    assert {200, 201, 401, 403, 404, 405, 422, 500} <= {line["status"] for line in answered}
    assert _found(log.getvalue()) == []
    assert key not in log.getvalue()
    assert _found("".join(capfd.readouterr())) == []
    assert all(re.fullmatch(logs.KEYS["request_id"], json.loads(line)["request_id"]) for line in lines)
    assert all(set(json.loads(line)) <= set(logs.KEYS) for line in lines)


def test_a_line_with_a_canary_would_be_found() -> None:
    assert all(_found(f'{{"event": "{canary}"}}') for canary in (*CANARIES, MAIL.replace("@", "%40")))


@pytest.fixture
def served(sqlite_url: str, tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """`minga serve` as people start it: its port, and the file its messages go to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**environment_without("MINGA_"), "MINGA_DATABASE_URL": sqlite_url}
    command = (sys.executable, "-m", "minga", "--data", str(tmp_path), "serve", "--port", str(port))
    with (tmp_path / "log").open("wb") as log:
        running = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            _wait_until_it_lives(port)
            yield port, tmp_path / "log"
        finally:
            running.terminate()
            running.wait(timeout=20)


def _wait_until_it_lives(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            httpx.get(f"http://127.0.0.1:{port}/health/live")
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError("the server did not answer within 30 seconds")


def test_the_server_itself_says_nothing_of_what_it_heard(served: tuple[int, Path]) -> None:
    port, log = served
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for path in ("/", "/sign-in", "/api/v1/exchanges", f"/{MAIL}"):
            for method in ("GET", "POST"):
                client.request(
                    method, path, params={"q": TYPED}, headers={"Authorization": f"Bearer {SECRET}"}, data=_fields()
                )
    for said in (
        f"{MAIL}\r\n\r\n",
        f"GET /{MAIL} HTTP/9.9\r\nX: {PHONE}\r\n\r\n",
        f"POST / HTTP/1.1\r\nContent-Length: {MAIL}\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as rude:
            rude.sendall(said.encode())
            rude.recv(100)
    text = log.read_text()
    assert len(re.findall(r'"event": "request.answered"', text)) >= 8
    assert _found(text) == []
    assert all(json.loads(line)["request_id"] for line in text.splitlines())
