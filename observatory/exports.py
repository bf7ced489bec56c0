# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exports: the register as CSV, one line per exchange; the ledger as JSON Lines, one line per event.

Always in the same order, and streamed: however large the ledger, only a page of it is held. Specimens are left out unless
asked for. A CSV cell never begins like a formula; sealed values are never in an export.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select, tuple_

from cycle.standing import Standing
from ledger.canonical import canonical_text
from storage.agreements import stream_of as agreement_stream
from storage.exchanges import standing_of
from storage.exchanges import stream_of as exchange_stream
from storage.tables import agreements, events, exchanges

PAGE = 500
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a spreadsheet compute a cell, full-width forms included."""

COLUMNS = (
    "reference",
    "title",
    "programme",
    "stage",
    "lifecycle",
    "weight",
    "door",
    "offers",
    "asks",
    "facilitates",
    "supports",
    "institutions",
    "entered_on",
    "due_on",
    "review_on",
    "lap",
    "origin",
    "source",
    "flags",
    "id",
    "version",
    "recorded_at",
)
EVENT_COLUMNS = tuple(column.name for column in events.columns if column.name != "canonical")


def csv_lines(connection: Connection, *, specimens: bool = False) -> Iterator[str]:
    """The header, then a line for each exchange in the order in which they were opened."""
    yield csv_line(COLUMNS)
    for standing in _standings(connection, specimens=specimens):
        said = _cells(standing)
        yield csv_line([said[name] for name in COLUMNS])


def jsonl_lines(connection: Connection, *, specimens: bool = False) -> Iterator[str]:
    """Every event, in order of stream and seq, as canonical JSON. Its hash can be computed from the rest of the line."""
    hidden: frozenset[str] = frozenset()
    after = ("", 0)
    while True:
        key = tuple_(events.c.stream, events.c.seq)
        columns = [events.c[name] for name in EVENT_COLUMNS]
        query = select(*columns).where(key > after).order_by(events.c.stream, events.c.seq).limit(PAGE)
        page = connection.execute(query).all()
        if not specimens:
            hidden = _specimen_streams(connection, {row.stream for row in page})
        yield from (_event_line(row) for row in page if row.stream not in hidden)
        if len(page) < PAGE:
            return
        after = (page[-1].stream, page[-1].seq)


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what would be one."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def csv_line(cells: Iterable[Any]) -> str:
    """Cells as one line of CSV, none of which a spreadsheet takes for a formula."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\n").writerow([safe(str(cell)) for cell in cells])
    return buffer.getvalue()


def _standings(connection: Connection, *, specimens: bool) -> Iterator[Standing]:
    after = ""
    while True:
        query = select(exchanges).where(exchanges.c.id > after).order_by(exchanges.c.id).limit(PAGE)
        if not specimens:
            query = query.where(exchanges.c.specimen == 0)
        page = connection.execute(query).all()
        yield from map(standing_of, page)
        if len(page) < PAGE:
            return
        after = page[-1].id


def _cells(standing: Standing) -> Mapping[str, Any]:
    """What the columns hold; several parties or flags with a semicolon between."""
    roles = {role: "; ".join(standing.members(role)) for role in ("offers", "asks", "facilitates", "supports")}
    institutions = [
        f"{party}: {known['institution']}"
        for party in standing.members()
        if (known := standing.parties[party])["institution"]
    ]
    own = {name: getattr(standing, name) for name in COLUMNS if hasattr(standing, name)}
    return {
        **{name: "" if value is None else value for name, value in own.items()},
        **roles,
        "programme": f"{standing.programme}@{standing.programme_version}",
        "institutions": "; ".join(institutions),
        "flags": "; ".join(standing.flags),
        "id": standing.exchange,
        "version": standing.changed_seq,
    }


def _event_line(row: Any) -> str:
    return canonical_text({**row._asdict(), "payload": json.loads(row.payload)}) + "\n"


def _specimen_streams(connection: Connection, streams: set[str]) -> frozenset[str]:
    """Those of the streams that belong to specimens."""
    hidden: set[str] = set()
    for table, stream_of in ((exchanges, exchange_stream), (agreements, agreement_stream)):
        ids = [stream.partition("/")[2] for stream in streams if stream.startswith(stream_of(""))]
        found = connection.scalars(select(table.c.id).where(table.c.id.in_(ids), table.c.specimen == 1))
        hidden |= {stream_of(one) for one in found}
    return frozenset(hidden)
