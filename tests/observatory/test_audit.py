# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ledger.findings import Damage
from observatory.audit import MEANING, Report, streams_named
from observatory.audit.walking import PLACES
from observatory.errors import NotFound
from storage.rosters import PARTS
from storage.store import Store
from storage.tables import metadata
from tests.observatory.forgery import stream_of
from tests.observatory.ledgers import Attacker, Settings, attacking, audited, copy_of_sqlite

MUTATIONS = 80
SUMMED = ("flow", "flow_base")
SIGN_IN = ("passwords", "recovery_codes", "second_factors", "sessions", "sign_in_links", "sign_in_tries")
ABOUT_PERSONS = ("evidence_readings", "invitation_keys", "invitations", "persons", "tokens", *SIGN_IN)
NOT_DERIVED = ("counters", "idempotency", "outbox", "settings", *ABOUT_PERSONS)
ROSTERS = ("rosters", *(part.table.name for part in PARTS))
EMPTY_HERE = ("allocations", "funding_sources", *ROSTERS)
NUMBERING = ("flow", "id")

ATTACKED = [
    (table, column.name)
    for table in sorted({*PLACES, *SUMMED} - set(EMPTY_HERE))
    for column in metadata.tables[table].columns
    if (table, column.name) != NUMBERING
]
DAMAGE = {
    "events": Damage.ALTERED_EVENT,
    "streams": Damage.STREAM_ROW_DIFFERS,
    "sealed": Damage.SEALED_VALUE_DIFFERS,
}


def keys(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].primary_key.columns]


def rows_of(attacker: Attacker, table: str) -> list[dict[str, Any]]:
    """All rows of a table, those of drawn papers first."""
    names = list(metadata.tables[table].columns.keys())
    order = ", ".join([*(["sha256 IS NULL"] if table == "papers" else []), *keys(table)])
    found = attacker.rows(f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}")
    return [{name: typed(table, name, value) for name, value in zip(names, row, strict=True)} for row in found]


def typed(table: str, column: str, value: Any) -> Any:
    """The driver may give bytes as text, and text as bytes where it is none."""
    if metadata.tables[table].columns[column].type.python_type is not bytes:
        return value
    return value.encode() if isinstance(value, str) else bytes(value)


def another(table: str, column: str, old: Any) -> Any:
    """A value of the column's own type, other than the one it has."""
    kind = metadata.tables[table].columns[column].type.python_type
    if kind is int:
        return 1 if old is None else old + (1000 if column in keys(table) else 1)
    if kind is bytes:
        return flipped(old, len(old) - 1)
    return "x" if old is None else f"{old}x"


def flipped(old: Any, place: int, bit: int = 0) -> bytes:
    """The bytes with one bit turned over."""
    raw = bytearray(old.encode() if isinstance(old, str) else old)
    raw[place] ^= 1 << bit
    return bytes(raw)


@contextmanager
def changed(attacker: Attacker, table: str, row: dict[str, Any], column: str, new: Any) -> Iterator[None]:
    """Inside, one column of one row says something else, and every trigger is there as if nothing had been."""
    written = "CAST(? AS TEXT)" if isinstance(new, bytes) and isinstance(row[column], str) else "?"
    now = {**row, column: new}
    set_it = f"UPDATE {table} SET {column} = {written} WHERE {' AND '.join(f'{key} = ?' for key in keys(table))}"
    find_it = " AND ".join(f"{key} = {written if key == column else '?'}" for key in keys(table))
    with attacker.unseen():
        assert attacker.run(set_it, new, *(row[key] for key in keys(table))) == 1
    try:
        yield
    finally:
        with attacker.unseen():
            attacker.run(
                f"UPDATE {table} SET {column} = ? WHERE {find_it}", row[column], *(now[k] for k in keys(table))
            )


