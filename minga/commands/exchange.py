# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga exchange`: list, show, explain, move, name facts, state, draft. It acts as the operator, who consents for no country."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import click

from cycle.words import Lifecycle, Stage
from minga.commands.exchange_acts import draft, move, state
from minga.console import DAY, answer, columns, json_option, party_named, reason_line, say, settings_of

LONGEST_TITLE = 60
HOW_WRITTEN = "* required. A day is written 2026-12-01, an amount 18000.00, figures government:8,workers:4."


@click.group()
def exchange() -> None:
    """Look at exchanges, and carry them on."""


for act in (draft, move, state):
    exchange.add_command(act)


@exchange.command("list")
@click.option("--stage", type=click.Choice([stage.value for stage in Stage]), help="Only in this stage.")
@click.option("--lifecycle", type=click.Choice([life.value for life in Lifecycle]), help="Only in this condition.")
@click.option("--country", help="Only with this party.")
@click.option("--programme", help="Only of this programme.")
@click.option("--specimens/--no-specimens", default=None, help="Only specimens, or none (default: both, marked).")
@click.option("--overdue", is_flag=True, help="Only those whose day has passed, the oldest first.")
@click.option("--as-of", type=DAY, help="As they stood at the end of this day.")
@click.option("--known-on", type=DAY, help="By what was recorded by the end of this day.")
@click.option("--after", help="The cursor a page ended with.")
@click.option("--limit", type=click.IntRange(1, 200), default=50, show_default=True)
@json_option
@click.pass_context
def list_(
    context: click.Context,
    stage: str | None,
    lifecycle: str | None,
    country: str | None,
    programme: str | None,
    specimens: bool | None,
    overdue: bool,
    as_of: datetime | None,
    known_on: datetime | None,
    after: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List exchanges page by page. A * marks a specimen: no real exchange."""
    from observatory.exchanges import Filters
    from observatory.window import see_exchanges
    from people.actors import OPERATOR
    from services.opening import open_known

    filters = Filters(stage, lifecycle, party_named(country), programme, specimens)
    with open_known(settings_of(context)) as desk:
        asked: dict[str, Any] = {"overdue": overdue, "as_of": _day(as_of), "known_on": _day(known_on)}
        page = see_exchanges(desk, OPERATOR, filters, **asked, after=after, limit=limit)
    told = asdict(page)
    answer(told, as_json=as_json, text=lambda: _lines(told["items"]))
    if not page.items and not as_json:
        say("No exchange is like this.")
    if page.next and not as_json:
        say(f"There are more: --after {page.next}")


def _day(said: datetime | None) -> date | None:
    return said.date() if said else None


def _lines(items: Sequence[dict[str, Any]]) -> str:
    rows = [
        (
            f"{item['reference'] or item['exchange']} {'*' if item['specimen'] else ' '}",
            item["stage"],
            item["lifecycle"],
            _due(item),
            "-".join(party["party"] for party in item["parties"]),
            item["title"],
        )
        for item in items
    ]
    signs = [
        *(["* specimen: a walked case or demonstration data, no real exchange"] if _any(items, "specimen") else []),
        *(["! its day has passed"] if _any(items, "overdue") else []),
    ]
    return "\n".join([*columns(rows), *([""] if signs else []), *signs])


def _any(items: Sequence[dict[str, Any]], name: str) -> bool:
    return any(item[name] for item in items)


def _due(item: dict[str, Any]) -> str:
    return f"due {item['due_on']}{'!' if item['overdue'] else ''}" if item["due_on"] else "—"


@exchange.command()
@click.argument("reference")
@click.option("--as-of", type=DAY, help="As it stood at the end of this day.")
@click.option("--known-on", type=DAY, help="By what was recorded by the end of this day.")
@json_option
@click.pass_context
def show(
    context: click.Context, reference: str, as_of: datetime | None, known_on: datetime | None, as_json: bool
) -> None:
    """Show one exchange whole, or where it stood on a day."""
    from observatory.window import see_exchange, see_exchange_on
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        if as_of or known_on:
            stood = asdict(see_exchange_on(desk, OPERATOR, reference, _day(as_of), _day(known_on)))
            answer(stood, as_json=as_json, text=lambda: _lines([stood]))
            return
        whole = asdict(see_exchange(desk, OPERATOR, reference))
    told = {**whole.pop("line"), **whole}
    answer(told, as_json=as_json, text=lambda: _whole(told))


def _whole(told: dict[str, Any]) -> str:
    age = told["age"]
    allowed = f"{age['used']} of {age['allowance']} working days" if age["allowance"] else f"{age['used']} working days"
    parties = [
        f"  {code}  {', '.join(one['roles']) or one['status']}  {one['institution'] or ''}".rstrip()
        for code, one in sorted(told["parties"].items())
    ]
    said = [(item["item"], item["status"], item["happens_on"] or "", _title(item)) for item in told["items"]]
    items = [f"  {line}" for line in columns(said)]
    drawn = [f"  {p['kind']} {'+'.join(p['languages'])} v{p['version']}  {p['status']}" for p in told["papers"]]
    agreed = [f"  {a['reference']}  {a['status']}  {a['title']}" for a in told["agreements"]]
    return "\n".join(
        (
            f"{told['reference'] or told['exchange']}  {told['title']}{'  (specimen)' if told['specimen'] else ''}",
            f"{told['stage']}, {told['lifecycle']}, {told['weight']}; due {told['due_on'] or '—'}",
            f"in this stage {age['calendar_days']} days, {allowed} used",
            *(f"  suspended {p['since']} – {p['until'] or 'now'}: {p['reason']}" for p in age["pauses"]),
            *_under("parties", parties),
            *_under("said", items),
            *_under("agreements", agreed),
            *_under("papers", drawn),
        )
    )


def _under(heading: str, lines: Sequence[str]) -> list[str]:
    return ["", heading, *lines] if lines else []


def _title(item: dict[str, Any]) -> str:
    told = item["body"].get("title") or item["body"].get("text") or ""
    text = " ".join(str(told).split())
    short = text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"
    return ("(struck) " if item["struck"] else "") + short


@exchange.command()
@click.argument("reference")
@json_option
@click.pass_context
def moves(context: click.Context, reference: str, as_json: bool) -> None:
    """Explain every move from here: allowed or not, what is missing, who could bring it."""
    from observatory.moves import moves_told
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        told = moves_told(desk, OPERATOR, reference)
    answer(told, as_json=as_json, text=lambda: "\n".join(_move(one) for one in told["moves"]))


def _move(told: dict[str, Any]) -> str:
    sign = "✓" if told["allowed"] else "✗"
    to = f" → {told['to']}" if told["to"] else ""
    lacks = [f"    {reason_line(one)}" for one in told["missing"]]
    hints = [f"    advice: {one['need']}" for one in told["advice"]]
    return "\n".join([f"{sign} {told['move']}{to}  by {', '.join(told['who_may'])}", *lacks, *hints])


@exchange.command()
@click.argument("reference")
@click.argument("kind", required=False)
@json_option
@click.pass_context
def facts(context: click.Context, reference: str, kind: str | None, as_json: bool) -> None:
    """Name the facts that can be said, with their fields; one KIND in full, with all that a field can hold."""
    from observatory.sayable import facts_told
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        told = facts_told(desk, OPERATOR, reference, kind)
    lines = _fact if kind else _facts
    answer(told, as_json=as_json, text=lambda: "\n".join([*lines(told["facts"]), "", HOW_WRITTEN]))


def _facts(told: Sequence[dict[str, Any]]) -> list[str]:
    return columns([(one["kind"], ", ".join(map(_field, one["fields"]))) for one in told])


def _fact(told: Sequence[dict[str, Any]]) -> list[str]:
    (one,) = told
    fields = [(f"  {_field(field)}", _taken(field)) for field in one["fields"]]
    either = [f"  at least one of {', '.join(one['either'])}"] if one["either"] else []
    return [f"{one['kind']}: said by {one['said_by']}", f"item: {one['item']}", "", *columns(fields), *either]


def _field(field: dict[str, Any]) -> str:
    return f"{field['name']}{'*' if field['required'] else ''}"


def _taken(field: dict[str, Any]) -> str:
    """What a field takes, with the words of a list that the programme keeps."""
    takes, choices = field["takes"] or "text", field["choices"]
    return takes if all(choice in takes for choice in choices) else f"{takes}: {', '.join(choices)}"


@exchange.command()
@click.argument("reference")
@click.option("--after", type=click.IntRange(0), default=0, help="Begin after this event.")
@click.option("--limit", type=click.IntRange(1, 500), default=500, show_default=True)
@json_option
@click.pass_context
def history(context: click.Context, reference: str, after: int, limit: int, as_json: bool) -> None:
    """Tell an exchange's events, corrected ones struck."""
    from observatory.window import see_history
    from people.actors import OPERATOR
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        pages = see_history(desk, OPERATOR, reference, after=after, limit=limit)
    told = asdict(pages)
    answer(told, as_json=as_json, text=lambda: "\n".join(_event(one) for one in told["items"]))
    if pages.next and not as_json:
        say(f"There are more: --after {pages.next}")


def _event(told: dict[str, Any]) -> str:
    who = told["who"] + (f" for {told['on_behalf_of']}" if told["on_behalf_of"] else "")
    struck = "struck: " if told["struck"] else ""
    return f"{told['seq']:>5}  {told['occurred_at'][:16]}  {told['type']:<22} {who:<14} {struck}{told['summary']}"
