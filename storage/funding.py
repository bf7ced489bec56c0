# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Funding sources in the database, and what each sets aside for each exchange."""

from dataclasses import asdict
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from cycle.funding import FundingSource
from ledger.event import Event, Tip
from storage import streams
from storage.prepared import Prepared, upserting
from storage.tables import allocations, funding_sources

STREAM = "funding/"


class Loaded(NamedTuple):
    """A source with the tip of its stream."""

    standing: FundingSource
    tip: Tip


def stream_of(source: str) -> str:
    return STREAM + source


def load_locked(connection: Connection, source: str) -> Loaded | None:
    """A source; nobody else extends its stream meanwhile, so what is left of it stays left."""
    tip = streams.lock(connection, [stream_of(source)])[stream_of(source)]
    row = _load.first(connection, {"source": source})
    return Loaded(source_of(row), tip) if row else None


def load(connection: Connection, source: str) -> FundingSource | None:
    """A source as it stands."""
    row = _load.first(connection, {"source": source})
    return source_of(row) if row else None


def allocated(connection: Connection, source: str, exchange: str) -> str:
    """What a source sets aside for an exchange, `0` when it never did."""
    row = _allocated.first(connection, {"source": source, "exchange": exchange})
    return str(row.amount) if row else "0"


def row_of(standing: FundingSource) -> dict[str, Any]:
    """The row of `funding_sources` for a source."""
    row = asdict(standing)
    return {"id": row.pop("source"), **row}


def allocation_row(event: Event) -> dict[str, Any]:
    """The row of `allocations` that an allocation writes."""
    source = event.stream.removeprefix(STREAM)
    return {
        "source": source,
        "exchange": event.payload["exchange"],
        "amount": event.payload["amount"],
        "seq": event.seq,
    }


def add(connection: Connection, standing: FundingSource) -> None:
    """Stores a new source."""
    _add(connection, row_of(standing))


def save(connection: Connection, standing: FundingSource, event: Event) -> None:
    """Writes a source and the allocation that its last event changed."""
    _save(connection, {**row_of(standing), "key": standing.source})
    _save_allocation(connection, allocation_row(event))


def source_of(row: Any) -> FundingSource:
    values = row._asdict()
    return FundingSource(source=values.pop("id"), **values)


_load = Prepared(select(funding_sources).where(funding_sources.c.id == bindparam("source")))
_allocated = Prepared(
    select(allocations.c.amount).where(
        allocations.c.source == bindparam("source"), allocations.c.exchange == bindparam("exchange")
    )
)
_add = Prepared(funding_sources.insert())
_save = Prepared(
    update(funding_sources)
    .where(funding_sources.c.id == bindparam("key"))
    .values({column.name: bindparam(column.name) for column in funding_sources.columns if column.name != "id"})
)
_save_allocation = Prepared(upserting(allocations))