def names(place: str, table: str, column: str) -> bool:
    """Whether a finding's place is that column; for a key or the stream it is the whole row, for sums their total."""
    if table in SUMMED:
        return place == "flow_base.delta"
    if table == "sealed" or column in keys(table) or column == PLACES[table].column:
        return place.partition(".")[0] == table
    return place == f"{table}.{column}"


def test_every_table_is_walked_summed_or_known_to_follow_from_no_event() -> None:
    assert sorted({*PLACES, *SUMMED, *NOT_DERIVED}) == sorted(metadata.tables)


def test_every_kind_of_damage_has_its_words() -> None:
    assert sorted(MEANING) == sorted(Damage)


def test_a_ledger_nobody_touched_is_clean(ledger: Settings) -> None:
    report = audited(ledger)
    assert (report.kept, report.exit_code) == ([], 0)
    assert report.waiting == report.read["events"] == 42


@pytest.mark.parametrize(("table", "column"), ATTACKED, ids=[f"{table}.{column}" for table, column in ATTACKED])
def test_an_edit_of_any_column_is_found_and_named(restored_ledger: Settings, table: str, column: str) -> None:
    with attacking(restored_ledger) as attacker:
        row = rows_of(attacker, table)[0]
        with changed(attacker, table, row, column, another(table, column, row[column])):
            report = audited(restored_ledger)
    assert report.exit_code == DAMAGE.get(table, Damage.PROJECTION_DRIFT)
    assert any(names(finding.column, table, column) for finding in report.kept)
    assert all(finding.stored != finding.expected for finding in report.kept)


def test_whoever_puts_back_what_they_changed_leaves_it_clean(restored_ledger: Settings) -> None:
    assert audited(restored_ledger).kept == []


def mutated(settings: Settings, chance: random.Random) -> tuple[str, Report]:
    """One bit of one value somewhere turned over, and what the audit says of it."""
    with attacking(settings) as attacker:
        table, column = chance.choice([place for place in ATTACKED if place[0] != "flow"])
        row = chance.choice(rows_of(attacker, table))
        old = row[column]
        if old is None or old in ("", b""):
            new: Any = another(table, column, old)
        elif isinstance(old, int):
            new = old ^ (1 << chance.randrange(20, 30))
        else:
            length = len(old.encode() if isinstance(old, str) else old)
            new = flipped(old, chance.randrange(length), chance.randrange(8))
        with changed(attacker, table, row, column, new):
            return f"{table}.{column}: {old!r} became {new!r}", audited(settings)


def test_one_bit_turned_over_anywhere_is_always_found(populated_sqlite: Settings, tmp_path: Path) -> None:
    ledger, chance = copy_of_sqlite(populated_sqlite, tmp_path), random.Random(2026)
    tried = [mutated(ledger, chance) for _ in range(MUTATIONS)]
    assert [where for where, report in tried if report.is_clean] == []
    assert audited(ledger).is_clean


def test_one_exchange_alone_is_verified_with_its_programme(ledger: Settings) -> None:
    store = Store.open(ledger.database_url, group_commit=False)
    with store.read() as connection:
        only = streams_named(connection, "SSC-2026-0001")
        with pytest.raises(NotFound):
            streams_named(connection, "SSC-2026-9999")
    store.close()
    with attacking(ledger) as attacker, attacker.unseen():
        exchange, agreement = (stream_of(attacker, kind) for kind in ("exchange", "agreement"))
        attacker.run("UPDATE agreements SET title = 'other'")
        elsewhere = audited(ledger, only=only)
        attacker.run("UPDATE exchanges SET title = 'other' WHERE reference IS NOT NULL")
    here = audited(ledger, only=only)
    assert sorted(stream.partition("/")[0] for stream in only) == ["exchange", "programme"]
    assert {exchange} < only
    assert agreement not in only
    assert [finding.code for finding in elsewhere.kept if finding.code is not Damage.TRIGGER_MISSING] == []
    assert [(finding.stream, finding.column) for finding in here.kept] == [(exchange, "exchanges.title")]
