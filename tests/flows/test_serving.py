# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Serving, against a real Prefect server: schedules fire, nudges arrive, and nothing leaves this machine.

That the server may be killed and lose everything is shown with everything up, in tests/minga/test_up.py.
"""

import ipaddress
import os
import subprocess
import sys
from pathlib import Path

import pytest

from flows.beat import beat
from flows.papers import papers
from minga.nudge import Nudge
from tests.flows.conftest import Server, until

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(240)]


def test_a_schedule_fires_by_itself(server: Server) -> None:
    until(lambda: len(server.completed("tick/tick")) >= 2, "two scheduled runs completed")
    runs = server.completed("tick/tick")
    assert {run["auto_scheduled"] for run in runs} == {True}
    assert server.written("tick") >= 2


def test_nothing_connects_to_another_machine(server: Server) -> None:
    """Telemetry would: the server's soon after it starts, the client's while it is imported.

    Python's own sockets are heard as they connect; those of uvloop are seen in the kernel's table. Both since the start.
    """
    until(lambda: server.written("tick") >= 2, "the schedule fired twice")
    heard = set(server.watched.read_text().split())
    # Both saw the connections inside this machine, so both were awake.
    assert "127.0.0.1" in heard
    assert "127.0.0.1" in server.seen
    assert {host for host in heard | server.seen if not _is_here(host)} == set()
    server.rest("tick/tick")


def test_a_nudge_becomes_a_completed_flow_run(server: Server) -> None:
    before = server.written("papers")
    with Nudge(server.settings.prefect_api, auth=server.settings.prefect_auth) as nudge:
        for _ in range(50):
            nudge()
    until(lambda: len(server.completed("papers/papers")) > before, "the nudged run completed")
    assert server.written("papers") > before


def test_a_burst_of_nudges_starts_at_most_two_flow_runs(server: Server) -> None:
    before = _runs_of_papers(server)
    with Nudge(server.settings.prefect_api, auth=server.settings.prefect_auth) as nudge:
        for _ in range(200):
            nudge()
    assert 1 <= _runs_of_papers(server) - before <= 2


def _runs_of_papers(server: Server) -> int:
    count: int = server.ask("/flow_runs/count", {"flows": {"name": {"any_": ["papers"]}}})
    return count


def test_a_flow_run_does_not_wait_for_prefects_heartbeat_thread(server: Server) -> None:
    """A synchronous flow waits up to a second, however little it does: side by side, since machines differ."""
    script = (
        "import asyncio, time; from tests.flows.ticking import tick, tock; spent = {tick: 0, tock: 0}\n"
        "for _ in range(2):\n"
        "    for flow, run in ((tick, lambda: asyncio.run(tick())), (tock, tock)):\n"
        "        began = time.perf_counter(); run(); spent[flow] += time.perf_counter() - began\n"
        "print(spent[tick] / spent[tock])"
    )
    environment = {**server.environment, "TICKS_FILE": os.devnull}
    command = (sys.executable, "-c", script)
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=90)
    assert float(told.stdout) < 1


def test_every_flow_that_is_served_is_asynchronous() -> None:
    assert all(flow.isasync for flow in (beat, papers))


def test_without_the_password_the_server_answers_nothing(server: Server) -> None:
    from urllib.error import HTTPError

    from minga.loopback import ask

    with pytest.raises(HTTPError, match="401"):
        ask(f"{server.settings.prefect_api}/deployments/name/papers/papers")


def test_the_watch_hears_a_connection_that_would_leave(server: Server, tmp_path: Path) -> None:
    heard = tmp_path / "heard.txt"
    leave = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    environment = {**server.environment, "CONNECTIONS_FILE": str(heard)}
    subprocess.run((sys.executable, "-c", leave), env=environment, check=False, timeout=30)
    assert [host for host in heard.read_text().split() if not _is_here(host)] == ["192.0.2.1"]


def _is_here(host: str) -> bool:
    if host in ("localhost", "None") or host.startswith("/"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
