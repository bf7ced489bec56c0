# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The command line: a table of commands, each imported only when called, and one handler for every error.

`minga --help` must stay quick, so nothing here imports the database, the web framework, Prefect or
WeasyPrint.
"""

import errno
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from minga.console import Interrupted, tell_error
from minga.exits import Exit, exit_for


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command not yet imported: the section of the help it stands in, where it lives, what it does."""

    section: str
    target: str
    help: str


HERE = "On this machine"
CYCLE = "Exchanges"
SEE = "See and prove"
HOUSE = "Rules and house"

COMMANDS: Mapping[str, Lazy] = MappingProxyType(
    {
        "up": Lazy(HERE, "minga.commands.up:up", "Start everything here and keep it running (--bare: empty)."),
        "serve": Lazy(HERE, "minga.commands.serve:serve", "The web pages and the API alone."),
        "flows": Lazy(HERE, "minga.commands.flows:flows", "The Prefect flows alone."),
        "beat": Lazy(HERE, "minga.commands.beat:beat", "One pass of every duty, without Prefect."),
        "migrate": Lazy(HERE, "minga.commands.migrate:migrate", "The schema to its newest version."),
        "check": Lazy(HERE, "minga.commands.check:check", "Every setting: its value, its source, what is wrong."),
        "doctor": Lazy(HERE, "minga.commands.doctor:doctor", "What on this machine stands in the way."),
        "duty": Lazy(HERE, "minga.commands.duty:duty", "dead | replay: effects that failed for the last time."),
        "walk": Lazy(CYCLE, "minga.commands.walk:walk", "Walk a case file through the whole cycle."),
        "import": Lazy(CYCLE, "minga.commands.import_:import_", "Bring in a register (CSV or XLSX)."),
        "exchange": Lazy(
            CYCLE, "minga.commands.exchange:exchange", "draft | facts | state | moves | move | list | show | history."
        ),
        "board": Lazy(SEE, "minga.commands.board:board", "Where every cooperation stands, on any day."),
        "audit": Lazy(SEE, "minga.commands.audit:audit", "verify: recompute and prove the ledger."),
        "register": Lazy(SEE, "minga.commands.register:register", "exceptions | follow-up | practices."),
        "export": Lazy(SEE, "minga.commands.export:export", "csv | jsonl."),
        "programme": Lazy(
            HOUSE, "minga.commands.programme:programme", "new | check | publish | show a region's rules."
        ),
        "person": Lazy(
            HOUSE,
            "minga.commands.person:person",
            "add | list | password | link | reset-codes | break-glass | proposals | grant.",
        ),
        "token": Lazy(HOUSE, "minga.commands.token:token", "create | revoke: a key to the API."),
        "privacy": Lazy(HOUSE, "minga.commands.privacy:privacy", "export | erase | decide | erasures."),
        "projections": Lazy(HOUSE, "minga.commands.projections:projections", "rebuild: the figures from the events."),
    }
)


class DiskFull(Exception):
    """The disk is full: what a command answers, or a file it makes, was not written."""

    code = "disk.full"


class LazyGroup(click.Group):
    """A group that knows its commands by a table and imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        for section in dict.fromkeys(lazy.section for lazy in COMMANDS.values()):
            rows = [(name, lazy.help) for name, lazy in COMMANDS.items() if lazy.section == section]
            with formatter.section(section):
                formatter.write_dl(rows)


def _print_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        click.echo(f"minga {version('minga')}")
        context.exit()


class DataFolder(click.Path):
    """A folder that is named: an empty word, as of a variable that is not set, would be the folder one stands in."""

    name = "directory"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if value == "":
            self.fail("an empty word names no folder", param, ctx)
        return super().convert(value, param, ctx)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=DataFolder(path_type=Path, file_okay=False),
    help="The folder that holds everything (default: MINGA_DATA, or var/).",
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def minga(data: Path | None) -> None:
    """Minga carries every South-South exchange through its cooperation cycle.

    Data goes to stdout, messages to stderr. Every command takes --json.

    Exit codes: 0 done, 1 refused or bad input, 2 wrong usage, 3 not found, 4 conflict, 5 storage
    unavailable. `audit verify` has one code per kind of damage.
    """


def run(arguments: Sequence[str]) -> int:
    """Obey one command line; its exit code. Every error with a stable code ends here, none in a traceback."""
    as_json, stdout = "--json" in arguments, sys.stdout
    try:
        ended = minga.main(list(arguments), prog_name="minga", standalone_mode=False)
        return ended if isinstance(ended, int) else Exit.OK
    except click.ClickException as error:
        return _wrong_usage(error, as_json=as_json)
    except click.Abort:
        return _told(Interrupted("ended before it was done; nothing is half written"), as_json=as_json)
    except SystemExit:
        # `minga export csv | head`: the reader has enough. Click closes its ears and ends with 1, but that is no failure.
        if sys.stdout is not stdout:
            return Exit.OK
        raise
    except Exception as error:  # noqa: BLE001 - the one handler of all; it raises what is not ours
        return _told(error, as_json=as_json)


def _wrong_usage(error: click.ClickException, *, as_json: bool) -> int:
    if as_json:
        tell_error(error, "usage.invalid", as_json=True)
    else:
        error.show()
    return Exit.USAGE


def _told(error: Exception, *, as_json: bool) -> int:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        # What found no place on stdout is not to be tried again when the process ends.
        sys.stdout = StringIO()
        error = DiskFull("no space is left where this was to be written: make room, and ask again")
    code = getattr(error, "code", None)
    # Our codes read `thing.what`, or `not_found`; SQLAlchemy's errors carry a code of another kind
    # (`e3q8`).
    if not (isinstance(code, str) and ("." in code or code == "not_found")):
        raise error
    tell_error(error, code, as_json=as_json)
    return exit_for(code)
