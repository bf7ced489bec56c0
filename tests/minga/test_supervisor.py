# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The supervisor, with real child processes: what dies comes back, and nothing outlives it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from minga.folders import AlreadyRunning, only_one
from minga.supervisor import LONGEST_BACKOFF, Child, Program, Supervisor

SLEEPS = "import time; time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"


def program(script: str, name: str = "child", log: Path | None = None) -> Program:
    return Program(name, (sys.executable, "-c", script), dict(os.environ), log)


def supervise(programs: tuple[Program, ...], until: Callable[[Supervisor], bool], patience: float = 20.0) -> list[str]:
    """Run a supervisor until something is true of it; what it said."""
    said: list[str] = []
    deadline = time.monotonic() + patience

    def watch() -> None:
        assert time.monotonic() < deadline, said
        if until(supervisor):
            supervisor.stop()

    supervisor = Supervisor(programs, say=said.append, watch=watch)
    supervisor.run()
    return said


def running(supervisor: Supervisor) -> list[int]:
    return [child.process.pid for child in supervisor.children if child.process is not None]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_child_that_dies_is_started_again(tmp_path: Path) -> None:
    lives = tmp_path / "lives"
    script = f"open({str(lives)!r}, 'a').write('.'); raise SystemExit(3)"
    said = supervise((program(script),), lambda _: lives.exists() and lives.stat().st_size > 1)
    assert said[0] == "child ended (with status 3); it starts again in 0.5 s"


def test_a_child_that_keeps_dying_is_started_less_and_less_often() -> None:
    child = Child(program(SLEEPS))
    waits = []
    for _ in range(8):
        child.plan_restart(now=10.0)
        waits.append(child.due - 10.0)
    assert waits == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, LONGEST_BACKOFF]
    child.plan_restart(now=100.0)
    assert child.due == 100.5, "it had lived for more than a minute"


def test_one_child_dying_leaves_the_others_alone(tmp_path: Path) -> None:
    seen: set[int] = set()

    def enough(supervisor: Supervisor) -> bool:
        web = supervisor.children[0].process
        seen.update({web.pid} if web else ())
        return supervisor.children[1].backoff > 1.0

    said = supervise((program(SLEEPS, "web"), program("raise SystemExit(1)", "prefect")), enough)
    assert len(seen) == 1
    assert {line.split()[0] for line in said} == {"prefect"}


def test_at_the_end_nothing_is_left_not_even_grandchildren_or_the_stubborn(tmp_path: Path) -> None:
    grandchild = tmp_path / "grandchild"
    parent = (
        "import subprocess, sys, time; "
        f"child = subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]); time.sleep(0.5); "
        f"open({str(grandchild)!r}, 'w').write(str(child.pid)); time.sleep(60)"
    )
    pids: list[int] = []

    def ready(supervisor: Supervisor) -> bool:
        pids[:] = running(supervisor)
        return grandchild.exists() and bool(grandchild.read_text())

    began = time.monotonic()
    supervise((program(STUBBORN), program(parent)), ready)
    assert time.monotonic() - began < 15
    assert [pid for pid in pids if is_alive(pid)] == []
    _until(lambda: not is_alive(int(grandchild.read_text())))


def test_sigterm_to_the_supervisor_ends_everything() -> None:
    supervisor, child = _supervisor_of_its_own()
    os.kill(supervisor.pid, signal.SIGTERM)
    assert supervisor.wait(timeout=15) == 0
    assert not is_alive(child)


def test_a_supervisor_killed_without_a_word_takes_its_children_along() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux keeps this promise")
    supervisor, child = _supervisor_of_its_own()
    assert is_alive(child)
    os.kill(supervisor.pid, signal.SIGKILL)
    supervisor.wait()
    _until(lambda: not is_alive(child))


def _supervisor_of_its_own() -> tuple[subprocess.Popen[bytes], int]:
    """A supervisor in another process, and the number of its one child."""
    script = (
        "import os, sys\n"
        "from minga.supervisor import Program, Supervisor\n"
        f"sleeper = Program('sleeper', (sys.executable, '-c', {SLEEPS!r}), dict(os.environ))\n"
        "def watch():\n"
        "    process = keeper.children[0].process\n"
        "    if keeper.told != process.pid:\n"
        "        keeper.told = process.pid\n"
        "        print(process.pid, flush=True)\n"
        "keeper = Supervisor((sleeper,), say=print, watch=watch)\n"
        "keeper.told = None\n"
        "keeper.run()\n"
    )
    process = subprocess.Popen((sys.executable, "-c", script), stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_a_log_that_has_grown_is_put_aside(tmp_path: Path) -> None:
    log = tmp_path / "logs" / "child.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * 1_000_001)
    supervise((program("print('hello')", log=log),), lambda _: b"hello" in log.read_bytes())
    assert log.with_suffix(".old").stat().st_size == 1_000_001


def test_two_cannot_serve_one_data_folder(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(AlreadyRunning, match=str(os.getpid())), only_one(tmp_path):
        raise AssertionError("both got in")
    with only_one(tmp_path):
        """The first has ended, so the second gets in."""


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
