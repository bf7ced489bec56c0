# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga register`: what is still owed after exchanges, what was learnt, and what was done outside the ordinary way."""

import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from cycle.facts.learning import PRACTICE
from minga.console import DAY, answer, json_option, party_named, say, settings_of

_PERIOD = (
    click.option("--from", "first", type=DAY, help="Recorded on this day or later."),
    click.option("--to", "last", type=DAY, help="Recorded on this day or earlier."),
    click.option("--country", help="Only exchanges in which this country takes part (BR, PE …)."),
    click.option("--officer", help="Only what this person recorded: their id."),
    click.option("--kind", help="waiver, lapse, override, unheard, on_behalf, contested, back_dated …"),
    click.option("--specimens", is_flag=True, help="Walked cases and demonstration data too."),
)


@click.group()
def register() -> None:
    """Registers: the follow-up of measures, the practices, and the exceptions."""


def _filtered(command: Any) -> Any:
    for option in reversed(_PERIOD):
        command = option(command)
    return command


@register.command()
@_filtered
@click.option("--csv", "as_csv", is_flag=True, help="All of it as CSV; no cell is taken for a formula.")
@click.option("--after", help="The cursor the page before ended with.")
@json_option
@click.pass_context
def exceptions(
    context: click.Context,
    first: datetime | None,
    last: datetime | None,
    country: str | None,
    officer: str | None,
    kind: str | None,
    specimens: bool,
    as_csv: bool,
    after: str | None,
    as_json: bool,
) -> None:
    """List overrides, waivers, lapses, entries in a country's name and what was told late, the last recorded leading."""
    from observatory.exceptions import Asked
    from observatory.window_registers import exceptions_csv, see_exceptions
    from people.actors import OPERATOR
    from services.opening import open_known
    from storage.exceptions import KINDS

    if kind is not None and kind not in KINDS:
        raise click.BadParameter(f"{kind} is none of {', '.join(KINDS)}", param_hint="--kind")
    days = (first.date() if first else None, last.date() if last else None)
    asked = Asked(*days, party_named(country), officer, kind, specimens=specimens)
    with open_known(settings_of(context)) as desk:
        if as_csv:
            sys.stdout.writelines(exceptions_csv(desk, OPERATOR, asked))
            return
        page = asdict(see_exceptions(desk, OPERATOR, asked, after=after))
    answer(page, as_json=as_json, text=lambda: "\n".join(_exception(one) for one in page["items"]))
    _say_more(page, as_json)


@register.command(name="follow-up")
@click.option("--specimens", is_flag=True, help="Walked cases and demonstration data too.")
@click.option("--after", help="The cursor the page before ended with.")
@json_option
@click.pass_context
def follow_up(context: click.Context, specimens: bool, after: str | None, as_json: bool) -> None:
    """List the measures that are open or under way, those due first leading."""
    from observatory.window import see_follow_up
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        page = asdict(see_follow_up(desk, OPERATOR, after=after, limit=50, specimens=specimens))
    answer(page, as_json=as_json, text=lambda: "\n".join(_measure(one) for one in page["items"]))
    _say_more(page, as_json)


@register.command()
@click.option("--status", type=click.Choice(PRACTICE), help="Only practices that came so far.")
@click.option("--specimens", is_flag=True, help="Walked cases and demonstration data too.")
@click.option("--after", help="The cursor the page before ended with.")
@json_option
@click.pass_context
def practices(context: click.Context, status: str | None, specimens: bool, after: str | None, as_json: bool) -> None:
    """List the good practices and by which day each is reviewed again, the longest untouched leading."""
    from observatory.window_registers import see_practices
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        page = asdict(see_practices(desk, OPERATOR, status=status, after=after, limit=50, specimens=specimens))
    answer(page, as_json=as_json, text=lambda: "\n".join(_practice(one) for one in page["items"]))
    _say_more(page, as_json)


def _say_more(page: dict[str, Any], as_json: bool) -> None:
    if not page["items"] and not as_json:
        say("Nothing stands in this register.")
    if page["next"] and not as_json:
        say(f"There are more: --after {page['next']}")


def _exception(one: dict[str, Any]) -> str:
    where, who = one["reference"] or one["exchange"], one["name"] or one["officer"]
    said = "; ".join(part for part in (one["what"], one["reason"], one["answer"]) if part)
    return f"{one['recorded_at'][:10]}  {where:<14} {one['kind']:<13} {who:<14} {said}"


def _practice(one: dict[str, Any]) -> str:
    where, again = one["reference"] or one["exchange"], one["review_again_on"]
    until = f"  (again by {again})" if again else ""
    return f"{one['on'] or '–':<10}  {where:<14} {one['status']:<9} {one['title']}{until}"


def _measure(one: dict[str, Any]) -> str:
    where = one["reference"] or one["exchange"]
    return f"{one['due_on'] or '–':<10}  {where:<14} {one['status']:<9} {one['owner'] or '–':<20} {one['title']}"
