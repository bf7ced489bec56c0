# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Projections: whatever became of a derived row, the events bring it back."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, delete, insert, select, update

from ledger.event import Event
from minga.commands.projections import explain
from people.actors import OPERATOR
from services.agreements import draft_agreement
from services.errors import Refused
from services.exchanges import order_paper
from services.funding import allocate, register_source
from services.projections import Explained, Rebuilt, Zone, rebuild
from storage import flow
from storage.store import Store
from storage.tables import (
    agreements,
    allocations,
    coverage,
    exchanges,
    facts,
    flow_base,
    funding_sources,
    papers,
    parties,
)
from storage.tables import flow as tail
from tests.cast import ALDO, ANA, BRUNO
from tests.house import House, furnish

DERIVED = (exchanges, parties, facts, agreements, coverage, papers, funding_sources, allocations)


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    """A house with a funded exchange under a draft agreement, a specimen and a draft, half of it folded."""
    house = furnish(store, tmp_path)
    exchange = house.committed()
    house.desk.store.write(flow.fold)
    draft_agreement(house.desk, ANA, exchange=exchange, title="Natural rubber", register="non_binding")
    order_paper(house.desk, ANA, exchange, "roadmap")
    given = {"donor": "a fund", "project_code": "F-1", "currency": "USD", "amount": "1000", "from_on": "2026-01-01"}
    source = str(register_source(house.desk, ANA, **given)["source"])
    allocate(house.desk, ANA, source=source, exchange=exchange, amount="400")
    house.offered("A walked one", origin="walked")
    house.draft()
    return house


def rows(house: House) -> dict[str, list[tuple[object, ...]]]:
    """Every derived row, and every figure as base and tail sum it."""
    with house.desk.store.read() as connection:
        kept = {table.name: sorted(map(tuple, connection.execute(select(table)))) for table in DERIVED}
        return {**kept, "flow": _figures(connection)}


def _figures(connection: Connection) -> list[tuple[object, ...]]:
    asked = ((country, specimen) for country in ("*", "BR", "PE") for specimen in (0, 1))
    today = "2026-11-23"
    return [flow.totals(connection, "regional-initiative", today, today, *which) for which in asked]


def again(house: House) -> Rebuilt:
    return rebuild(house.desk, OPERATOR, explain)


def test_where_nothing_is_wrong_nothing_is_written(house: House) -> None:
    before = rows(house)
    assert again(house) == Rebuilt(streams=5)
    assert rows(house) == before


def test_everything_derived_comes_back_from_the_events(house: House) -> None:
    before = rows(house)
    everything = (*DERIVED, tail, flow_base)
    house.desk.store.write(lambda connection: [connection.execute(delete(table)) for table in everything] and None)
    assert rows(house) != before
    done = again(house)
    assert (done.streams, done.mended) == (5, 5)
    assert done.figures > 0
    assert rows(house) == before
    assert again(house) == Rebuilt(streams=5)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (exchanges, {"title": "another"}),
        (parties, {"roles": "supports"}),
        (facts, {"status": "other"}),
        (agreements, {"title": "another"}),
        (coverage, {"since_seq": 9}),
        (papers, {"kind": "poem"}),
        (funding_sources, {"allocated": "0"}),
        (allocations, {"amount": "999"}),
    ],
)
def test_an_edited_row_says_again_what_happened(house: House, table: Table, change: dict[str, object]) -> None:
    before = rows(house)
    house.desk.store.write(lambda connection: connection.execute(update(table).values(change)).rowcount)
    assert again(house).mended > 0
    assert rows(house) == before


def test_edited_figures_sum_up_again(house: House) -> None:
    before = rows(house)
    house.desk.store.write(lambda connection: connection.execute(update(flow_base).values(delta=7)).rowcount)
    assert again(house).figures > 0
    assert rows(house) == before
    house.desk.store.write(flow.fold)
    assert rows(house) == before


def test_a_row_of_no_stream_is_taken_out(house: House) -> None:
    before = rows(house)
    stray = {
        "exchange": "nobody",
        "party": "BR",
        "kind": "country",
        "roles": "asks",
        "joined_on": "2026-01-01",
        "seq": 1,
    }
    house.desk.store.write(lambda connection: connection.execute(insert(parties), stray).rowcount)
    assert again(house).strays == 1
    assert rows(house) == before


def test_only_those_who_run_the_house_rebuild_it(house: House) -> None:
    for who in (ALDO, BRUNO):
        with pytest.raises(Refused):
            rebuild(house.desk, who.actor, explain)


def test_a_move_made_meanwhile_is_counted_once(house: House) -> None:
    exchange = house.offered("On its way")
    moved: list[str] = []

    def disturbed(stream: str, events: Iterable[Event], zone: Zone) -> Explained:
        told = explain(stream, events, zone)
        if stream == f"exchange/{exchange}" and not moved:
            moved.append(stream)
            house.move(BRUNO, exchange, "withdraw", reason="a change of plans")
        return told

    assert rebuild(house.desk, OPERATOR, disturbed).figures == 0
    assert moved
    before = rows(house)
    assert again(house) == Rebuilt(streams=6)
    assert rows(house) == before
