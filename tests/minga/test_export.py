# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga export` as called from a terminal."""

import json
import os
from pathlib import Path

import pytest

from minga.exits import Exit
from tests.minga.calling import Terminal, terminal

EXAMPLE = Path(__file__).parents[2] / "examples" / "colombia-sur-sur" / "projects.csv"


@pytest.fixture
def minga(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    called = terminal(sqlite_url, tmp_path, capsys, monkeypatch)
    called("import", str(EXAMPLE))
    return called


def test_data_goes_to_stdout_in_utf_8(minga: Terminal) -> None:
    ended, out, err = minga("export", "csv")
    assert (ended, err) == (Exit.OK, "")
    assert out.startswith("reference,title,programme,stage,")
    assert "TRANSFORMACIÓN DEL CAUCHO NATURAL" in out
    lines = minga("export", "jsonl")[1].splitlines()
    assert len(lines) == 55 + 55 + 35 + 1
    assert {json.loads(line)["type"] for line in lines} == {"ExchangeImported", "StageRecorded", "ProgrammePublished"}


def test_a_file_is_written_whole_and_says_the_same(minga: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("an older one", encoding="utf-8")

    told = minga.told("export", "csv", "--out", str(file))

    assert told == {"form": "csv", "file": str(file), "rows": 55}
    assert file.read_bytes().decode() == minga("export", "csv")[1]
    assert [path.name for path in tmp_path.iterdir() if "register" in path.name] == ["register.csv"]


def test_a_file_that_cannot_be_written_is_said_so(minga: Terminal, tmp_path: Path) -> None:
    ended, code, _ = minga.refused("export", "csv", "--out", str(tmp_path / "none" / "register.csv"))
    assert (ended, code) == (Exit.REFUSED, "export.file_not_written")


def test_json_about_the_export_needs_a_file(minga: Terminal) -> None:
    assert minga.refused("export", "csv")[:2] == (Exit.USAGE, "usage.invalid")


def test_another_form_is_wrong_usage(minga: Terminal) -> None:
    assert minga.refused("export", "pdf")[:2] == (Exit.USAGE, "usage.invalid")


def test_a_pipe_or_a_device_is_not_put_aside_for_a_file(minga: Terminal, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    ended, code, _ = minga.refused("export", "csv", "--out", str(tmp_path / "pipe"))
    assert (ended, code) == (Exit.REFUSED, "export.file_not_written")
    assert (tmp_path / "pipe").is_fifo()
