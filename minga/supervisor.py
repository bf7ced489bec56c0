# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The supervisor: keeps a few child processes alive, each in a group of its own, and ends them when it ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

PAUSE = 0.2
SHORTEST_BACKOFF, LONGEST_BACKOFF = 0.5, 30.0
STEADY_AFTER = 60.0
GRACE = 5.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to keep running: name, command, whole environment, and the log of its output (None: our own output)."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(repr=False)
    log: Path | None = None


@dataclass(slots=True)
class Child:
    """One program and its present process, if it has one; `backoff` is the wait before its next start."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    due: float = 0.0
    backoff: float = SHORTEST_BACKOFF

    def start(self, now: float) -> None:
        with _output(self.program.log) as output:
            self.process = subprocess.Popen(
                (sys.executable, "-m", "minga.tied", str(os.getpid()), *self.program.command),
                env=dict(self.program.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.started = now

    def has_died(self) -> int | None:
        """The exit status of a process that ended since it was last looked at; its group is swept away with it."""
        if self.process is None or (status := self.process.poll()) is None:
            return None
        self.signal(signal.SIGKILL)
        self.process = None
        return status

    def plan_restart(self, now: float) -> None:
        """Soon after a long life, later and later after short ones."""
        if now - self.started > STEADY_AFTER:
            self.backoff = SHORTEST_BACKOFF
        self.due = now + self.backoff
        self.backoff = min(2 * self.backoff, LONGEST_BACKOFF)

    def signal(self, number: signal.Signals) -> None:
        if self.process is not None:
            with _gone_is_fine():
                os.killpg(self.process.pid, number)


class Supervisor:
    """Keeps its programs running until SIGINT, SIGTERM or `stop()`; the first program ends last."""

    def __init__(
        self,
        programs: tuple[Program, ...],
        *,
        say: Callable[[str], None],
        watch: Callable[[], None] = lambda: None,
    ) -> None:
        self.children = tuple(Child(program) for program in programs)
        self._say = say
        self._watch = watch
        self._stopping = False

    def run(self) -> None:
        """Start everything, mend what dies, call `watch` at every turn; return when all have ended."""
        with _signals(self.stop):
            try:
                while not self._stopping:
                    self._turn(time.monotonic())
                    self._watch()
                    time.sleep(PAUSE)
            finally:
                self._end_all()

    def stop(self) -> None:
        self._stopping = True

    def _turn(self, now: float) -> None:
        for child in self.children:
            if (status := child.has_died()) is not None:
                child.plan_restart(now)
                wait = child.due - now
                self._say(f"{child.program.name} ended ({_how(status)}); it starts again in {wait:.1f} s{_see(child)}")
            if child.process is None and now >= child.due:
                child.start(now)

    def _end_all(self) -> None:
        """SIGTERM in reverse order, a few seconds of grace for all together, then SIGKILL to whole groups."""
        for child in reversed(self.children):
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for child in self.children:
            _wait(child, deadline)
        for child in self.children:
            child.signal(signal.SIGKILL)
            _wait(child, time.monotonic() + GRACE)


def _wait(child: Child, deadline: float) -> None:
    if child.process is not None:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            return


def _see(child: Child) -> str:
    return f"; {child.program.log} says why" if child.program.log else ""


def _how(status: int) -> str:
    return f"by {signal.Signals(-status).name}" if status < 0 else f"with status {status}"


@contextmanager
def _output(log: Path | None) -> Iterator[IO[bytes] | None]:
    """The file a child writes to; one old file is kept, so that logs stay small."""
    if log is None:
        yield None
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > 1_000_000:
        log.replace(log.with_suffix(".old"))
    with log.open("ab") as output:
        yield output


@contextmanager
def _gone_is_fine() -> Iterator[None]:
    try:
        yield
    except ProcessLookupError:
        return


@contextmanager
def _signals(stop: Callable[[], None]) -> Iterator[None]:
    """While inside, Ctrl-C and SIGTERM ask for the end instead of tearing it."""

    def ask(_: int, __: FrameType | None) -> None:
        stop()

    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, ask) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
