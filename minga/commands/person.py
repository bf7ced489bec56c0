# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga person`: people who sign in, added and let in again from the server itself."""

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from minga.console import answer, json_option, say, settings_of

if TYPE_CHECKING:
    from observatory.roster_lines import RoleLine

MOST_PROPOSALS = 200


@click.group()
def person() -> None:
    """People who sign in: added, and let in again when they cannot."""


@person.command()
@click.argument("email")
@click.option("--name", required=True, help="What the person is called.")
@click.option("--language", default="es", show_default=True, help="es, en, pt or fr: of letters and pages.")
@click.option("--officer", is_flag=True, help="The first officer of the secretariat, while there is none.")
@json_option
@click.pass_context
def add(context: click.Context, email: str, name: str, language: str, officer: bool, as_json: bool) -> None:
    """Add a person who can sign in; a role is given by an officer or a focal point."""
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.opening import open_desk
    from services.rosters.roles import bootstrap
    from services.sign_in.on_the_server import add_person

    with open_desk(settings_of(context)) as desk:
        if officer:
            told: Any = bootstrap(desk, Asking(OPERATOR), name=name, email=email, language=language)
        else:
            told = asdict(add_person(desk, email, name, language))
    answer(told, as_json=as_json, text=lambda: str(told["person"]))
    say(f"Let them in with: minga person link {email}")


@person.command("list")
@json_option
@click.pass_context
def list_(context: click.Context, as_json: bool) -> None:
    """Everybody who can sign in."""
    from services.opening import open_known
    from services.sign_in.on_the_server import everybody

    with open_known(settings_of(context)) as desk:
        told = [asdict(account) for account in everybody(desk)]
    lines = "\n".join(f"{one['person']}  {one['email']}  {one['name']}" for one in told)
    answer({"items": told}, as_json=as_json, text=lambda: lines)
    if not told and not as_json:
        say("Nobody can sign in yet.")


@person.command()
@click.argument("email")
@click.option("--password", help="Better asked for at the terminal, or brought as a line of stdin.")
@json_option
@click.pass_context
def password(context: click.Context, email: str, password: str | None, as_json: bool) -> None:
    """Give a person a password; their sessions end, and they are told."""
    from services.opening import open_known
    from services.sign_in.on_the_server import set_password

    with open_known(settings_of(context)) as desk:
        account = set_password(desk, email, _password() if password is None else password)
    answer({"person": account.person}, as_json=as_json, text=lambda: f"{account.person} has another password.")


def _password() -> str:
    """Typed twice, unseen, at a terminal; without one, the next line of stdin."""
    stdin = sys.__stdin__
    if stdin is not None and stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    said = stdin.readline().rstrip("\r\n") if stdin is not None else ""
    if not said:
        raise click.UsageError("a password is asked for at a terminal, or comes as a line of stdin; none came")
    return said


@person.command()
@click.argument("email")
@json_option
@click.pass_context
def link(context: click.Context, email: str, as_json: bool) -> None:
    """Mail a person a link that lets them in once."""
    from services.mail import FOLDER, send_next
    from services.opening import open_known
    from services.sign_in.on_the_server import mail_link

    settings = settings_of(context)
    with open_known(settings) as desk:
        account = mail_link(desk, email)
        sent = send_next(desk)
    answer({"person": account.person, "sent": sent}, as_json=as_json, text=lambda: f"Letters done: {sent}.")
    if settings.smtp_url is None:
        say(f"No mail server is set (MINGA_SMTP_URL): letters lie in {settings.data / FOLDER}.")


@person.command("break-glass")
@click.argument("email")
@json_option
@click.pass_context
def break_glass(context: click.Context, email: str, as_json: bool) -> None:
    """Let an officer in past password and second factor, once. Loud: the ledger and every other officer learn of it."""
    from services.mail import send_next
    from services.opening import open_known
    from services.sign_in import on_the_server

    with open_known(settings_of(context)) as desk:
        glass = on_the_server.break_glass(desk, email)
        send_next(desk)
    answer(asdict(glass), as_json=as_json, text=lambda: glass.link)
    say(f"THE GLASS IS BROKEN. The link works once, for 15 minutes. Other officers told: {glass.told}.")


@person.command("reset-codes")
@click.argument("email")
@json_option
@click.pass_context
def reset_codes(context: click.Context, email: str, as_json: bool) -> None:
    """Take a lost second factor away; the person sets another one up when they next sign in."""
    from services.mail import send_next
    from services.opening import open_known
    from services.sign_in import on_the_server

    with open_known(settings_of(context)) as desk:
        account = on_the_server.reset_codes(desk, email)
        send_next(desk)
    answer({"person": account.person}, as_json=as_json, text=lambda: f"{account.person} has no second factor now.")


@person.command()
@json_option
@click.pass_context
def proposals(context: click.Context, as_json: bool) -> None:
    """List the roles that wait for a second person to grant them."""
    from observatory.rosters import see_roles
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        waiting = see_roles(desk, OPERATOR, status="proposed", limit=MOST_PROPOSALS).items
    lines = "\n".join(f"{one.role}  {_seat_of(one)}  {one.name or one.person}" for one in waiting)
    answer({"items": [asdict(one) for one in waiting]}, as_json=as_json, text=lambda: lines)
    if not waiting and not as_json:
        say("No role waits for a second person.")


@person.command()
@click.argument("role")
@json_option
@click.pass_context
def grant(context: click.Context, role: str, as_json: bool) -> None:
    """Grant a proposed role of the house, by its id, where no other officer is there to be the second person."""
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.opening import open_known
    from services.rosters.roles import grant_role

    with open_known(settings_of(context)) as desk:
        told = grant_role(desk, Asking(OPERATOR), role)
    answer(told, as_json=as_json, text=lambda: f"{role} is {told['status']}.")


def _seat_of(one: "RoleLine") -> str:
    """`focal_point BR`, `bench_delegate BR workers`; the house has no code of its own."""
    parts = (one.kind, None if one.party == "*" else one.party, one.bench)
    return " ".join(part for part in parts if part)
