# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The command line: quick, in one voice, and never a traceback for what Minga itself refuses."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from cycle.refusals import Missing, Refusal
from minga import cli
from minga.cli import COMMANDS, minga, run
from minga.exits import Exit, exit_for
from services.errors import Refused as ByTheRules
from storage import migrate

HEAVY = [
    "alembic",
    "api",
    "cycle",
    "documents",
    "fastapi",
    "flows",
    "httpx",
    "prefect",
    "pydantic",
    "rich",
    "services",
    "sqlalchemy",
    "starlette",
    "storage",
    "transitions",
    "uvicorn",
    "weasyprint",
]


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; from minga.cli import run; run(['--help']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run((sys.executable, "-c", script), capture_output=True, text=True, check=True, timeout=30)
    assert ended.stderr.strip() == "[]"
    for name, lazy in COMMANDS.items():
        assert f"  {name} " in ended.stdout
        assert lazy.help.split()[0] in ended.stdout


def test_help_costs_less_than_importing_sqlalchemy() -> None:
    assert _quickest("-m", "minga", "--help") < _quickest("-c", "import sqlalchemy")


def _quickest(*arguments: str) -> float:
    """The best of three: what else this machine does can only make one slower."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run((sys.executable, *arguments), stdout=subprocess.DEVNULL, check=True, timeout=30)
        times.append(time.perf_counter() - began)
    return min(times)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_can_be_called_and_takes_json(name: str) -> None:
    command = minga.get_command(click.Context(minga), name)
    assert command is not None
    for leaf in _leaves(command):
        assert "--json" in [option for each in leaf.params for option in each.opts], leaf.name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_names_every_command_of_a_group(name: str) -> None:
    command = minga.get_command(click.Context(minga), name)
    if isinstance(command, click.Group):
        assert set(re.findall(r"[a-z-]+", COMMANDS[name].help)) >= set(command.commands)


@pytest.mark.parametrize("said", ["2026-02-30", "tomorrow", ""])
def test_a_day_that_is_none_is_told_without_the_codes_of_a_programmer(
    capsys: pytest.CaptureFixture[str], said: str
) -> None:
    assert run(["board", "--as-of", said]) == Exit.USAGE
    told = capsys.readouterr().err.splitlines()[-1]
    assert told == f"Error: Invalid value for '--as-of': {said!r} is no day of the calendar, written like 2026-11-23"


def _leaves(command: click.Command) -> list[click.Command]:
    if not isinstance(command, click.Group):
        return [command]
    return [leaf for child in command.commands.values() for leaf in _leaves(child)]


def test_wrong_usage_ends_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dance"]) == Exit.USAGE
    assert "No such command 'dance'" in capsys.readouterr().err
    assert run(["serve", "--port", "70000", "--json"]) == Exit.USAGE
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "usage.invalid"


class Refused(Exception):
    code = "exchange.requirements_unmet"
    reasons = (Missing("count_at_least.activities", "one dated activity", ("party:BR",)),)


def test_a_refusal_is_told_with_its_code_and_every_reason(
    command: Callable[[Exception], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(Refused("SSC-2026-0042 cannot begin execution"))
    assert run(["board"]) == Exit.REFUSED
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        "error: exchange.requirements_unmet: SSC-2026-0042 cannot begin execution\n"
        "  - count_at_least.activities: one dated activity (party:BR)\n"
    )


@pytest.mark.parametrize(
    ("reasons", "lines"),
    [
        ((Missing("move.unknown", "a move"),), ["error: move.unknown: a move"]),
        (
            (Missing("fact.field_missing", "its title", ("party:BR",)),),
            ["error: move.unknown: for this reason", "  - fact.field_missing: its title (party:BR)"],
        ),
        (
            (Missing("move.unknown", "a move"), Missing("day.malformed", "a day")),
            ["error: move.unknown: for these 2 reasons", "  - move.unknown: a move", "  - day.malformed: a day"],
        ),
    ],
)
def test_an_error_that_says_what_its_reasons_say_says_it_once(
    command: Callable[[Exception], None],
    capsys: pytest.CaptureFixture[str],
    reasons: tuple[Missing, ...],
    lines: list[str],
) -> None:
    command(ByTheRules(Refusal("move.unknown", reasons)))
    assert run(["board"]) == Exit.REFUSED
    assert capsys.readouterr().err.splitlines() == lines


def test_with_json_a_refusal_is_one_object_on_stdout(
    command: Callable[[Exception], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(Refused("SSC-2026-0042 cannot begin execution"))
    assert run(["board", "--json"]) == Exit.REFUSED
    assert json.loads(capsys.readouterr().out) == {
        "error": {
            "code": "exchange.requirements_unmet",
            "detail": "SSC-2026-0042 cannot begin execution",
            "reasons": [
                {
                    "code": "count_at_least.activities",
                    "need": "one dated activity",
                    "who_could": ["party:BR"],
                }
            ],
        }
    }


def test_a_command_that_is_ended_says_so(
    command: Callable[[Exception], None], capsys: pytest.CaptureFixture[str]
) -> None:
    command(click.Abort())
    assert run(["board"]) == Exit.INTERRUPTED
    assert capsys.readouterr() == (
        "",
        "error: command.interrupted: ended before it was done; nothing is half written\n",
    )


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no full disk to write to")
def test_a_full_disk_is_told_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run(CALLED, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    assert ended.returncode == Exit.DISK_FULL
    assert ended.stderr == "error: disk.full: no space is left where this was to be written: make room, and ask again\n"


def test_a_reader_that_has_enough_is_no_failure() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(CALLED, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (Exit.OK, "")


CALLED = (sys.executable, "-m", "minga", "walk", "--schema")


def test_a_mistake_of_ours_is_not_dressed_up_as_a_refusal(
    command: Callable[[Exception], None],
) -> None:
    command(ZeroDivisionError("a mistake"))
    with pytest.raises(ZeroDivisionError):
        run(["board"])


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[Exception], None]:
    """Makes `minga board` end with the given error."""

    def ends_with(error: Exception) -> None:
        @click.command()
        @click.option("--json", "as_json", is_flag=True)
        def board(as_json: bool) -> None:
            raise error

        monkeypatch.setattr(cli.LazyGroup, "get_command", lambda *_: board)

    return ends_with


@pytest.mark.parametrize(
    ("code", "ends_with"),
    [
        ("exchange.requirements_unmet", Exit.REFUSED),
        ("exchange.not_found", Exit.NOT_FOUND),
        ("storage.changed_meanwhile", Exit.CONFLICT),
        ("port.taken", Exit.CONFLICT),
        ("up.already_running", Exit.CONFLICT),
        ("storage.unavailable", Exit.STORAGE_UNAVAILABLE),
        ("storage.busy", Exit.STORAGE_UNAVAILABLE),
    ],
)
def test_a_code_decides_how_the_command_ends(code: str, ends_with: Exit) -> None:
    assert exit_for(code) == ends_with


def test_a_bad_setting_ends_every_command_before_it_begins(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("MINGA_PORT", "many")
    data = tmp_path / "data"
    assert run(["--data", str(data), "migrate"]) == Exit.REFUSED
    assert capsys.readouterr().err.startswith("error: setting.invalid: MINGA_PORT must be a port")
    assert not data.exists()


@pytest.mark.parametrize("command", [("beat",), ("token", "create", "a program"), ("serve", "--port", "18999")])
def test_a_data_folder_that_cannot_be_made_is_told_in_one_line(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").touch()
    assert run(["--data", str(tmp_path / "taken" / "data"), *command]) == Exit.STORAGE_UNAVAILABLE
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)
    assert told.err.startswith("error: storage.unavailable: ")


def test_an_empty_word_is_not_taken_for_the_folder_one_stands_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["--data", "", "migrate"]) == Exit.USAGE
    assert capsys.readouterr().err.endswith("Invalid value for '--data': an empty word names no folder\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "command",
    [
        *(("board",), ("exchange", "list"), ("exchange", "show", "SSC-2026-0001"), ("export", "csv")),
        *(("register", "exceptions"), ("duty", "dead"), ("privacy", "erasures"), ("person", "list")),
        *(("projections", "rebuild"), ("person", "proposals"), ("programme", "show"), ("token", "revoke", "a-token")),
        *(("exchange", "move", "SSC-2026-0001", "close"), ("exchange", "state", "SSC-2026-0001", "lessons")),
        *(("person", "link", "ana@example.org"), ("person", "reset-codes", "ana@example.org")),
    ],
    ids=" ".join,
)
def test_who_asks_about_what_is_there_begins_nothing_in_a_mistyped_folder(
    command: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "mistyped"
    assert run(["--data", str(data), *command]) == Exit.NOT_FOUND
    told = capsys.readouterr()
    assert told.err.startswith(f"error: storage.not_found: there is no Minga in {data / 'minga.db'}: ")
    assert list(tmp_path.iterdir()) == []


def test_who_only_asks_begins_nothing_in_a_database_without_a_schema(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("MINGA_DATABASE_URL", empty_url)
    assert run(["--data", str(tmp_path / "data"), "board", "--json"]) == Exit.NOT_FOUND
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "storage.not_found"
    assert migrate.current(empty_url) is None


def test_migrate_makes_the_folders_and_no_demonstration_data(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    assert run(["--data", str(data), "migrate", "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["demonstration"] == 0
    assert (data / "minga.db").is_file()
    assert (tmp_path / "data-keys").stat().st_mode & 0o777 == 0o700


def test_doctor_finds_a_migrated_folder_healthy_and_names_what_is_wrong_with_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    run(["--data", str(data), "migrate"])
    capsys.readouterr()
    assert run(["--data", str(data), "doctor", "--json"]) == Exit.OK
    assert json.loads(capsys.readouterr().out)["healthy"] is True

    (tmp_path / "data-keys").chmod(0o755)
    _drop_a_trigger(data / "minga.db")
    assert run(["--data", str(data), "doctor", "--json"]) == Exit.REFUSED
    told = json.loads(capsys.readouterr().out)
    assert [check["name"] for check in told["checks"] if not check["ok"]] == [
        "keys folder",
        "triggers",
    ]


def _drop_a_trigger(database: Path) -> None:
    import sqlite3

    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER events_never_updated")
