# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Settings: read once, checked, and told to child processes unchanged."""

from ast import Constant, parse, walk
from dataclasses import fields
from pathlib import Path

import pytest

from minga.prefect_env import prefect_home
from minga.settings import TABLE, SettingInvalid, Settings, read
from services import mail
from services.opening import open_desk


def test_without_any_variable_everything_lies_under_var() -> None:
    settings = read({})
    here = Path.cwd()
    assert settings.data == here / "var"
    assert settings.database_url == f"sqlite:///{here}/var/minga.db"
    assert settings.sqlite_file == here / "var/minga.db"
    assert settings.keys == here / "var-keys"
    assert (settings.public_url, settings.prefect_api_url) == (None, None)
    assert settings.prefect_api == "http://127.0.0.1:4210/api"


def test_the_option_wins_over_the_variable(tmp_path: Path) -> None:
    assert read({"MINGA_DATA": "/elsewhere"}, data=tmp_path).data == tmp_path
    assert read({"MINGA_DATA": str(tmp_path)}).data == tmp_path


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MINGA_DATABASE_URL", "mysql://localhost/minga"),
        ("MINGA_KEYS", "/srv/minga/keys"),
        ("MINGA_PUBLIC_URL", "minga.example"),
        ("MINGA_PUBLIC_URL", "ftp://minga.example"),
        ("MINGA_SMTP_URL", "https://mail.example.org"),
        ("MINGA_SMTP_URL", "smtp://"),
        ("MINGA_MAIL_FROM", "minga"),
        ("MINGA_MAIL_FROM", "Minga <minga@example.org>"),
        ("MINGA_PORT", "0"),
        ("MINGA_PORT", "eighty"),
        ("MINGA_PORT", "٨٠٠٠"),
        ("MINGA_PREFECT_PORT", "65536"),
        ("MINGA_PREFECT_API_URL", "4200"),
        ("MINGA_PREFECT_AUTH", "only-a-password"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable(variable: str, value: str) -> None:
    with pytest.raises(SettingInvalid) as refused:
        read({"MINGA_DATA": "/srv/minga", variable: value})
    assert refused.value.variable == variable
    assert str(refused.value).startswith(variable)
    assert refused.value.code == "setting.invalid"


def test_a_child_told_these_settings_reads_the_same(tmp_path: Path) -> None:
    given = {
        "MINGA_DATABASE_URL": "postgresql://minga@localhost/minga",
        "MINGA_PUBLIC_URL": "https://minga.example/",
        "MINGA_PORT": "8001",
        "MINGA_PREFECT_API_URL": "http://127.0.0.1:4200/api/",
        "MINGA_PREFECT_AUTH": "minga:secret",
    }
    settings = read(given, data=tmp_path / "data")
    assert settings.public_url == "https://minga.example"
    assert settings.prefect_api == "http://127.0.0.1:4200/api"
    assert read(settings.as_environment()) == settings


def test_no_password_shows_when_settings_are_printed() -> None:
    told = read({"MINGA_DATABASE_URL": "postgresql://minga:secret@db/minga", "MINGA_PREFECT_AUTH": "a:secret"})
    assert "secret" not in repr(told)


def test_the_table_names_every_setting_and_its_true_default() -> None:
    assert [row.field for row in TABLE] == [field.name for field in fields(Settings)]
    settings = read({})
    for row in TABLE:
        told = str(getattr(settings, row.field) or "unset").replace(str(settings.data), "DATA")
        assert told == ("DATA" if row.field == "data" else row.default), row.variable


def test_the_documentation_lists_exactly_these_settings() -> None:
    lines = Path("docs/settings.md").read_text().splitlines()
    told = [line for line in lines if line.startswith("| `MINGA_")]
    assert told == [f"| `{row.variable}` | `{row.default}` | {row.help} |" for row in TABLE]


def test_the_documentation_says_what_lies_where_and_what_to_back_up(tmp_path: Path) -> None:
    settings = read({"MINGA_DATA": str(tmp_path / "data")})
    with open_desk(settings) as desk:
        folders = {desk.papers, desk.evidence, desk.data / mail.FOLDER, prefect_home(settings)}
        assert desk.keys.name == "data-keys"
    said = Path("docs/settings.md").read_text()
    backup = Path("docs/operations.md").read_text().partition("## Backing up")[2].partition("\n## ")[0]
    assert [folder for folder in folders if f"| `DATA/{folder.name}/` |" not in said] == []
    assert [name for name in ("papers", "evidence") if f"`DATA/{name}/`" not in backup] == []


def test_no_other_module_names_a_variable() -> None:
    """Alembic's own command line is the one exception: it starts without the front door."""
    rooms = "cycle ledger agreements people documents notifications storage services observatory"
    modules = [file for room in (*rooms.split(), "api", "flows", "minga") for file in _code(room)]
    readers = {file.as_posix() for file in modules if _names_a_variable(file)}
    assert readers - {"storage/migrations/env.py"} == {"minga/settings.py"}


def _code(room: str) -> list[Path]:
    return sorted(Path(room).rglob("*.py"))


def _names_a_variable(file: Path) -> bool:
    texts = [node for node in walk(parse(file.read_text())) if isinstance(node, Constant)]
    return any(isinstance(each.value, str) and each.value.startswith("MINGA_") for each in texts)
