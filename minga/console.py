# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""How a command speaks: data on stdout, messages on stderr, and one shape for every error."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click

from minga.settings import Settings, read


class Day(click.DateTime):
    """A day, as in 2026-11-23."""

    def __init__(self) -> None:
        super().__init__(formats=["%Y-%m-%d"])

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        return "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day of the calendar, written like 2026-11-23", param, ctx)


DAY = Day()

COMMANDING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters but tab and line end, marks that turn the direction of letters, and halves of letters."""


class Interrupted(Exception):
    """Somebody ended the command, with Ctrl-C, before it was done. What it wrote, it wrote whole."""

    code = "command.interrupted"


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON on stdout.")


def settings_of(context: click.Context) -> Settings:
    """The settings of this call, `--data` included."""
    return read(data=context.find_root().params.get("data"))


def party_named(typed: str | None) -> str | None:
    """A party as it was typed: a country's code in capitals, whatever else as it is."""
    return typed.upper() if typed and len(typed) == 2 else typed


def say(message: str) -> None:
    """A message for the person at the terminal."""
    click.echo(legible(message), err=True)


def legible(text: str) -> str:
    """A text in which whatever would command a terminal, or turn its letters round, stands as its escape."""
    return COMMANDING.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


def answer(data: object, *, as_json: bool, text: Callable[[], str]) -> None:
    """The command's result on stdout: JSON when asked for, otherwise the words for a person."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2) if as_json else legible(text()))


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines whose columns stand under each other, as wide as what is in them."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def tell_error(error: BaseException, code: str, *, as_json: bool) -> None:
    """`error: <code>: text` and the reasons on stderr; with `--json` also the object on stdout."""
    detail, reasons = str(error), _reasons(error)
    for line in _lines(code, detail, reasons):
        say(line)
    if as_json:
        told = {"code": code, "detail": detail, "reasons": reasons}
        click.echo(json.dumps({"error": told}, ensure_ascii=False, indent=2))
    sys.stdout.flush()


def _reasons(error: BaseException) -> list[Any]:
    found = getattr(error, "reasons", ())
    return [reason.as_dict() if hasattr(reason, "as_dict") else reason for reason in found]


def _lines(code: str, detail: str, reasons: Sequence[Any]) -> list[str]:
    """The error, then its reasons; nothing is told twice where a detail only strings the reasons together."""
    listed = [reason_line(reason) for reason in reasons]
    if not reasons or detail != "; ".join(f"{one['code']}: {one['need']}" for one in reasons if isinstance(one, dict)):
        first = f"{code}: {detail}"
    elif [one["code"] for one in reasons] == [code]:
        first = listed.pop()
    else:
        first = f"{code}: for {'this reason' if len(reasons) == 1 else f'these {len(reasons)} reasons'}"
    return [f"error: {first}", *(f"  - {line}" for line in listed)]


def reason_line(reason: object) -> str:
    """A reason on one line: its code, what would satisfy it, and who could, where anybody can yet."""
    if not isinstance(reason, dict):
        return str(reason)
    who = ", ".join(reason.get("who_could", ()))
    line = f"{reason.get('code')}: {reason.get('need')}"
    return f"{line} ({who})" if who else line
