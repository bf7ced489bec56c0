# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Papers in the database: ordered by an event, owed by the outbox, drawn by another event."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cycle.events import PAPER_DRAWN_UP, PAPER_ORDERED
from ledger.canonical import canonical_text
from ledger.event import Event
from storage import outbox
from storage.tables import papers

DUTY = "draw_up_paper"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as stored; `sha256`, `bytes` and `pages` once it is drawn."""

    id: str
    stream: str
    exchange: str | None
    agreement: str | None
    kind: str
    languages: tuple[str, ...]
    version: int
    ordered_seq: int
    ordered_at: str
    status: str
    drawn_at: str | None
    sha256: str | None
    bytes: int | None
    pages: int | None


def ordered_row(event: Event, *, exchange: str | None = None, agreement: str | None = None) -> dict[str, Any]:
    """The row that a PaperOrdered event opens."""
    return {
        "id": event.payload["paper"],
        "stream": event.stream,
        "exchange": exchange,
        "agreement": agreement,
        "kind": event.payload["kind"],
        "languages": ",".join(event.payload["languages"]),
        "version": event.payload["version"],
        "ordered_seq": event.seq,
        "ordered_at": event.recorded_at,
        "status": "ordered",
    }


def drawn_values(event: Event) -> dict[str, Any]:
    """What a PaperDrawnUp event adds to the row."""
    made = {name: event.payload[name] for name in ("sha256", "bytes", "pages")}
    return {**made, "status": "drawn", "drawn_at": event.recorded_at}


def hear(connection: Connection, event: Event, *, exchange: str | None = None, agreement: str | None = None) -> None:
    """Stores what an event says of a paper of this exchange or agreement; of any other event, nothing."""
    if event.type == PAPER_ORDERED:
        _order(connection, event, exchange, agreement)
    elif event.type == PAPER_DRAWN_UP:
        drawn = update(papers).where(papers.c.id == event.payload["paper"])
        connection.execute(drawn.values(drawn_values(event)))


def _order(connection: Connection, event: Event, exchange: str | None, agreement: str | None) -> None:
    """An ordered paper and the duty to draw it up, in the transaction of the event."""
    row = ordered_row(event, exchange=exchange, agreement=agreement)
    connection.execute(insert(papers), row)
    outbox.add(
        connection,
        duty_id=row["id"],
        duty=DUTY,
        subject=event.stream,
        payload=canonical_text({"paper": row["id"]}),
        key=f"{DUTY}/{row['id']}",
        now=event.recorded_at,
    )


def find(connection: Connection, paper: str) -> PaperRow | None:
    """A paper by id."""
    row = connection.execute(select(papers).where(papers.c.id == paper)).first()
    return _row(row) if row else None


def of_exchange(connection: Connection, exchange: str) -> tuple[PaperRow, ...]:
    """The papers about one exchange, in the order in which they were ordered."""
    query = select(papers).where(papers.c.exchange == exchange).order_by(papers.c.ordered_at, papers.c.id)
    return tuple(_row(row) for row in connection.execute(query))


def of_agreement(connection: Connection, agreement: str) -> tuple[PaperRow, ...]:
    """The papers of one agreement, in the order in which they were ordered."""
    query = select(papers).where(papers.c.agreement == agreement).order_by(papers.c.ordered_at, papers.c.id)
    return tuple(_row(row) for row in connection.execute(query))


def _row(row: Any) -> PaperRow:
    said = dict(row._mapping)
    return PaperRow(**{**said, "languages": tuple(said["languages"].split(","))})
