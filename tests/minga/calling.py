# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga` called as from a terminal: exit code, what it said on stdout and on stderr."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from minga.cli import run
from minga.exits import Exit


@dataclass
class Terminal:
    """A terminal on one database."""

    data: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        self.capture.readouterr()
        ended = run(["--data", str(self.data), *arguments])
        told = self.capture.readouterr()
        return ended, told.out, told.err

    def told(self, *arguments: str) -> Any:
        """What a command that succeeds answers in JSON."""
        ended, out, err = self(*arguments, "--json")
        assert ended == Exit.OK, err
        return json.loads(out)

    def refused(self, *arguments: str) -> tuple[int, str, list[str]]:
        """How a command that is refused ends: exit code, code, the codes of the reasons."""
        ended, out, err = self(*arguments, "--json")
        error = json.loads(out)["error"]
        assert err.startswith(f"error: {error['code']}: ")
        return ended, error["code"], [reason["code"] for reason in error["reasons"]]


def terminal(url: str, data: Path, capture: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> Terminal:
    """A terminal on a migrated, empty database."""
    patch.setenv("MINGA_DATABASE_URL", url)
    patch.chdir(data)
    return Terminal(data, capture)
