# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the count of lines and branches must come to."""

import json
from pathlib import Path

import pytest

from scripts.coverage import WHOLE, Counted, counted, main, shortcomings

FULL = {f"{place}one.py" if place.endswith("/") else place: Counted(10, 10, 4, 4) for place in WHOLE}


def test_what_is_promised_and_no_more_passes() -> None:
    assert list(shortcomings({**FULL, "api/app.py": Counted(60, 50, 84, 64)})) == []


def test_too_few_statements_and_branches_are_told_together() -> None:
    assert list(shortcomings({**FULL, "api/app.py": Counted(960, 800, 984, 700)})) == [
        "84.0 % of the statements are run; 90 are promised",
        "71.6 % of the branches are run; 80 are promised",
    ]


@pytest.mark.parametrize("path", FULL)
def test_one_branch_of_what_must_be_whole_is_enough_to_fail(path: str) -> None:
    found = list(shortcomings({**FULL, path: Counted(10, 10, 4, 3)}))
    assert found == [f"{path}: 0 statements and 1 branches are not run; every one is promised"]


def test_a_place_nobody_counted_is_told() -> None:
    without = {path: one for path, one in FULL.items() if not path.startswith("ledger/")}
    assert list(shortcomings(without)) == ["nothing of ledger/ was counted"]
    assert list(shortcomings({})) == ["nothing was counted"]


def test_coverages_own_file_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    summary = {"num_statements": 10, "covered_lines": 9, "num_branches": 2, "covered_branches": 1}
    file = tmp_path / "counts.json"
    file.write_text(json.dumps({"files": {"people/policy.py": {"summary": summary}}}), encoding="utf-8")

    assert counted(json.loads(file.read_text("utf-8"))) == {"people/policy.py": Counted(10, 9, 2, 1)}
    assert main([str(file)]) == 1
    assert capsys.readouterr().out.startswith("Minga: 90.0 % of statements, 50.0 % of branches\n")
