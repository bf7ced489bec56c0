# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga export`: the register as CSV, or the ledger as JSON Lines, to stdout or whole into a file."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from minga.console import answer, json_option, settings_of


class FileNotWritten(Exception):
    """The file cannot be written; what stood there is untouched."""

    code = "export.file_not_written"


@click.command()
@click.argument("form", metavar="csv|jsonl", type=click.Choice(["csv", "jsonl"]))
@click.option("--specimens", is_flag=True, help="Walked cases and demonstration data too.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Into this file, whole or not at all.")
@json_option
@click.pass_context
def export(context: click.Context, form: str, specimens: bool, out: Path | None, as_json: bool) -> None:
    """Write one line per exchange (csv) or per event (jsonl), in UTF-8, always in the same order.

    With --out, --json answers what was written; without it the data itself goes to stdout.
    """
    if as_json and out is None:
        raise click.UsageError("--json says what was written to a file: it needs --out")
    from services.opening import open_known

    with open_known(settings_of(context)) as desk, desk.store.read() as connection:
        lines = _lines(form, connection, specimens=specimens)
        if out is None:
            _write(lines, sys.stdout.buffer)
            return
        written = _write_whole(lines, out)
    rows = written - 1 if form == "csv" else written
    answer({"form": form, "file": str(out), "rows": rows}, as_json=as_json, text=lambda: f"{rows} rows in {out}")


def _lines(form: str, connection: Any, *, specimens: bool) -> Iterator[str]:
    from observatory.exports import csv_lines, jsonl_lines

    if form == "csv":
        return csv_lines(connection, specimens=specimens)
    return jsonl_lines(connection, specimens=specimens)


def _write(lines: Iterator[str], file: BinaryIO) -> int:
    count = 0
    for line in lines:
        file.write(line.encode())
        count += 1
    file.flush()
    return count


def _write_whole(lines: Iterator[str], out: Path) -> int:
    """Beside the file first, then in its place: whoever reads it never finds half an export."""
    if out.exists() and not out.is_file():
        raise FileNotWritten(f"{out} is no ordinary file, and would be put aside: name another")
    beside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        with beside.open("xb") as file:
            written = _write(lines, file)
            os.fsync(file.fileno())
        beside.replace(out)
    except OSError as error:
        raise FileNotWritten(f"{out}: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
    return written
