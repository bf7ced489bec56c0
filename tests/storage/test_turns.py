# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Turns: one process writes at a time, the next is woken at once, and a dead one holds nobody up."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import StorageUnavailable
from storage.turns import Turns

HOLDER = """
import sys, time
from storage.turns import Turns
with Turns(sys.argv[1]).mine():
    print("mine", flush=True)
    sys.stdin.readline()
print("passed on", flush=True)
"""


def holder(database: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "mine\n"
    return process


def test_a_turn_is_waited_for_until_it_is_passed_on(tmp_path: Path) -> None:
    process = holder(tmp_path / "minga.db")
    order = []
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()

    with Turns(str(tmp_path / "minga.db")).mine():
        order.append("mine")

    assert (process.communicate(timeout=10)[0], order) == ("passed on\n", ["mine"])


def test_a_process_that_is_killed_gives_up_its_turn(tmp_path: Path) -> None:
    process = holder(tmp_path / "minga.db")

    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)

    with Turns(str(tmp_path / "minga.db")).mine():
        assert process.returncode == -signal.SIGKILL


def test_turns_leave_a_file_that_only_the_owner_may_open(tmp_path: Path) -> None:
    turns = Turns(str(tmp_path / "minga.db"))
    with turns.mine():
        pass
    turns.close()

    assert (tmp_path / "minga.db-turn").stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_written_no_turn_is_given(tmp_path: Path) -> None:
    with (
        pytest.raises(StorageUnavailable, match="cannot be written"),
        Turns(f"{tmp_path}/gone/minga.db").mine(),
    ):
        pytest.fail("this turn is nobody's")
