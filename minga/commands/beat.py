# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga beat`: one pass of every duty, without Prefect."""

from dataclasses import asdict

import click

from minga.console import answer, json_option, settings_of


@click.command()
@json_option
@click.pass_context
def beat(context: click.Context, as_json: bool) -> None:
    """Do every duty that is due by now, once, and say how many of each were done."""
    from services.beat import pass_once
    from services.opening import open_desk

    with open_desk(settings_of(context)) as desk:
        done = asdict(pass_once(desk))
    answer(done, as_json=as_json, text=lambda: "\n".join(f"{n:>6}  {duty}" for duty, n in done.items()))
