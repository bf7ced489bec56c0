# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga check`: every setting with its value, where that comes from, what it does, and what is wrong with it."""

import os
from dataclasses import asdict

import click

from minga.console import answer, json_option
from minga.exits import Exit
from minga.explaining import Explained, explain


@click.command()
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Explain every setting as it is here. Passwords are not shown. Ends with 1 when one cannot be used."""
    told = explain(os.environ, data=context.find_root().params.get("data"))
    usable = all(setting.wrong is None for setting in told)
    document = {"usable": usable, "settings": [asdict(setting) for setting in told]}
    answer(document, as_json=as_json, text=lambda: "\n".join(_lines(setting) for setting in told))
    context.exit(Exit.OK if usable else Exit.REFUSED)


def _lines(setting: Explained) -> str:
    mark = "PROBLEM" if setting.wrong else "note" if setting.remark else "ok"
    said = [f"{mark:8} {setting.variable} = {setting.value} ({setting.source})", f"         {setting.help}"]
    said += [f"         ! {more}" for more in (setting.wrong, setting.remark) if more]
    return "\n".join(said)
