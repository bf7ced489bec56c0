# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga import`: another house's register becomes exchanges, all rows or none."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from minga.console import answer, json_option, say, settings_of


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--profile", help="A built-in profile, or a TOML file that says what the columns mean.")
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--skip-unusable", is_flag=True, help="Bring in the other rows; list those left out.")
@json_option
@click.pass_context
def import_(
    context: click.Context, file: Path, profile: str | None, dry_run: bool, skip_unusable: bool, as_json: bool
) -> None:
    """Bring in a register, CSV (UTF-8) or XLSX.

    A row that came in before is skipped while it reads the same, and listed, never overwritten, when it reads otherwise.
    """
    from people.actors import OPERATOR
    from services.asking import Asking
    from services.importing.bringing_in import import_file
    from services.opening import open_desk

    with open_desk(settings_of(context)) as desk:
        done = import_file(desk, Asking(OPERATOR), file, profile=profile, dry_run=dry_run, skip_unusable=skip_unusable)
    for left in done["left_out"]:
        say(f"left out: {left['code']}: {left['need']}")
    answer(done, as_json=as_json, text=lambda: _told(done))


def _told(done: Mapping[str, Any]) -> str:
    new = "would be new" if done["dry_run"] else "new"
    out = len({left["row"] for left in done["left_out"]})
    counted = (
        f"{len(done['new'])} {new}, {len(done['unchanged'])} unchanged, {len(done['changed'])} changed, {out} left out"
    )
    changed = [_changed(row) for row in done["changed"]]
    thanks = [done["attribution"]] if done["attribution"] else []
    return "\n".join([f"{done['rows']} rows: {counted}", *_stages(done), *_flags(done), *changed, *thanks])


def _stages(done: Mapping[str, Any]) -> list[str]:
    standing = Counter(f"{row['stage']} ({row['lifecycle']})" for row in done["new"])
    return [f"  {n:>5}  {where}" for where, n in sorted(standing.items())]


def _flags(done: Mapping[str, Any]) -> list[str]:
    flags = Counter(flag for row in done["new"] for flag in row["flags"])
    return [f"  {n:>5}  flagged {flag}" for flag, n in sorted(flags.items())]


def _changed(row: Mapping[str, Any]) -> str:
    return f"changed, kept as it is: {row['key']} ({row['reference']}): {', '.join(row['columns'])}"
