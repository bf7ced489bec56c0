# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga privacy`: a person's data at their request, erasures, how long what is kept, and the sweep."""

import json
from dataclasses import asdict
from typing import Any

import click

from minga.console import answer, json_option, say, settings_of


@click.group()
def privacy() -> None:
    """What is kept about persons."""


@privacy.command()
@click.argument("person")
@json_option
@click.pass_context
def export(context: click.Context, person: str, as_json: bool) -> None:
    """Write all that is kept about a person, by id or address, as JSON: for that person, at their request."""
    from people.actors import OPERATOR
    from services.opening import open_known
    from services.privacy.own_data import data_of

    with open_known(settings_of(context)) as desk:
        told = data_of(desk, OPERATOR, person)
    answer(told, as_json=as_json, text=lambda: json.dumps(told, ensure_ascii=False, indent=2))


@privacy.command()
@json_option
@click.pass_context
def erasures(context: click.Context, as_json: bool) -> None:
    """List the erasures that were asked for, by id; none of them names anybody."""
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.opening import open_known
    from services.privacy.erasure import erasures as asked_for

    with open_known(settings_of(context)) as desk:
        found = [{**asdict(one), "status": one.status} for one in asked_for(desk, Asking(OPERATOR))]
    lines = (f"{one['erasure']}  {one['status']:<7}  {one['asked_at'][:16]}  {one['person']}" for one in found)
    answer({"items": found}, as_json=as_json, text=lambda: "\n".join(lines))
    if not found and not as_json:
        say("No erasure was asked for.")


@privacy.command()
@click.argument("person")
@click.option("--reason", required=True, help="Why. It stands in the ledger, so it names nobody.")
@json_option
@click.pass_context
def erase(context: click.Context, person: str, reason: str, as_json: bool) -> None:
    """Ask that a person, by id or address, be erased. Another officer decides it, here or through the API."""
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.opening import open_known
    from services.privacy.erasure import ask_erasure

    with open_known(settings_of(context)) as desk:
        done = dict(ask_erasure(desk, Asking(OPERATOR), person, reason))
    answer(done, as_json=as_json, text=lambda: _erasure(done))


@privacy.command()
@click.argument("erasure")
@json_option
@click.pass_context
def decide(context: click.Context, erasure: str, as_json: bool) -> None:
    """Decide an erasure that an officer of the secretariat asked for: it is carried out at once."""
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.opening import open_known
    from services.privacy.erasure import decide_erasure

    with open_known(settings_of(context)) as desk:
        done = dict(decide_erasure(desk, Asking(OPERATOR), erasure))
    answer(done, as_json=as_json, text=lambda: _erasure(done))


def _erasure(done: dict[str, Any]) -> str:
    kept = f"; signed papers keep {done['kept']}" if done["kept"] else ""
    return f"{done['erasure']}: {done['status']}, {done['values']} sealed values{kept}"
