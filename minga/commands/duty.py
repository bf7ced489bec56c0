# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga duty`: effects that failed for the last time, and how they are owed anew once the cause is mended."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from minga.console import answer, json_option, settings_of

if TYPE_CHECKING:
    from storage.outbox import Duty


@click.group()
def duty() -> None:
    """Effects the outbox owes: papers to draw, letters to send."""


@duty.command()
@json_option
@click.pass_context
def dead(context: click.Context, as_json: bool) -> None:
    """List the duties that failed for the last time, the longest dead first, each with its last error."""
    from people.actors import OPERATOR
    from services.duties import dead_duties
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        found = dead_duties(desk, OPERATOR)
    answer({"items": [_told(one) for one in found]}, as_json=as_json, text=lambda: "\n".join(_lines(found)))


@duty.command()
@click.argument("duties", metavar="DUTY...", nargs=-1, required=True)
@json_option
@click.pass_context
def replay(context: click.Context, duties: tuple[str, ...], as_json: bool) -> None:
    """Owe dead duties anew, by id, with all their attempts; the next beat takes them up. All of them, or none."""
    from people.actors import OPERATOR
    from services.duties import replay_duties
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        owed = replay_duties(desk, OPERATOR, duties)
    answer({"replayed": list(owed)}, as_json=as_json, text=lambda: "\n".join(f"{one} is owed anew." for one in owed))


def _told(one: "Duty") -> dict[str, Any]:
    names = ("id", "duty", "subject", "attempts", "due_at", "last_error")
    return {name: getattr(one, name) for name in names}


def _lines(found: "tuple[Duty, ...]") -> Iterator[str]:
    for one in found:
        yield f"{one.id}  {one.duty}  {one.subject}  {one.attempts} attempts  {one.last_error}"
    if not found:
        yield "No duty is dead."
