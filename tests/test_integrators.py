# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The page for integrators, typed with curl against a Minga that serves: it answers what the page shows."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minga.loopback import Away, any_free_port, ask
from tests import documentation as docs

PAGE = docs.DOCS / "for-integrators.md"
COMMANDS = Path(sys.executable).parent
MARK = "@@@ next @@@"
PATIENCE = 60.0


def _environment(place: Path) -> dict[str, str]:
    """An environment with the command `minga` and a fresh data folder, and no other setting of Minga's or curl's proxy."""
    unset = ("MINGA_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(unset)}
    return {**kept, "PATH": f"{COMMANDS}:{kept['PATH']}", "MINGA_DATA": str(place / "data")}


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            ask(f"http://127.0.0.1:{port}/health/live")
        except Away:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """The port of a Minga that serves a fresh data folder."""
    chosen = any_free_port()
    command = (str(COMMANDS / "minga"), "serve", "--port", str(chosen))
    with (tmp_path / "served.log").open("wb") as log:
        served = subprocess.Popen(command, cwd=tmp_path, env=_environment(tmp_path), stdout=log, stderr=log)
    try:
        _wait_for(chosen)
        yield chosen
    finally:
        served.terminate()
        served.wait(PATIENCE)


def _answers(place: Path, typed: list[str]) -> list[str]:
    """What each command answers, on both channels, in one shell."""
    script = place / "typed.sh"
    script.write_text("".join(f"{line}\necho '{MARK}'\n" for line in typed), encoding="utf-8")
    ended = subprocess.run(
        ("bash", str(script)),
        cwd=place,
        env=_environment(place),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return ended.stdout.split(f"{MARK}\n")[: len(typed)]


@pytest.mark.timeout(180)
def test_the_page_for_integrators_answers_what_it_shows(tmp_path: Path, port: int) -> None:
    shown = docs.shown(PAGE)
    assert len([step for step in shown if "curl " in step.typed]) > 20
    typed = [step.typed.replace("127.0.0.1:8000", f"127.0.0.1:{port}") for step in shown]
    differing = {
        step.typed: answered
        for step, answered in zip(shown, _answers(tmp_path, typed), strict=True)
        if not docs.pattern_of(step.answered).fullmatch(answered)
    }
    assert differing == {}
