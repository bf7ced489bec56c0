# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Exports: every exchange and every event, always in the same order, without specimens, formulas or sealed values."""

import csv
import io
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import canonical_bytes
from observatory.exports import COLUMNS, FORMULA, PAGE, csv_lines, jsonl_lines, safe
from services import agreements, exchanges, funding
from services.importing.bringing_in import import_file
from storage.store import Store
from storage.tables import events as events_table
from tests.cast import ANA, BRUNO, PAULA
from tests.house import PROGRAMME, House, furnish

EXAMPLE = Path(__file__).parents[2] / "examples" / "colombia-sur-sur" / "projects.csv"


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def exported_csv(house: House, *, specimens: bool = False) -> list[dict[str, str]]:
    with house.desk.store.read() as connection:
        text = "".join(csv_lines(connection, specimens=specimens))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def exported_jsonl(house: House, *, specimens: bool = False) -> list[dict[str, Any]]:
    with house.desk.store.read() as connection:
        return [json.loads(line) for line in jsonl_lines(connection, specimens=specimens)]


def test_a_line_says_where_an_exchange_stands(house: House) -> None:
    exchange = house.matched("Natural rubber")
    house.clock.on(days=1)
    (row,) = exported_csv(house)

    assert list(row) == list(COLUMNS)
    assert {name: row[name] for name in ("reference", "title", "stage", "lifecycle", "offers", "asks", "origin")} == {
        "reference": house.reference(exchange),
        "title": "Natural rubber",
        "stage": "demand",
        "lifecycle": "active",
        "offers": "BR",
        "asks": "PE",
        "origin": "entered",
    }
    assert row["institutions"] == "BR: Ministério do Trabalho; PE: Ministerio de Trabajo"
    assert (row["source"], row["review_on"], row["programme"]) == ("", "", "regional-initiative@1")


def test_an_imported_register_comes_out_with_its_line_breaks_keys_and_flags(house: House) -> None:
    done = import_file(house.desk, ANA, EXAMPLE)
    rows = {row["source"]: row for row in exported_csv(house)}

    assert len(rows) == 55
    assert {f"colombia-aims:{row['key']}" for row in done["new"]} == set(rows)
    assert {row["title"] for row in done["new"]} == {row["title"] for row in rows.values()}
    assert rows["colombia-aims:COL609"]["flags"] == "country_code_wrong"
    assert rows["colombia-aims:COL604"]["offers"] == "outside-CN"


def test_an_export_is_the_same_each_time_also_over_many_pages(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    import_file(house.desk, ANA, EXAMPLE)
    whole = (exported_csv(house), exported_jsonl(house))

    monkeypatch.setattr("observatory.exports.PAGE", 7)

    assert (exported_csv(house), exported_jsonl(house)) == whole
    assert PAGE > 7


def test_the_ledger_comes_out_whole_and_each_line_proves_itself(house: House) -> None:
    import_file(house.desk, ANA, EXAMPLE)
    exchange = house.committed()
    source = funding.register_source(
        house.desk, ANA, donor="Fund", project_code="X", currency="USD", amount="10", from_on="2026-01-01"
    )["source"]
    funding.allocate(house.desk, ANA, source=source, exchange=exchange, amount="7")
    lines = exported_jsonl(house)

    with house.desk.store.read() as connection:
        stored = connection.execute(events_table.select()).all()
    assert [(line["stream"], line["seq"]) for line in lines] == sorted((row.stream, row.seq) for row in stored)
    for line in lines:
        told = line.pop("hash")
        assert sha256(canonical_bytes(line)).hexdigest() == told


def test_specimens_are_left_out_unless_asked_for(house: House) -> None:
    real = house.offered("Real")
    parties = [{"party": "BR", "role": "offers"}, {"party": "PE", "role": "asks"}]
    walked = exchanges.draft_exchange(
        house.desk,
        BRUNO,
        programme=PROGRAMME,
        title="Walked",
        door="offer",
        weight="standard",
        parties=parties,
        origin="walked",
    )["exchange"]
    agreement = agreements.draft_agreement(house.desk, ANA, exchange=walked, title="Of a walk", register="non_binding")[
        "agreement"
    ]

    assert [row["title"] for row in exported_csv(house)] == ["Real"]
    assert sorted(row["title"] for row in exported_csv(house, specimens=True)) == ["Real", "Walked"]
    streams = {line["stream"] for line in exported_jsonl(house)}
    assert f"exchange/{real}" in streams
    assert {f"exchange/{walked}", f"agreement/{agreement}"}.isdisjoint(streams)
    more = {line["stream"] for line in exported_jsonl(house, specimens=True)} - streams
    assert more == {f"exchange/{walked}", f"agreement/{agreement}"}


def test_a_sealed_value_is_never_exported(house: House) -> None:
    exchange = house.committed()
    agreement = agreements.draft_agreement(
        house.desk, ANA, exchange=exchange, title="Memorandum", register="non_binding"
    )["agreement"]
    agreements.take_step(house.desk, ANA, agreement, "open_negotiation")
    said = {"party": "PE", "name": "Somebody Nameable", "title": "Viceministerio", "institution": "Ministerio"}
    agreements.list_signatory(house.desk, PAULA, agreement, said)

    told = json.dumps([exported_jsonl(house, specimens=True), exported_csv(house, specimens=True)])
    assert "Nameable" not in told
    assert "sealed" in told


def test_a_title_that_would_be_computed_is_text(house: House) -> None:
    house.draft('=HYPERLINK("javascript:x","y")', BRUNO)
    (row,) = exported_csv(house)
    assert row["title"] == '\'=HYPERLINK("javascript:x","y")'
    assert exported_jsonl(house)[0]["payload"]["title"] == '=HYPERLINK("javascript:x","y")'


@given(st.text())
def test_no_cell_begins_like_a_formula(text: str) -> None:
    cell = safe(text)
    assert not cell.startswith(FORMULA)
    assert cell in (text, f"'{text}")


def test_every_sign_that_begins_a_formula_is_known() -> None:
    assert {safe(sign) for sign in "=+-@\t\r"} == {f"'{sign}" for sign in "=+-@\t\r"}
