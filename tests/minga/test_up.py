# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga up`, as a person starts it: everything comes up, survives the loss of Prefect, and ends together."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minga.loopback import Away, any_free_port, ask
from minga.settings import environment_without

PATIENCE = 100.0


class House:
    """One `minga up` on a folder of its own, and what can be seen of it from outside."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = any_free_port()
        self.prefect_port = any_free_port()
        self.said = folder / "said.txt"
        self.environment = {
            **environment_without("MINGA_"),
            "MINGA_PREFECT_PORT": str(self.prefect_port),
        }
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(self.command(self.port), env=self.environment, stdout=said, stderr=said)

    def command(self, port: int) -> tuple[str, ...]:
        house = ("--data", str(self.data), "up", "--port", str(port), "--bare")
        return (sys.executable, "-m", "minga", *house)

    def another(self, port: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(port), env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def is_ready(self) -> bool:
        try:
            ask(f"http://127.0.0.1:{self.port}/health/ready")
        except Away:
            return False
        return True

    def children(self) -> dict[str, int]:
        """The supervised processes, by what they are."""
        words = {"web": "minga serve", "flows": "minga.serving", "prefect": "prefect server start"}
        lines = {pid: _command_line(pid) for pid in _children_of(self.process.pid)}
        return {name: pid for name, word in words.items() for pid in lines if word in lines[pid]}

    def beats_completed(self) -> int:
        """Read from Prefect's own file: its password is known only to the processes of this house."""
        file = self.data / "prefect/prefect.db"
        query = "SELECT count(*) FROM flow_run WHERE state_type = 'COMPLETED' AND name = 'beat'"
        try:
            with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as prefect:
                count: int = prefect.execute(query).fetchone()[0]
        except sqlite3.Error:
            return 0
        return count


def _children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def until(true: Callable[[], Any], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, f"waited {PATIENCE:.0f} s until {what}"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = House(tmp_path_factory.mktemp("up"))
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.wait(timeout=20)


@pytest.mark.prefect
@pytest.mark.timeout(360)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
def test_up_brings_everything_up_loses_prefect_and_ends_together(house: House) -> None:
    until(house.is_ready, "the web answers")
    until(lambda: "flows are served" in house.said.read_text(), "the flows are served")
    assert f"Minga is ready: http://127.0.0.1:{house.port}" in house.said.read_text()
    children = house.children()
    assert set(children) == {"web", "flows", "prefect"}

    _a_second_up_is_refused(house)
    _prefect_is_killed_and_its_database_deleted(house, children)

    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(timeout=20) == 0
    assert not house.is_ready()
    assert _processes_that_name(house.data) == []


def _a_second_up_is_refused(house: House) -> None:
    second = house.another(any_free_port())
    assert second.returncode == 4
    assert second.stderr.startswith("error: up.already_running: ")
    assert house.is_ready()


def _prefect_is_killed_and_its_database_deleted(house: House, children: dict[str, int]) -> None:
    os.killpg(children["prefect"], signal.SIGKILL)
    for file in (house.data / "prefect").glob("prefect.db*"):
        file.unlink()
    assert house.is_ready()
    until(house.beats_completed, "the beat went on, on a server that knew nothing")
    assert house.children()["web"] == children["web"], "the web never noticed"


def _processes_that_name(folder: Path) -> list[str]:
    """Every process of this machine that was started for this data folder: MINGA_DATA tells."""
    word = f"MINGA_DATA={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if word in (process / "environ").read_bytes().split(b"\0"):
                found.append(_command_line(int(process.name)))
        except OSError:
            continue
    return found


def test_up_on_a_taken_port_says_so_in_one_sentence_and_writes_no_schema(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        arguments = ("--data", str(tmp_path / "data"), "up", "--port", str(port))
        ended = subprocess.run(
            (sys.executable, "-m", "minga", *arguments), capture_output=True, text=True, timeout=60, check=False
        )
    assert ended.returncode == 4
    assert ended.stderr == (
        f"error: port.taken: port {port} is in use by another program; choose another with --port or MINGA_PORT\n"
    )
    assert not (tmp_path / "data" / "minga.db").exists()
