# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga projections rebuild`: exchanges, agreements, papers and figures, written anew from the events."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from minga.console import answer, json_option, settings_of

if TYPE_CHECKING:
    from ledger.event import Event
    from services.projections import Explained, Zone


@click.group()
def projections() -> None:
    """What is derived from the events."""


@projections.command()
@json_option
@click.pass_context
def rebuild(context: click.Context, as_json: bool) -> None:
    """Make every derived row what the events say; run `minga audit verify` first. People may go on working."""
    from people.actors import OPERATOR
    from services.opening import open_known
    from services.projections import rebuild

    with open_known(settings_of(context)) as desk:
        done = rebuild(desk, OPERATOR, explain)
    answer(
        asdict(done),
        as_json=as_json,
        text=lambda: (
            f"{done.streams} streams folded; mended: rows of {done.mended} of them, {done.figures} figures; "
            f"{done.strays} rows of no stream taken out."
        ),
    )


def explain(stream: str, events: "Iterable[Event]", zone: "Zone") -> "Explained":
    """What a stream's events explain, as the audit reads them: so a rebuilt row is one that the audit finds right."""
    from observatory.derived import ExchangeFolding, folding_of
    from services.projections import Explained

    folding = folding_of(stream, zone)
    for event in events:
        folding.add(event)
    return Explained(folding.rows(), dict(folding.flow) if isinstance(folding, ExchangeFolding) else {})
