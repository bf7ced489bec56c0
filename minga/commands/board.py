# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga board`: where every cooperation stands, today or on any past day, as known now or then."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from minga.console import DAY, answer, json_option, settings_of


@click.command()
@click.option("--as-of", type=DAY, help="What had happened by the end of this day, as known today.")
@click.option("--known-on", type=DAY, help="The same, from what was recorded by the end of this day.")
@click.option("--programme", help="Only this programme (default: all).")
@click.option("--country", help="Only exchanges in which this member country takes part (BR, PE …).")
@click.option("--specimens", is_flag=True, help="Count walked cases and demonstration data too.")
@json_option
@click.pass_context
def board(
    context: click.Context,
    as_of: datetime | None,
    known_on: datetime | None,
    programme: str | None,
    country: str | None,
    specimens: bool,
    as_json: bool,
) -> None:
    """Count exchanges by stage. Specimens are counted apart."""
    from observatory.window import see_board
    from services.opening import open_known

    with open_known(settings_of(context)) as desk:
        seen = see_board(
            desk,
            programme=programme,
            as_of=as_of.date() if as_of else None,
            known_on=known_on.date() if known_on else None,
            country=country.upper() if country else None,
            specimens=specimens,
        )
    told = asdict(seen)
    answer(told, as_json=as_json, text=lambda: _table(told))


def _table(told: dict[str, Any]) -> str:
    widest = max(told["stages"].values(), default=0)
    lines = [f"{stage:<14} {n:>6}  {_bar(n, widest)}".rstrip() for stage, n in told["stages"].items()]
    living = ", ".join(f"{n} {lifecycle}" for lifecycle, n in told["lifecycles"].items() if n)
    where = f" with {told['country']}" if told["country"] else ""
    return "\n".join(
        (
            f"At the end of {told['as_of']}, as known on {told['known_on']}{where}",
            "",
            *lines,
            "",
            f"{'total':<14} {told['total']:>6}  {living}".rstrip(),
            f"{'specimens':<14} {told['specimens']['total']:>6}  (no real exchanges)",
        )
    )


def _bar(n: int, widest: int) -> str:
    return "▪" * round(40 * n / widest) if widest else ""
