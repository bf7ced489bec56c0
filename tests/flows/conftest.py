# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A real Prefect server for the flows' tests: its own home, a free port, a password, and no way out."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minga.loopback import Away, any_free_port, ask
from minga.prefect_env import prefect_environment, prefect_home, server_command
from minga.settings import Settings, read
from tests.flows.kernel import watching

HERE = Path(__file__).parent
# Prefect on SQLite is seen, now and then, to wait a whole minute for a lock of its own.
PATIENCE = 100.0


class Server:
    """One Prefect server and one process that serves flows to it, both watched for connections that leave.

    seen: the remote addresses of their sockets since they started
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: Settings = read(
            {"MINGA_PREFECT_PORT": str(any_free_port()), "MINGA_PREFECT_AUTH": "minga:test"},
            data=folder / "data",
        )
        self.home = prefect_home(self.settings)
        self.home.mkdir(parents=True)
        self.watched = folder / "connections.txt"
        self.ticks = folder / "ticks.txt"
        self.environment = {
            **prefect_environment(self.settings),
            "PYTHONPATH": os.pathsep.join((str(HERE / "watching"), str(Path.cwd()))),
            "CONNECTIONS_FILE": str(self.watched),
            "TICKS_FILE": str(self.ticks),
        }
        self.seen: set[str] = set()
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self) -> None:
        self._spawn("server", *server_command(self.settings))
        until(lambda: self.ask("/health"), "the Prefect server answers")

    def serve(self) -> None:
        self._spawn("flows", sys.executable, "-m", "tests.flows.ticking")

    def end(self) -> None:
        for process in self._processes.values():
            os.killpg(process.pid, signal.SIGTERM)
        for process in self._processes.values():
            process.wait(timeout=15)

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers; None while it is away."""
        try:
            return ask(self.settings.prefect_api + path, auth=self.settings.prefect_auth, body=body)
        except Away:
            return None

    def completed(self, deployment: str) -> list[dict[str, Any]]:
        """The completed flow runs of a deployment, as Prefect remembers them."""
        flow, _, name = deployment.partition("/")
        wanted = {
            "flows": {"name": {"any_": [flow]}},
            "deployments": {"name": {"any_": [name]}},
            "flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}},
        }
        runs: list[dict[str, Any]] = self.ask("/flow_runs/filter", wanted) or []
        return runs

    def rest(self, deployment: str) -> None:
        """Ends the schedule of a deployment that nobody waits for any more: each run keeps a processor busy for seconds."""
        known = self.ask(f"/deployments/name/{deployment}")
        self.ask(f"/deployments/{known['id']}/pause_deployment", {})

    def written(self, word: str) -> int:
        """How often the flows themselves did what they are for."""
        return self.ticks.read_text().split().count(word) if self.ticks.exists() else 0

    def pids(self) -> tuple[int, ...]:
        return tuple(process.pid for process in tuple(self._processes.values()))

    def _spawn(self, name: str, *command: str) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            # Tied to this run: however it ends, no server is left behind.
            tied = (sys.executable, "-m", "minga.tied", str(os.getpid()), *command)
            self._processes[name] = subprocess.Popen(
                tied, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )


def until(true: Callable[[], object], what: str) -> None:
    """Wait until something is true, for as long as patience lasts."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s until {what}"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with flows served to it, for the whole run."""
    running = Server(tmp_path_factory.mktemp("prefect"))
    try:
        with watching(running.pids, running.seen):
            running.start()
            running.serve()
            yield running
    finally:
        running.end()
