# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exchanges in the database: the standing loaded in one SELECT, and saved with its parties and items.

The row, the parties and the facts are exactly what folding the stream gives; the audit compares them column by column.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, select, update

from cycle.items import Item
from cycle.standing import Standing
from ledger.canonical import spelled
from ledger.event import Tip
from storage import search
from storage.prepared import Prepared, upserting
from storage.tables import exchanges, facts, parties, streams

STREAM = "exchange/"
_COLUMNS = tuple(column.name for column in exchanges.columns if column.name != "standing")
_DERIVED = ("specimen", "awaited_on")
_TOP = tuple(name for name in _COLUMNS if name not in ("id", *_DERIVED))
_top_of = attrgetter(*_TOP)
_INSIDE = tuple(f.name for f in fields(Standing) if f.name not in _TOP and f.name != "exchange")
_inside_of = attrgetter(*_INSIDE)


class Loaded(NamedTuple):
    """A standing with the tip of its stream."""

    standing: Standing
    tip: Tip


def stream_of(exchange: str) -> str:
    return STREAM + exchange


def load(connection: Connection, exchange: str, *, lock: bool = False) -> Loaded | None:
    """An exchange by id; locked, nobody else extends its stream meanwhile."""
    statement = _load_locked if lock else _load
    row = statement.first(connection, {"exchange": exchange, "stream": stream_of(exchange)})
    return Loaded(standing_of(row), Tip(row.seq, row.tip)) if row else None


def id_of(connection: Connection, reference: str) -> str | None:
    """The id behind a reference (SSC-2026-0042); an id is taken as it is."""
    row = _by_reference.first(connection, {"reference": reference})
    return row.id if row else None


def standing_of(row: Any) -> Standing:
    """The standing a row of `exchanges` holds."""
    inside = orjson.loads(row.standing)
    inside["owed"] = tuple(inside["owed"])
    return Standing(exchange=row.id, **inside, **dict(zip(_TOP, _top_of(row), strict=True)))


def row_of(standing: Standing) -> dict[str, Any]:
    """The row of `exchanges` for a standing, standing column included."""
    inside = dict(zip(_INSIDE, _inside_of(standing), strict=True))
    row = dict(zip(_TOP, _top_of(standing), strict=True))
    derived = {"specimen": int(standing.is_specimen), "awaited_on": standing.awaited_on}
    return {**row, **derived, "id": standing.exchange, "standing": _spelled(inside)}


def _spelled(inside: dict[str, Any]) -> str:
    """As the ledger spells, in an eighth of the time: this is not hashed, and tests/storage/test_exchanges.py compares the two."""
    return orjson.dumps(inside, option=orjson.OPT_SORT_KEYS).decode()


def party_rows(standing: Standing) -> list[dict[str, Any]]:
    """The rows of `parties` for a standing: those who belong or belonged; who only answered is not yet in."""
    return [
        {
            "exchange": standing.exchange,
            "party": code,
            "kind": party["kind"],
            "roles": ",".join(party["roles"]),
            "institution": party["institution"],
            "joined_on": party["joined_on"],
            "left_on": party["left_on"],
            "seq": party["seq"],
        }
        for code, party in sorted(standing.parties.items())
        if party["joined_on"]
    ]


def item_row(exchange: str, item: Item) -> dict[str, Any]:
    """The row of `facts` for an item."""
    return {
        "exchange": exchange,
        "item": item.item,
        "kind": item.kind,
        "party": item.party,
        "happens_on": item.happens_on,
        "status": item.status,
        "body": spelled(item.body),
        "struck": int(item.struck),
        "said_seq": item.said_seq,
        "changed_seq": item.changed_seq,
    }


def save(connection: Connection, before: Standing | None, after: Standing, items: Iterable[Item]) -> None:
    """Writes the standing an exchange came to, its changed parties, the items that were touched, and its words."""
    touched = tuple(items)
    if before is None:
        _insert(connection, row_of(after))
    else:
        _update(connection, {**row_of(after), "key": after.exchange})
    if before is None or before.parties is not after.parties:
        _save_parties.many(connection, party_rows(after))
    _save_item.many(connection, [item_row(after.exchange, item) for item in touched])
    if before is None or _reads_otherwise(before, after) or any(item.kind == search.SHEET for item in touched):
        search.keep(connection, after.exchange, after.title, after.reference, after.parties)


def _reads_otherwise(before: Standing, after: Standing) -> bool:
    """Whether an exchange is found by other words than before, its sheets apart."""
    named = (before.title, before.reference) != (after.title, after.reference)
    return named or before.parties is not after.parties


def load_item(connection: Connection, exchange: str, item: str) -> Item | None:
    """One item by name."""
    row = _load_item.first(connection, {"exchange": exchange, "item": item})
    return _item_of(row) if row else None


def load_items(connection: Connection, exchange: str) -> Iterator[Item]:
    """Every item of an exchange, in the order in which they were first said."""
    for row in _load_items.rows(connection, {"exchange": exchange}):
        yield _item_of(row)


def _item_of(row: Any) -> Item:
    body: Mapping[str, Any] = json.loads(row.body)
    return Item(
        row.item,
        row.kind,
        row.party,
        row.happens_on,
        row.status,
        body,
        bool(row.struck),
        row.said_seq,
        row.changed_seq,
    )


_joined = select(exchanges, streams.c.tip).where(
    exchanges.c.id == bindparam("exchange"), streams.c.id == bindparam("stream")
)
_load = Prepared(_joined)
# Both rows: PostgreSQL reads again, after a wait, only what it locks; the standing would else be older than its tip.
_load_locked = Prepared(_joined.with_for_update(of=(exchanges, streams)))
_by_reference = Prepared(select(exchanges.c.id).where(exchanges.c.reference == bindparam("reference")))
_insert = Prepared(exchanges.insert())
_update = Prepared(
    update(exchanges)
    .where(exchanges.c.id == bindparam("key"))
    .values({column.name: bindparam(column.name) for column in exchanges.columns if column.name != "id"})
)
_save_parties = Prepared(upserting(parties))
_save_item = Prepared(upserting(facts))
_load_item = Prepared(select(facts).where(facts.c.exchange == bindparam("exchange"), facts.c.item == bindparam("item")))
_load_items = Prepared(
    select(facts).where(facts.c.exchange == bindparam("exchange")).order_by(facts.c.said_seq, facts.c.item)
)
