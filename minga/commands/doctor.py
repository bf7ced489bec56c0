# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga doctor`: the checkup, one line each, and what to do about what is wrong."""

from dataclasses import asdict

import click

from minga.checkup import Check, examine
from minga.console import answer, json_option, settings_of
from minga.exits import Exit


@click.command()
@json_option
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Look at everything Minga needs of this machine. Ends with 1 when something is wrong."""
    checks = tuple(examine(settings_of(context)))
    healthy = all(check.ok for check in checks)
    told = {"healthy": healthy, "checks": [asdict(check) for check in checks]}
    answer(told, as_json=as_json, text=lambda: "\n".join(_line(check) for check in checks))
    context.exit(Exit.OK if healthy else Exit.REFUSED)


def _line(check: Check) -> str:
    if check.ok:
        return f"ok       {check.name}: {check.found}"
    return f"PROBLEM  {check.name}: {check.found}\n         {check.cure}"
