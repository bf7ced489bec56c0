# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga exchange draft | move | state`: what the operator does to exchanges, with words for every field."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from minga.console import DAY, answer, json_option, party_named, settings_of

if TYPE_CHECKING:
    from services.asking import Answer, Asking
    from services.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])
_YES = {"true": True, "yes": True, "1": True}


def _asking_options(command: F) -> F:
    """When it happened, what version was seen, and under which key it is asked."""
    for option in reversed(
        (
            click.option("--on", type=DAY, help="The day it happened, if not today; needs --late-because."),
            click.option("--occurred-at", help="The instant it happened (2026-11-23T09:15:00.000Z), instead of --on."),
            click.option("--late-because", help="Why an earlier event is told only now."),
            click.option("--if-match", type=int, help="Only if the exchange is still at this version."),
            click.option("--key", help="The same key twice has one effect and the same answer."),
            json_option,
        )
    ):
        command = option(command)
    return command


def _behalf_options(command: F) -> F:
    """In whose name it is entered, how it came, and on which day."""
    for option in reversed(
        (
            click.option("--on-behalf-of", metavar="CODE", help="Enter it in the name of this party (BR, PE …)."),
            click.option("--came-by", type=click.Choice(["mail", "telephone", "meeting"]), help="How it came."),
            click.option("--received-on", type=DAY, help="The day it arrived."),
        )
    ):
        command = option(command)
    return command


@click.command()
@click.argument("title")
@click.option("--party", "parties", multiple=True, required=True, metavar="CODE:ROLE[:INSTITUTION]")
@click.option("--door", type=click.Choice(["offer", "demand"]), required=True, help="How it comes in.")
@click.option("--weight", default="standard", show_default=True, help="light, standard or triangular.")
@click.option("--programme", help="Whose rules it follows (default: the only one published).")
@_behalf_options
@_asking_options
@click.pass_context
def draft(
    context: click.Context,
    title: str,
    parties: tuple[str, ...],
    door: str,
    weight: str,
    programme: str | None,
    on_behalf_of: str | None,
    came_by: str | None,
    received_on: datetime | None,
    on: datetime | None,
    occurred_at: str | None,
    late_because: str | None,
    if_match: int | None,
    key: str | None,
    as_json: bool,
) -> None:
    """Open an exchange: draft "Natural rubber" --door offer --party BR:offers:Embrapa."""
    from observatory.window import end_of_day, only_programme
    from services.exchanges import draft_exchange

    named = [_party(each) for each in parties]
    came = (on_behalf_of, came_by, received_on)

    def act(desk: "Desk", asking: "Asking") -> "Answer":
        said = {"programme": programme or only_programme(desk), "title": title, "door": door, "weight": weight}
        return draft_exchange(desk, _entered(asking, *came), **said, parties=named)

    def ends(desk: "Desk", day: date) -> str | None:
        return end_of_day(desk, programme or only_programme(desk), day)

    _act(context, act, ends, on, occurred_at, late_because, if_match, key, as_json, begins=True)


def _party(said: str) -> dict[str, str]:
    code, _, rest = said.partition(":")
    role, _, institution = rest.partition(":")
    return {"party": str(party_named(code)), "role": role, **({"institution": institution} if institution else {})}


@click.command()
@click.argument("reference")
@click.argument("name")
@click.option("--reason", help="Why; many moves ask for it.")
@click.option("--say", multiple=True, metavar="KEY=VALUE", help="What the move carries: counterpart=PE …")
@_behalf_options
@_asking_options
@click.pass_context
def move(
    context: click.Context,
    reference: str,
    name: str,
    reason: str | None,
    say: tuple[str, ...],
    on_behalf_of: str | None,
    came_by: str | None,
    received_on: datetime | None,
    on: datetime | None,
    occurred_at: str | None,
    late_because: str | None,
    if_match: int | None,
    key: str | None,
    as_json: bool,
) -> None:
    """Make one move on one exchange, or be told everything that is missing."""
    from services.exchanges import make_move

    says = {**_pairs(say), **({"reason": reason} if reason else {})}

    came = (on_behalf_of, came_by, received_on)

    def act(desk: "Desk", asking: "Asking") -> "Answer":
        return make_move(desk, _entered(asking, *came), reference, name, says)

    _act(context, act, _ends_there(reference), on, occurred_at, late_because, if_match, key, as_json)


