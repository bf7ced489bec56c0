# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga token`: keys to the API. A secret is shown once, when it is made."""

from dataclasses import asdict
from typing import Any

import click

from minga.console import answer, json_option, party_named, say, settings_of


@click.group()
def token() -> None:
    """Keys by which programs come in through the API."""


@token.command()
@click.argument("name")
@click.option("--role", default="secretariat", show_default=True, help="What the token may do: see docs/api.md.")
@click.option("--party", help="The party a focal point, delegate or partner acts for (BR, PE …).")
@click.option("--bench", help="The bench a delegate sits on.")
@click.option(
    "--scope", "scopes", multiple=True, default=("read",), show_default=True, help="read, write, metrics; repeatable."
)
@click.option(
    "--expires", type=int, metavar="DAYS", default=90, show_default=True, help="How many days it lasts, at most 366."
)
@json_option
@click.pass_context
def create(
    context: click.Context,
    name: str,
    role: str,
    party: str | None,
    bench: str | None,
    scopes: tuple[str, ...],
    expires: int,
    as_json: bool,
) -> None:
    """Create a token and show its secret, this once."""
    from people.actors import OPERATOR
    from services.opening import open_desk
    from services.tokens import create_token

    asked: dict[str, Any] = {"role": role, "party": party_named(party), "bench": bench, "scopes": scopes}
    with open_desk(settings_of(context)) as desk:
        made = create_token(desk, OPERATOR, name, **asked, expires_in_days=expires)
    answer(asdict(made), as_json=as_json, text=lambda: made.secret)
    say(f"{made.id}: {made.role}, may {' and '.join(made.scopes)}. The secret is not shown again.")


@token.command()
@click.argument("token_id")
@json_option
@click.pass_context
def revoke(context: click.Context, token_id: str, as_json: bool) -> None:
    """End a token at once."""
    from people.actors import OPERATOR
    from services.opening import open_known
    from services.tokens import revoke_token

    with open_known(settings_of(context)) as desk:
        revoke_token(desk, OPERATOR, token_id)
    answer({"revoked": token_id}, as_json=as_json, text=lambda: f"{token_id} is revoked.")
