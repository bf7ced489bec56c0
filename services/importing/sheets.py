# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Sheets: a CSV or XLSX file as rows of text, read within bounds. Nothing in a file is ever run or looked up.

A file is refused whole when it is no table; what is wrong in one row is a fault of that row.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unicodedata import normalize

from cycle.checking import LONGEST_TEXT
from services.errors import ServiceError
from services.importing.faults import Cells, Fault, ImportRefused, refuse

LARGEST_FILE = 20_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 200
MOST_UNPACKED = 100_000_000
MOST_PARTS = 1_000
_XLSX = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How workbooks begin that are locked with a password, and those of Excel before 2007."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the spreadsheet, its cells as they were given, and what is wrong with its form."""

    number: int
    cells: Cells
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]


def load(path: Path) -> bytes:
    """The bytes of a file, at most LARGEST_FILE. Raises ImportRefused."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise refuse("import.file_unreadable", f"{path}: {error.strerror}") from error
    if len(raw) > LARGEST_FILE:
        raise refuse("import.file_too_large", f"a file has at most {LARGEST_FILE} bytes")
    return raw


def read_sheet(raw: bytes, *, delimiter: str = ",", sheet: str | None = None) -> Sheet:
    """The table in a file; XLSX is known by its first bytes, not by its name. Raises ImportRefused."""
    if raw.startswith(_OLE):
        raise refuse(
            "import.not_xlsx", "this workbook is locked, or older than XLSX: save it as XLSX without a password"
        )
    table = _xlsx_rows(raw, sheet) if raw.startswith(_XLSX) else _csv_rows(raw, delimiter)
    return _table(table)


def _table(rows: Iterator[Sequence[Any]]) -> Sheet:
    header = _header(next(rows, ()))
    lines: list[Line] = []
    for number, row in enumerate(rows, 2):
        if not any(cell not in (None, "") for cell in row):
            continue
        if len(lines) == MOST_ROWS:
            raise refuse("import.too_many_rows", f"at most {MOST_ROWS} rows come in together: split the file")
        lines.append(_line(number, header, row))
    if not lines:
        raise refuse("import.no_rows", "the sheet has a header and no rows")
    return Sheet(header, tuple(lines))


def _header(row: Sequence[Any]) -> tuple[str, ...]:
    names = [normalize("NFC", str(cell if cell is not None else "").strip()) for cell in row]
    while names and not names[-1]:
        names.pop()
    if not names or not all(names):
        raise refuse("import.no_header", "the first row names every column", row=1)
    if len(names) > MOST_COLUMNS:
        raise refuse("import.too_many_columns", f"at most {MOST_COLUMNS} columns", row=1)
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ImportRefused([Fault("import.column_twice", "a column has one name", 1, name) for name in twice])
    return tuple(names)


def _line(number: int, header: Sequence[str], row: Sequence[Any]) -> Line:
    cells: dict[str, str] = {}
    faults: list[Fault] = []
    extra = [cell for cell in row[len(header) :] if cell not in (None, "")]
    if extra or len(row) < len(header):
        faults.append(Fault("import.row_ragged", f"{len(row)} cells under {len(header)} columns", number))
    for name, cell in zip(header, row, strict=False):
        try:
            cells[name] = _text(cell)
        except ValueError as error:
            cells[name] = ""
            faults.append(Fault("import.cell_unusable", str(error), number, name))
    return Line(number, {name: cells.get(name, "") for name in header}, tuple(faults))


def _text(cell: Any) -> str:
    """A cell as text: days as ISO days, whole numbers without a point."""
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if not (cell.hour or cell.minute or cell.second or cell.microsecond):
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
        case _Formula():
            raise ValueError("a formula is no value: paste the values")
        case _:
            return _bounded(str(cell))


def _bounded(said: str) -> str:
    # Composed, as the ledger keeps every text: else a row would differ from its own copy there.
    text = normalize("NFC", said)
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a cell has at most {LONGEST_TEXT} characters")
    if "\x00" in text:
        raise ValueError("a cell holds text, not a NUL character")
    return text


class _Formula:
    """A cell that would have to be computed."""


def _csv_rows(raw: bytes, delimiter: str) -> Iterator[Sequence[Any]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise refuse("import.not_utf8", "a CSV file is UTF-8 text: save it as “CSV UTF-8”", row=row) from error
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise refuse("import.not_csv", f"this is no CSV file: {error}") from error


def _xlsx_rows(raw: bytes, sheet: str | None) -> Iterator[Sequence[Any]]:
    _check_archive(raw)
    from openpyxl import load_workbook  # late: a CSV file need not wait for it

    try:
        # Formulas are read as such, never their last results: what a cell shows must stand in the file.
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
    except Exception as error:
        raise refuse("import.not_xlsx", "this workbook cannot be read") from error
    if sheet is not None and sheet not in book.sheetnames:
        raise refuse("import.sheet_unknown", f"no sheet {sheet}: {', '.join(book.sheetnames)}")
    page = book[sheet] if sheet is not None else book.worksheets[0]
    try:
        yield from _cells(page.iter_rows(max_col=MOST_COLUMNS + 1))
    except ServiceError:
        raise
    except Exception as error:
        raise refuse("import.not_xlsx", "this workbook cannot be read") from error


def _cells(rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """The rows without the empty cells beyond the header; a row that ends early is filled up."""
    width = 0
    for row in rows:
        cells = [_Formula() if cell.data_type == "f" else cell.value for cell in row]
        while len(cells) > width and cells[-1] is None:
            cells.pop()
        width = width or len(cells)
        yield [*cells, *[None] * (width - len(cells))]


def _check_archive(raw: bytes) -> None:
    """A workbook is an archive: refused before it is unpacked when it is a bomb, or declares XML entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise refuse("import.file_too_large", "the workbook unpacks to more than it may")
            _refuse_entities(archive, parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise refuse("import.not_xlsx", "this workbook cannot be read") from error


def _refuse_entities(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo]) -> None:
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                if b"<!DOCTYPE" in file.read(4096):
                    raise refuse("import.not_xlsx", "a workbook declares no document type")