@click.command()
@click.argument("reference")
@click.argument("kind")
@click.argument("fields", nargs=-1, metavar="[KEY=VALUE]…")
@click.option("--item", help="The item it is about, like activity-1, where it changes one.")
@_behalf_options
@_asking_options
@click.pass_context
def state(
    context: click.Context,
    reference: str,
    kind: str,
    fields: tuple[str, ...],
    item: str | None,
    on_behalf_of: str | None,
    came_by: str | None,
    received_on: datetime | None,
    on: datetime | None,
    occurred_at: str | None,
    late_because: str | None,
    if_match: int | None,
    key: str | None,
    as_json: bool,
) -> None:
    """Say one fact: state SSC-2026-0042 activity_planned title="First mission" on=2026-12-01 mode=in_person."""
    from services.exchanges import state_fact

    said = typed(_pairs(fields))

    came = (on_behalf_of, came_by, received_on)

    def act(desk: "Desk", asking: "Asking") -> "Answer":
        return state_fact(desk, _entered(asking, *came), reference, kind, said, item)

    _act(context, act, _ends_there(reference), on, occurred_at, late_because, if_match, key, as_json)


def _entered(asking: "Asking", on_behalf_of: str | None, came_by: str | None, received_on: datetime | None) -> "Asking":
    from services.behalf import entered

    day = received_on.date().isoformat() if received_on else None
    return entered(asking, party_named(on_behalf_of), came_by, day)


def _ends_there(reference: str) -> "Callable[[Desk, date], str | None]":
    def ends(desk: "Desk", day: date) -> str | None:
        from observatory.window import end_of
        from people.actors import OPERATOR

        return end_of(desk, OPERATOR, reference, day)

    return ends


def _act(
    context: click.Context,
    act: "Callable[[Desk, Asking], Answer]",
    ends: "Callable[[Desk, date], str | None]",
    on: datetime | None,
    occurred_at: str | None,
    late_because: str | None,
    if_match: int | None,
    key: str | None,
    as_json: bool,
    *,
    begins: bool = False,
) -> None:
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.opening import open_desk, open_known

    opened = open_desk if begins else open_known
    with opened(settings_of(context)) as desk:
        if on is not None:
            occurred_at = ends(desk, on.date())
        done = act(desk, Asking(OPERATOR, key, if_match, occurred_at, late_because))
    answer(dict(done), as_json=as_json, text=lambda: _done(done))


def _done(done: Mapping[str, Any]) -> str:
    about = [done["stage"], done["lifecycle"], f"version {done['version']}", *filter(None, [done.get("item")])]
    return f"{done['reference'] or done['exchange']}: {', '.join(about)}"


def _pairs(said: Iterable[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for each in said:
        name, equals, value = each.partition("=")
        if not (name and equals):
            raise click.BadParameter(f"{each!r} does not read key=value")
        if name in pairs:
            raise click.BadParameter(f"{name} is said twice: {pairs[name]!r} and {value!r}")
        pairs[name] = value
    return pairs


def typed(said: Mapping[str, str]) -> dict[str, Any]:
    """What was typed as fields of a fact: numbers, yes and figures as such, all else as text.

    What cannot be read so stays text, for the engine to refuse with its own code.
    """
    from cycle.facts import FACTS

    kinds = {field.name: field.kind.value for fact in FACTS.values() for field in fact.fields}
    return {name: _value(kinds.get(name, "text"), value) for name, value in said.items()}


def _value(kind: str, value: str) -> Any:
    match kind:
        case "number":
            return int(value) if value.isascii() and value.isdigit() else value
        case "yes":
            return _YES.get(value.lower(), value)
        case "figures":
            return _figures(value)
        case _:
            return value


def _figures(value: str) -> Any:
    """`employers:3,workers:2` as figures by name."""
    parts = [part.rpartition(":") for part in value.split(",")]
    return {name: int(count) if count.isascii() and count.isdigit() else count for name, _, count in parts}
