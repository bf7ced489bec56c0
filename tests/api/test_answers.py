# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What no answer ever does, whatever is asked: open itself to another site, lead elsewhere, serve what is not for browsers."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from api.pages import STATIC
from api.policies import actions_of
from tests.api.door import Door

FOREIGN = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
ASKED = ("/", "/health/live", "/api/v1/openapi.json", "/api/v1/exchanges", "/static/minga.css", "/nothing")
STORES = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie")
FOR_BROWSERS = {".css", ".js", ".svg"}


@pytest.mark.parametrize("path", ASKED)
def test_no_answer_opens_itself_to_another_site(stranger: httpx.Client, path: str) -> None:
    answers = [stranger.get(path, headers=FOREIGN), stranger.options(path, headers=FOREIGN)]
    opened = {name for answer in answers for name in answer.headers if name.startswith("access-control-")}
    assert opened == set()


def test_no_answer_leads_to_another_host(door: Door) -> None:
    paths = [path for path, _ in actions_of(door.client.app) if "{" not in path]  # type: ignore[attr-defined]
    led = [door.client.get(path, params={"next": "//elsewhere.example"}, follow_redirects=False) for path in paths]
    places = {urlsplit(answer.headers["location"]).hostname for answer in led if "location" in answer.headers}

    assert len(led) > 10
    assert places <= {None, "localhost"}


@pytest.mark.parametrize("path", ASKED)
def test_every_text_says_its_characters(stranger: httpx.Client, path: str) -> None:
    kind = stranger.get(path).headers["content-type"]
    assert kind.startswith(("application/json", "application/problem+json")) or "charset=utf-8" in kind


@pytest.mark.parametrize("path", ["/static/", "/static", "/.git/config", "/static/../app.py", "/static/%2e%2e/app.py"])
def test_only_what_is_meant_for_browsers_is_served(stranger: httpx.Client, path: str) -> None:
    assert stranger.get(path).status_code == 404
    assert {file.suffix for file in Path(STATIC).rglob("*") if file.is_file()} <= FOR_BROWSERS


@pytest.mark.parametrize("path", ASKED[:4])
def test_trace_is_answered_by_nobody(stranger: httpx.Client, path: str) -> None:
    assert stranger.request("TRACE", path).status_code == 405


def test_no_script_keeps_anything_in_the_browser() -> None:
    shown = [*Path(STATIC).rglob("*.js"), *(Path(STATIC).parent / "templates").rglob("*.j2")]

    assert len(shown) >= 3
    assert [file.name for file in shown if STORES.search(file.read_text("utf-8"))] == []


def test_a_password_is_never_shown_as_it_is_typed() -> None:
    templates = [file.read_text("utf-8") for file in (Path(STATIC).parent / "templates").rglob("*.j2")]
    fields = [field for text in templates for field in re.findall(r"<input [^>]*>", text) if '-password"' in field]

    assert len(fields) >= 3
    assert [field for field in fields if 'type="password"' not in field] == []
