# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga audit verify`: everything recomputed from the events, each difference named, and what that does not prove."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from minga.console import answer, json_option, settings_of, tell_error
from minga.settings import Settings

if TYPE_CHECKING:
    from ledger.findings import Finding
    from observatory.audit import Report

NOT_VERIFIED = 70
MOST_SHOWN = 100


@click.group()
def audit() -> None:
    """Prove that what is stored is what happened."""


@audit.command()
@click.option("--stream", "name", metavar="REF", help="Only one exchange or agreement: its reference, id or stream.")
@json_option
@click.pass_context
def verify(context: click.Context, name: str | None, as_json: bool) -> None:
    """Recompute every event, row, figure and file, and name every difference. Changes nothing.

    Ends with 0 when all is clean, with the number of the kind of damage otherwise (docs/audit.md), and with 70 when the
    audit itself could not be made.
    """
    from observatory.audit import NotVerified
    from observatory.errors import NotFound
    from services.opening import SchemaDiffers
    from storage.errors import StorageError

    try:
        report = _report(settings_of(context), name)
    except (NotFound, NotVerified, SchemaDiffers, StorageError) as error:
        # Also of what is not found: 3, by which other commands end then, is a kind of damage here.
        tell_error(error, error.code, as_json=as_json)
        context.exit(NOT_VERIFIED)
    answer(_as_json(report), as_json=as_json, text=lambda: "\n".join(_lines(report)))
    context.exit(report.exit_code)


def _report(settings: Settings, name: str | None) -> "Report":
    from observatory.audit import NotVerified, streams_named, take_stock
    from services.opening import SchemaDiffers
    from storage import migrate
    from storage.store import Store

    if settings.is_sqlite and not settings.sqlite_file.exists():
        raise NotVerified(f"there is no database at {settings.sqlite_file}")
    if (present := migrate.current(settings.database_url)) != migrate.newest():
        raise SchemaDiffers(f"the schema is at {present or 'nothing'}: run `minga migrate`", present=present)
    store = Store.open(settings.database_url, group_commit=False)
    try:
        with store.read() as connection:
            only = streams_named(connection, name) if name else None
        return take_stock(store, settings.data / "papers", only=only)
    finally:
        store.close()


def _as_json(report: "Report") -> dict[str, Any]:
    from observatory.audit import NOT_PROVEN

    return {
        "clean": report.is_clean,
        "exit_code": report.exit_code,
        "streams": sorted(report.only) if report.only is not None else None,
        "read": dict(report.read),
        "waiting_for_the_tree": report.waiting,
        "kinds": {kind.name.lower(): count for kind, count in sorted(report.kinds.items())},
        "findings": [_finding(finding) for finding in report.kept],
        "not_proven": list(NOT_PROVEN),
    }


def _finding(finding: "Finding") -> dict[str, Any]:
    table, _, column = finding.column.partition(".")
    named = {"code": int(finding.code), "damage": finding.code.name.lower(), "stream": finding.stream}
    place = {"seq": finding.seq, "table": table, "column": column or None}
    return {**named, **place, "stored": finding.stored, "expected": finding.expected, "text": finding.text}


def _lines(report: "Report") -> Iterator[str]:
    read = ", ".join(f"{count:,} {name}" for name, count in report.read.items())
    yield f"Read: {read or 'nothing'}."
    yield f"Waiting for the tree: {report.waiting:,} events, as no head has been signed yet."
    if report.only is not None:
        yield f"Only these streams: {', '.join(sorted(report.only))}; sums over all exchanges were not compared."
    yield ""
    if report.is_clean:
        yield "Clean: every event, row, figure and file is what the ledger says."
    else:
        yield from _damage(report)
    yield ""
    yield from _not_proven()


def _damage(report: "Report") -> Iterator[str]:
    from observatory.audit import MEANING

    findings = sorted(report.kept[:MOST_SHOWN], key=lambda finding: finding.code)
    for code, together in groupby(findings, key=lambda finding: finding.code):
        yield f"{code.name.replace('_', ' ')} ({int(code)}): {MEANING[code]}. Found {report.kinds[code]:,}."
        for finding in together:
            yield f"  {_place(finding)}"
            yield f"    {finding.text}"
            yield f"    stored    {finding.stored}"
            yield f"    expected  {finding.expected}"
        yield ""
    found = report.kinds.total()
    if found > len(findings):
        yield f"… and {found - len(findings):,} more; --json names the first ten thousand."
    yield f"{found:,} found in all. This ends with {report.exit_code}, the kind nearest to the evidence."
    yield "Do not mend anything by hand: keep a copy of the database and its files as they are."


def _place(finding: "Finding") -> str:
    where = f"{finding.stream}, event {finding.seq}: " if finding.stream else ""
    return f"{where}{finding.column}".rstrip(": ") or "the database"


def _not_proven() -> Iterator[str]:
    from observatory.audit import NOT_PROVEN

    yield "What this does not prove:"
    for line in NOT_PROVEN:
        yield f"- {line}"
