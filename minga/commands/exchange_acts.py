# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga exchange draft | move | state`: what the operator does to exchanges, with words for every field."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from minga.console import DAY, answer, json_option, party_named, settings_of

if TYPE_CHECKING:
    from services.asking import Answer, Asking
    from services.desk import Desk

Command = Callable[..., Any]
Option = Callable[[Command], Command]
_YES = {"true": True, "yes": True, "1": True}
_IF_MATCH = click.option("--if-match", type=int, help="Only if the exchange is still at this version.")
_HOW: tuple[Option, ...] = (
    click.option("--on-behalf-of", metavar="CODE", help="Enter it in the name of this party (BR, PE …)."),
    click.option("--came-by", type=click.Choice(["mail", "telephone", "meeting"]), help="How it came."),
    click.option("--received-on", type=DAY, help="The day it arrived."),
    click.option("--on", type=DAY, help="The day it happened, if not today; needs --late-because."),
    click.option("--occurred-at", help="The instant it happened (2026-11-23T09:15:00.000Z), instead of --on."),
    click.option("--late-because", help="Why an earlier event is told only now."),
    click.option("--key", help="The same key twice has one effect and the same answer."),
)


@dataclass(frozen=True, slots=True)
class How:
    """How an act is asked: in whose name it is entered, when it happened, under which key, after which version seen."""

    on_behalf_of: str | None
    came_by: str | None
    received_on: datetime | None
    on: datetime | None
    occurred_at: str | None
    late_because: str | None
    key: str | None
    if_match: int | None = None

    def asking(self, end_of: Callable[[date], str | None]) -> "Asking":
        """The operator's asking; `end_of`: the instant at which a day ends where the act happened. Raises Refused."""
        from people.actors import OPERATOR
        from services.asking import Asking
        from services.behalf import entered

        if self.on and self.occurred_at:
            raise click.UsageError("a thing happened --on a day or --occurred-at an instant, not both")
        happened_at = end_of(self.on.date()) if self.on else self.occurred_at
        arrived_on = self.received_on.date().isoformat() if self.received_on else None
        asking = Asking(OPERATOR, self.key, self.if_match, happened_at, self.late_because)
        return entered(asking, party_named(self.on_behalf_of), self.came_by, arrived_on)


def _with_how(*more: Option) -> Option:
    """Gives a command the options of an act, packed as `how`, and those in `more`."""
    options: tuple[Option, ...] = (*_HOW, *more, json_option)

    def decorated(command: Command) -> Command:
        @wraps(command)
        def packed(*arguments: Any, **given: Any) -> Any:
            how = How(**{name: given.pop(name) for name in How.__dataclass_fields__ if name in given})
            return command(*arguments, how=how, **given)

        with_options: Command = packed
        for option in reversed(options):
            with_options = option(with_options)
        return with_options

    return decorated


@click.command()
@click.argument("title")
@click.option("--party", "parties", multiple=True, required=True, metavar="CODE:ROLE[:INSTITUTION]")
@click.option("--door", type=click.Choice(["offer", "demand"]), required=True, help="How it comes in.")
@click.option("--weight", default="standard", show_default=True, help="light, standard or triangular.")
@click.option("--programme", help="Whose rules it follows (default: the only one published).")
@_with_how()
@click.pass_context
def draft(
    context: click.Context,
    title: str,
    parties: tuple[str, ...],
    door: str,
    weight: str,
    programme: str | None,
    how: How,
    as_json: bool,
) -> None:
    """Open an exchange: draft "Natural rubber" --door offer --party BR:offers:Embrapa."""
    from observatory.window import end_of_day, only_programme
    from services.exchanges import draft_exchange

    named = [_party(each) for each in parties]

    def act(desk: "Desk") -> "Answer":
        chosen = programme or only_programme(desk)
        asking = how.asking(lambda day: end_of_day(desk, chosen, day))
        return draft_exchange(desk, asking, programme=chosen, title=title, door=door, weight=weight, parties=named)

    _act(context, act, as_json=as_json, begins=True)


def _party(said: str) -> dict[str, str]:
    code, _, rest = said.partition(":")
    role, _, institution = rest.partition(":")
    return {"party": str(party_named(code)), "role": role, **({"institution": institution} if institution else {})}


@click.command()
@click.argument("reference")
@click.argument("name")
@click.option("--reason", help="Why; many moves ask for it.")
@click.option("--say", multiple=True, metavar="KEY=VALUE", help="What the move carries: counterpart=PE …")
@_with_how(_IF_MATCH)
@click.pass_context
def move(
    context: click.Context,
    reference: str,
    name: str,
    reason: str | None,
    say: tuple[str, ...],
    how: How,
    as_json: bool,
) -> None:
    """Make one move on one exchange, or be told everything that is missing."""
    from cycle.carried import PARTIES
    from services.exchanges import make_move

    said = {key: party_named(value) if key in PARTIES else value for key, value in _pairs(say).items()}
    says = {**said, **({"reason": reason} if reason else {})}

    def act(desk: "Desk") -> "Answer":
        return make_move(desk, how.asking(_ends_at(desk, reference)), reference, name, says)

    _act(context, act, as_json=as_json)


@click.command()
@click.argument("reference")
@click.argument("kind")
@click.argument("fields", nargs=-1, metavar="[KEY=VALUE]…")
@click.option("--item", help="The item it is about, like activity-1, where it changes one.")
@_with_how(_IF_MATCH)
@click.pass_context
def state(
    context: click.Context,
    reference: str,
    kind: str,
    fields: tuple[str, ...],
    item: str | None,
    how: How,
    as_json: bool,
) -> None:
    """Say one fact: state SSC-2026-0042 activity_planned title="First mission" on=2026-12-01 mode=in_person.

    Which kinds there are and which fields each takes: minga exchange facts REFERENCE [KIND].
    """
    from services.exchanges import state_fact

    said = typed(_pairs(fields))

    def act(desk: "Desk") -> "Answer":
        return state_fact(desk, how.asking(_ends_at(desk, reference)), reference, kind, said, item)

    _act(context, act, as_json=as_json)


def _ends_at(desk: "Desk", reference: str) -> Callable[[date], str | None]:
    from observatory.window import end_of
    from people.actors import OPERATOR

    return lambda day: end_of(desk, OPERATOR, reference, day)


def _act(context: click.Context, act: "Callable[[Desk], Answer]", *, as_json: bool, begins: bool = False) -> None:
    from services.opening import open_desk, open_known

    opened = open_desk if begins else open_known
    with opened(settings_of(context)) as desk:
        done = act(desk)
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
    """What was typed as fields of a fact: numbers, yes, figures and countries as such, all else as text.

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
        case "party":
            return party_named(value)
        case _:
            return value


def _figures(value: str) -> Any:
    """`employers:3,workers:2` as figures by name."""
    parts = [part.rpartition(":") for part in value.split(",")]
    return {name: int(count) if count.isascii() and count.isdigit() else count for name, _, count in parts}
