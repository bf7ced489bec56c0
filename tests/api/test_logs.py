# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A line of the log says what it may, and nothing of what was typed."""

import asyncio
import io
import json
import logging
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from api import logs
from api.present import begin
from tests.api.door import Door

TYPED = "bruno@example.org"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """The log of this process, while it is configured; put back as it was afterwards."""
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    logs.configure(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(False)


def _read(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_keys_that_are_not_known_and_values_not_of_their_form_are_left_out(lines: io.StringIO) -> None:
    logs.log.info("request.answered", status=200, mail=TYPED, route=TYPED, method=TYPED, person=TYPED, milliseconds=1.5)
    (line,) = _read(lines)
    assert set(line) == {"at", "level", "event", "logger", "request_id", "status", "milliseconds"}


def test_every_line_says_when_in_utc(lines: io.StringIO) -> None:
    before = datetime.now(UTC)
    logs.log.info("request.answered", status=200)
    logging.getLogger("uvicorn.error").info("started")
    told = [line["at"] for line in _read(lines)]
    assert [at[-1] for at in told] == ["Z", "Z"]
    assert before <= datetime.fromisoformat(told[0]) <= datetime.fromisoformat(told[1]) <= datetime.now(UTC)


def test_an_event_that_holds_an_address_is_no_event(lines: io.StringIO) -> None:
    logs.log.info(f"signed in {TYPED}")
    assert "event" not in _read(lines)[0]


def test_a_mistake_is_told_by_its_kind_and_place_never_by_its_words(lines: io.StringIO) -> None:
    try:
        raise ValueError(TYPED)
    except ValueError as error:
        logs.log.error("request.mistaken", exc_info=error)
        logging.getLogger("sqlalchemy.pool").exception("could not bind %s", TYPED)
    for line in _read(lines):
        assert (line["error"], line["level"]) == ("ValueError", "error")
        assert line["where"][-1].startswith("test_logs.py:")
    assert TYPED not in lines.getvalue()


def test_of_a_library_only_the_place_that_spoke_is_told(lines: io.StringIO) -> None:
    logging.getLogger("some.library").warning(f"{TYPED} again")  # noqa: G004 - as libraries do
    logging.getLogger("uvicorn.error").warning("%s is gone", TYPED)
    library, server = _read(lines)
    assert library["event"].startswith("library.spoke at test_logs.py:")
    assert server["event"] == "… is gone"


def test_warnings_and_what_the_loop_reports_go_the_same_way(lines: io.StringIO) -> None:
    warnings.warn(TYPED, UserWarning, stacklevel=1)

    async def forgotten() -> None:
        asyncio.get_running_loop().call_exception_handler({"message": TYPED, "exception": ValueError(TYPED)})

    asyncio.run(forgotten())
    assert len(_read(lines)) == 2
    assert TYPED not in lines.getvalue()


def test_every_line_has_a_request_id_in_a_request_and_outside(lines: io.StringIO) -> None:
    logs.log.info("outside.first")
    logging.getLogger("uvicorn.error").info("outside again")

    async def request() -> None:
        begin("4bf92f3577b34da6a3ce929d0e0e4736")
        await asyncio.to_thread(logs.log.info, "inside.thread")

    asyncio.run(request())
    first, again, inside = (line["request_id"] for line in _read(lines))
    assert first == again != inside == "4bf92f3577b34da6a3ce929d0e0e4736"


def test_a_refusal_is_logged_with_its_code(door: Door, lines: io.StringIO) -> None:
    exchange = door.house.draft()
    asked = [
        door.get("carla", f"/exchanges/{exchange}"),
        door.post("paula", f"/exchanges/{exchange}/facts", {"kind": "acceptance", "fields": {"party": "BR"}}),
        door.client.get("/api/v1/exchanges"),
    ]
    answered = [line for line in _read(lines) if line["event"] == "request.answered"]
    told = [(line["status"], line["code"], line["route"].startswith("/api/v1/exchanges")) for line in answered]
    assert told == [(answer.status_code, answer.json()["code"], True) for answer in asked]
    assert {status for status, _, _ in told} <= {401, 403, 404}


def test_the_documentation_names_every_key() -> None:
    told = (Path(__file__).parents[2] / "docs" / "hardening.md").read_text()
    assert [key for key in logs.KEYS if f"`{key}`" not in told] == []
