# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga flows`: serve the Prefect flows to the server the settings name."""

import os
import sys

import click

from minga.console import json_option, settings_of


@click.command()
@json_option
@click.pass_context
def flows(context: click.Context, as_json: bool) -> None:
    """Serve the Prefect flows: the beat every minute, the papers when nudged.

    Runs until it is ended, and waits for the Prefect server as long as that is away.
    """
    from minga.prefect_env import prefect_environment

    environment = prefect_environment(settings_of(context))
    # Prefect reads its settings while it is imported: a fresh process is the one way to be sure of
    # them.
    command = (sys.executable, "-m", "minga.serving")
    os.execve(command[0], command, environment)  # noqa: S606 - no shell is wanted
