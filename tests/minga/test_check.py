# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga check` explains every setting, and shows no password while it does."""

from pathlib import Path

import pytest

from minga.exits import Exit
from minga.explaining import HIDDEN, Explained, explain
from minga.settings import TABLE
from tests.minga.calling import Terminal

SECRET = "wordless"


def _told(environment: dict[str, str], data: Path | None = None) -> dict[str, Explained]:
    return {setting.variable: setting for setting in explain(environment, data=data)}


def test_every_setting_is_explained_with_its_source(tmp_path: Path) -> None:
    told = _told({"MINGA_PORT": "8001"}, tmp_path)
    assert list(told) == [row.variable for row in TABLE]
    assert (told["MINGA_PORT"].value, told["MINGA_PORT"].source) == ("8001", "environment")
    assert (told["MINGA_DATA"].value, told["MINGA_DATA"].source) == (str(tmp_path), "option")
    assert (told["MINGA_PREFECT_PORT"].value, told["MINGA_PREFECT_PORT"].source) == ("4210", "default")
    assert all(setting.wrong is None and setting.help for setting in told.values())


def test_every_mistake_is_told_at_once_each_with_its_own_setting() -> None:
    told = _told({"MINGA_PORT": "eighty", "MINGA_PUBLIC_URL": "minga.example", "MINGA_PREFECT_PORT": "4211"})
    assert {name for name, setting in told.items() if setting.wrong} == {"MINGA_PORT", "MINGA_PUBLIC_URL"}


def test_a_slip_of_the_pen_is_found() -> None:
    strange = _told({"MINGA_PROT": "8001", "OTHER": "x"})["MINGA_PROT"]
    assert (strange.value, strange.wrong is None) == (HIDDEN, False)


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        (
            "MINGA_DATABASE_URL",
            f"postgresql://minga:{SECRET}@db/minga?a=b",
            f"postgresql://minga:{HIDDEN}@db/minga?a=b",
        ),
        ("MINGA_DATABASE_URL", "postgresql://minga@db/minga", "postgresql://minga@db/minga"),
        ("MINGA_DATABASE_URL", f"mysql://minga:{SECRET}@db", f"mysql://minga:{HIDDEN}@db"),
        ("MINGA_PREFECT_AUTH", f"minga:{SECRET}", f"minga:{HIDDEN}"),
        ("MINGA_PREFECT_AUTH", SECRET, HIDDEN),
        ("MINGA_SMTP_URL", f"smtps://minga:{SECRET}@mail.example:465", f"smtps://minga:{HIDDEN}@mail.example:465"),
    ],
)
def test_no_password_is_shown_right_or_wrong(variable: str, value: str, shown: str) -> None:
    told = _told({variable: value})[variable]
    assert told.value == shown
    assert SECRET not in repr(told)


def test_an_address_that_nobody_can_sign_in_by_is_remarked() -> None:
    for address, remarked in (
        ("http://minga.example", True),
        ("https://minga.example", False),
        ("http://localhost", False),
    ):
        assert (_told({"MINGA_PUBLIC_URL": address})["MINGA_PUBLIC_URL"].remark is not None) is remarked


def test_the_command_ends_with_1_when_a_setting_cannot_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    called = Terminal(tmp_path, capsys)
    assert called.told("check")["usable"] is True
    monkeypatch.setenv("MINGA_PORT", "eighty")
    ended, out, _ = called("check")
    assert ended == Exit.REFUSED
    assert "PROBLEM  MINGA_PORT = eighty (environment)" in out
