# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Drift: rows that differ from what the events explain, column by column; rows nobody explains; rows that are gone."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from ledger.findings import Damage, Finding
from observatory.audit.finding import shown, shown_both
from observatory.audit.walking import KEYS, in_order

Row = Mapping[str, Any]
NESTED = frozenset({"standing", "body"})
HASHED_TEXTS = ("document", "source")


def with_digests(row: Row) -> Row:
    """A row of `programmes` with digests for its texts, as its event holds them."""
    return {**row, **{name: sha256(in_order(row[name])).hexdigest() for name in HASHED_TEXTS}}


def drift(table: str, stream: str, seq: int, stored: Iterable[Row], explained: Iterable[Row]) -> Iterator[Finding]:
    """What differs in one table's rows of one stream, whose last event is `seq`."""
    keys = KEYS[table]
    awaited = {_key(row, keys): row for row in explained}
    for row in stored:
        key = _key(row, keys)
        expected = awaited.pop(key, None)
        if expected is None:
            yield _row_finding(table, stream, seq, keys, key, stored=True)
        else:
            yield from _columns(table, stream, seq, row, expected)
    for key in awaited:
        yield _row_finding(table, stream, seq, keys, key, stored=False)


def _key(row: Row, keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in keys)


def _columns(table: str, stream: str, seq: int, row: Row, expected: Row) -> Iterator[Finding]:
    for column, should in expected.items():
        found = row[column]
        if found == should and type(found) is type(should):
            continue
        place = f"{table}.{column}"
        text = f"column {column} of {table} is not what the events explain"
        inner = _inner(found, should) if column in NESTED else None
        if inner:
            text += f": it differs in {inner[2]}"
        one, other = inner[:2] if inner else (found, should)
        yield Finding(Damage.PROJECTION_DRIFT, stream, seq, place, *shown_both(one, other), text)


def _inner(found: str, should: str) -> tuple[str, str, str] | None:
    """Only the members in which two JSON objects differ, and their names; None where that cannot be told."""
    try:
        stored, expected = json.loads(found), json.loads(should)
    except (ValueError, RecursionError):
        return None
    if not isinstance(stored, dict):
        return None
    names = [name for name in sorted({*stored, *expected}) if stored.get(name) != expected.get(name)]
    cut = [{name: said[name] for name in names if name in said} for said in (stored, expected)]
    return (json.dumps(cut[0]), json.dumps(cut[1]), ", ".join(names)) if names else None


def _row_finding(
    table: str, stream: str, seq: int, keys: Sequence[str], key: tuple[Any, ...], *, stored: bool
) -> Finding:
    name = ", ".join(f"{column} {shown(value)}" for column, value in zip(keys, key, strict=True))
    text = f"a row of {table} that no event explains" if stored else f"a row of {table} that events explain is gone"
    found, expected = (name, "(no row)") if stored else ("(no row)", name)
    return Finding(Damage.PROJECTION_DRIFT, stream, seq, table, found, expected, text)
