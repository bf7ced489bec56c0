# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga serve`: the web pages and the API, on a loopback port. It imports neither Prefect nor WeasyPrint."""

from dataclasses import replace

import click

from minga.console import json_option, settings_of
from minga.loopback import is_free


class PortTaken(Exception):
    """Another program listens on the port."""

    code = "port.taken"

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} is in use by another program; choose another with --port or MINGA_PORT")


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The loopback port (default: 8000).")
@json_option
@click.pass_context
def serve(context: click.Context, port: int | None, as_json: bool) -> None:
    """Serve the pages and the API on 127.0.0.1 until ended. What happens is told on stderr, a line of JSON each."""
    told = settings_of(context)
    # Letters name the port that is served, not the one that the environment says.
    settings = replace(told, port=port or told.port)
    if not is_free(settings.port):
        raise PortTaken(settings.port)

    import uvicorn

    from api import logs
    from api.app import create_app
    from minga.nudge import Nudge
    from minga.patience import server_options
    from services.opening import open_desk

    with (
        Nudge(settings.prefect_api, auth=settings.prefect_auth) as nudge,
        open_desk(settings) as desk,
    ):
        desk.nudge = nudge
        logs.configure()
        options = server_options(behind_proxy=settings.public_url is not None)
        uvicorn.run(
            create_app(desk, settings, security_contact=settings.security_contact),
            host="127.0.0.1",
            port=settings.port,
            **options,
        )
