# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga migrate`: the schema to its newest version, and nothing else unless it is asked for."""

import click

from minga.console import answer, json_option, settings_of
from minga.folders import make_folders


@click.command()
@click.option("--demonstration", is_flag=True, help="Add demonstration data if the ledger is still empty.")
@json_option
@click.pass_context
def migrate(context: click.Context, demonstration: bool, as_json: bool) -> None:
    """Bring the schema to its newest version, all or nothing."""
    from storage import migrate as schema

    settings = settings_of(context)
    make_folders(settings)
    schema.migrate(settings.database_url)
    done = {"revision": schema.newest(), "demonstration": 0}
    if demonstration:
        from services.demonstration import ensure
        from services.opening import open_desk

        with open_desk(settings) as desk:
            done["demonstration"] = ensure(desk)
    answer(done, as_json=as_json, text=lambda: f"The schema is at {done['revision']}.")
