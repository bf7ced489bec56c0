# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga up`: everything on this machine, prepared, started, watched, and ended together."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import click

from minga.commands.serve import PortTaken
from minga.console import json_option, say, settings_of
from minga.folders import make_folders, only_one
from minga.loopback import Away, any_free_port, ask, is_free
from minga.prefect_env import prefect_environment, prefect_home, server_command
from minga.settings import Settings, environment_without
from minga.supervisor import Program, Supervisor


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="The loopback port (default: 8000).")
@click.option("--bare", is_flag=True, help="No demonstration data in an empty ledger.")
@json_option
@click.pass_context
def up(context: click.Context, port: int | None, bare: bool, as_json: bool) -> None:
    """Start Minga here: schema, demonstration data on the first run, web, Prefect and its flows.

    Ctrl-C ends all of it. Only this machine can reach it.
    """
    settings = settings_of(context)
    settings = replace(settings, port=port or settings.port)
    make_folders(settings)
    with only_one(settings.data):
        settings = _with_free_ports(settings)
        _prepare(settings, bare=bare)
        announce = Announcements(settings, as_json=as_json)
        if settings.smtp_url is None:
            say(f"No mail server is set (MINGA_SMTP_URL): letters lie in {settings.data / 'mail'}.")
        say(f"Logs lie in {settings.data / 'logs'}. Ctrl-C ends everything.")
        Supervisor(programs(settings), say=say, watch=announce).run()
    say("Minga has ended.")


def programs(settings: Settings) -> tuple[Program, ...]:
    """What `up` keeps running. The terminal is for a person: what the programs themselves say goes to `DATA/logs`."""
    web_environment = {**environment_without("PREFECT_"), **settings.as_environment()}
    web = Program("web", _minga("serve"), web_environment, settings.data / "logs/web.log")
    flows = Program("flows", _minga("flows"), prefect_environment(settings), settings.data / "logs/flows.log")
    return (web, flows) if settings.prefect_api_url else (_prefect_server(settings), web, flows)


def _prefect_server(settings: Settings) -> Program:
    prefect_home(settings).mkdir(mode=0o700, exist_ok=True)
    environment, log = prefect_environment(settings), settings.data / "logs/prefect.log"
    return Program("prefect", server_command(settings), environment, log)


def _minga(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "minga", *arguments)


def _with_free_ports(settings: Settings) -> Settings:
    """Ports that are free, and a fresh password for our own Prefect server. Raises PortTaken."""
    if not is_free(settings.port):
        raise PortTaken(settings.port)
    if settings.prefect_api_url:
        return settings
    password = f"minga:{secrets.token_urlsafe(24)}"
    return replace(settings, prefect_port=_prefect_port(settings), prefect_auth=password)


def _prefect_port(settings: Settings) -> int:
    wanted = settings.prefect_port
    return wanted if is_free(wanted) else any_free_port()


def _prepare(settings: Settings, *, bare: bool) -> None:
    """Schema and first data, in a process of their own, so that the supervisor stays small."""
    wanted = ("migrate",) if bare else ("migrate", "--demonstration")
    environment: Mapping[str, str] = {**environment_without("PREFECT_"), **settings.as_environment()}
    ended = subprocess.run(_minga(*wanted), env=environment, stdout=subprocess.DEVNULL, check=False)
    if ended.returncode:
        # It has said why on stderr.
        sys.exit(ended.returncode)


class Announcements:
    """Says once that the web answers, and once that the flows are served; asks twice a second until both are."""

    def __init__(self, settings: Settings, *, as_json: bool) -> None:
        self._settings = settings
        self._as_json = as_json
        self._began = datetime.now(UTC)
        self._next = 0.0
        self._waiting = {"web": self._web_is_ready, "flows": self._flows_are_served}

    def __call__(self) -> None:
        if not self._waiting or time.monotonic() < self._next:
            return
        for what in [what for what, is_ready in self._waiting.items() if is_ready()]:
            del self._waiting[what]
            self._announce(what)
        self._next = time.monotonic() + 0.5

    def _announce(self, what: str) -> None:
        address = f"http://127.0.0.1:{self._settings.port}"
        words = {
            "web": f"Minga is ready: {address}",
            "flows": "The Prefect flows are served: the beat every minute, papers within seconds.",
        }
        # One object a line: this command speaks more than once.
        told = json.dumps({"ready": what, "address": address})
        click.echo(told if self._as_json else words[what])

    def _web_is_ready(self) -> bool:
        try:
            ask(f"http://127.0.0.1:{self._settings.port}/health/ready")
        except Away:
            return False
        return True

    def _flows_are_served(self) -> bool:
        """Whether somebody looked for due beats since we began: what an earlier day left behind does not count."""
        url = f"{self._settings.prefect_api}/deployments/name/beat/beat"
        try:
            polled = ask(url, auth=self._settings.prefect_auth)["last_polled"]
            return datetime.fromisoformat(polled) > self._began
        except Away:
            return False
