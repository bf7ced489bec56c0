# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga import` as called from a terminal."""

import json
import shutil
from pathlib import Path

import pytest

from minga.exits import Exit
from tests.minga.calling import Terminal, terminal

EXAMPLE = Path(__file__).parents[2] / "examples" / "colombia-sur-sur" / "projects.csv"


@pytest.fixture
def minga(
    sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Terminal:
    return terminal(sqlite_url, tmp_path, capsys, monkeypatch)


def test_the_register_comes_in_once_and_the_board_shows_it_on_past_days(minga: Terminal) -> None:
    assert len(minga.told("import", str(EXAMPLE))["new"]) == 55
    assert minga.told("import", str(EXAMPLE))["new"] == []

    asked = {"": 55, "--as-of 2009-01-01": 0, "--as-of 2010-01-01": 2, "--as-of 2012-01-01": 45}
    totals = {how: minga.told("board", *how.split())["total"] for how in asked}
    assert totals == asked
    assert minga("audit", "verify")[0] == Exit.OK


def test_a_person_is_told_what_came_in_and_whose_register_it_is(minga: Terminal) -> None:
    ended, out, err = minga("import", str(EXAMPLE), "--profile", "colombia-aims")
    assert (ended, err) == (Exit.OK, "")
    assert out.splitlines()[0] == "55 rows: 55 new, 0 unchanged, 0 changed, 0 left out"
    assert "20  flagged planned_end_passed" in out
    assert "ODC Attribution License" in out


def test_a_dry_run_says_what_would_be(minga: Terminal) -> None:
    assert minga("import", str(EXAMPLE), "--dry-run")[1].startswith("55 rows: 55 would be new")
    assert minga.told("board")["total"] == 0


def test_an_unusable_row_is_refused_or_left_out_and_named(minga: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "later.csv"
    path.write_text(EXAMPLE.read_text(encoding="utf-8").replace("2011-10-03,start", "2011-10-33,start", 1), "utf-8")

    ended, code, reasons = minga.refused("import", str(path))
    assert (ended, code, reasons) == (Exit.REFUSED, "import.refused", ["import.day_invalid"])
    assert minga.told("board")["total"] == 0

    ended, out, err = minga("import", str(path), "--skip-unusable")
    assert ended == Exit.OK
    assert "row 2, start_actual_isodate: '2011-10-33' is no day of the calendar, written like 2026-11-23" in err
    assert out.startswith("55 rows: 54 new, 0 unchanged, 0 changed, 1 left out")


def test_nothing_of_a_register_commands_the_terminal(minga: Terminal, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.csv"
    text = EXAMPLE.read_text(encoding="utf-8").replace("FORTALECIMIENTO", "\x1b]0;mine\x07\u202eFORTALECIMIENTO", 1)
    damaged.write_text(text, encoding="utf-8")
    minga.told("import", str(damaged))
    out = minga("exchange", "list")[1]
    assert r"\x1b]0;mine\x07\u202eFORTALECIMIENTO" in out
    assert not set("\x1b\x07\u202e") & set(out)
    assert minga.told("exchange", "list")["items"][0]["title"].startswith("\x1b]0;mine\x07\u202eFORTA")


def test_a_changed_row_is_listed(minga: Terminal, tmp_path: Path) -> None:
    minga("import", str(EXAMPLE))
    path = Path(shutil.copy(EXAMPLE, tmp_path / "later.csv"))
    path.write_text(path.read_text(encoding="utf-8").replace("PROYECTO PEPINOS DE MAR", "PEPINOS"), "utf-8")

    assert "changed, kept as it is: COL578 (SSC-2026-0003): PROYECTO, project_title" in minga("import", str(path))[1]


def test_what_is_not_there_ends_with_a_code(minga: Terminal) -> None:
    assert minga.refused("import", "none.csv")[1:] == ("import.refused", ["import.file_unreadable"])
    assert minga.refused("import", str(EXAMPLE), "--profile", "none")[:2] == (Exit.NOT_FOUND, "profile.not_found")


def test_the_answer_in_json_names_each_row(minga: Terminal) -> None:
    first = json.loads(minga("import", str(EXAMPLE), "--json")[1])["new"][0]
    assert {name: first[name] for name in ("row", "key", "reference", "stage", "lifecycle")} == {
        "row": 2,
        "key": "COL561",
        "reference": "SSC-2026-0001",
        "stage": "closed",
        "lifecycle": "completed",
    }
