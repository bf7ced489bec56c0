# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The nudge against a small HTTP server: quick, silent, gathered, and not fooled by an id of yesterday."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from minga.loopback import any_free_port
from minga.nudge import Nudge


class Prefect(ThreadingHTTPServer):
    """Answers the two questions a nudge asks; `deployment` is the id the deployment has now."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.deployment = "first"
        self.started: list[str] = []
        self.passwords: set[str | None] = set()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api"


class _Handler(BaseHTTPRequestHandler):
    server: Prefect

    def do_GET(self) -> None:
        self._answer({"id": self.server.deployment})

    def do_POST(self) -> None:
        self.server.passwords.add(self.headers["Authorization"])
        if f"/deployments/{self.server.deployment}/create_flow_run" not in self.path:
            self.send_error(404)
            return
        self.server.started.append(self.path)
        self._answer({"id": "a-flow-run"})

    def _answer(self, told: dict[str, str]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def prefect() -> Iterator[Prefect]:
    with Prefect() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_burst_of_nudges_becomes_one_flow_run_or_two(prefect: Prefect) -> None:
    with Nudge(prefect.api, auth="minga:secret") as nudge:
        for _ in range(500):
            nudge()
    assert 1 <= len(prefect.started) <= 2
    assert prefect.passwords == {"Basic bWluZ2E6c2VjcmV0"}


def test_a_nudge_just_before_the_end_still_arrives(prefect: Prefect) -> None:
    with Nudge(prefect.api) as nudge:
        nudge()
    assert len(prefect.started) == 1


def test_a_deployment_with_another_id_than_before_is_looked_up_again(prefect: Prefect) -> None:
    with Nudge(prefect.api) as nudge:
        nudge()
        _until(lambda: len(prefect.started) == 1)
        prefect.deployment = "second"
        nudge()
        time.sleep(0.7)
        nudge()
        _until(lambda: len(prefect.started) == 2)
    assert prefect.started[1] == "/api/deployments/second/create_flow_run"


def test_while_prefect_is_away_a_nudge_costs_nothing_and_says_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    nudge = Nudge(f"http://127.0.0.1:{any_free_port()}/api")
    began = time.perf_counter()
    for _ in range(100):
        nudge()
    assert time.perf_counter() - began < 0.5
    nudge.close()
    assert capfd.readouterr() == ("", "")


def test_a_nudge_that_nobody_called_starts_no_thread() -> None:
    before = threading.active_count()
    with Nudge("http://127.0.0.1:9/api"):
        assert threading.active_count() == before


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
