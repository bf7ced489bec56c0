# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Recording: events, standing, parties, items, flow and ordered papers are written together or not at all."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Connection, select

from ledger.chain import extend
from ledger.event import Draft, Event
from people.actors import Actor, Role
from services.asking import Asking
from services.errors import Refused
from services.recording import drafts_of
from storage import exchanges as stored
from storage import flow
from storage.tables import flow as flow_table
from storage.tables import papers
from tests.cast import ANA, PAULA
from tests.house import House
from tests.journey import reach
from tests.services.whole import assert_explained, everything, history


def ordered(house: House) -> list[tuple[str, str, int]]:
    with house.desk.store.read() as connection:
        rows = connection.execute(select(papers).order_by(papers.c.kind, papers.c.languages, papers.c.version))
        return [(row.kind, row.languages, row.version) for row in rows]


def test_entering_accompaniment_and_closing_order_their_papers(house: House) -> None:
    journey = reach(house, "action")
    assert {kind for kind, _, _ in ordered(house)} == {"agreement"}

    journey.accompaniment()
    assert {kind for kind, _, _ in ordered(house)} == {"agreement", "roadmap"}

    journey.feedback()
    journey.closed()
    assert {kind for kind, _, _ in ordered(house)} == {"agreement", "roadmap", "good-practice"}


def test_a_stage_entered_again_orders_the_next_version_of_its_paper(house: House) -> None:
    journey = reach(house, "accompaniment")
    first = [row for row in ordered(house) if row[0] == "roadmap"]
    journey.move(PAULA, "return_to_action", reason="a measure more")
    assert [row for row in ordered(house) if row[0] == "roadmap"] == first

    journey.move(PAULA, "begin_accompaniment")

    again = [row for row in ordered(house) if row[0] == "roadmap"]
    assert again == sorted([*first, *((kind, languages, 2) for kind, languages, _ in first)])


def board(house: House, country: str) -> dict[tuple[str, str], int]:
    with house.desk.store.read() as connection:
        found: dict[tuple[str, str], int] = {}
        for row in connection.execute(select(flow_table).where(flow_table.c.country == country)):
            found[row.stage, row.lifecycle] = found.get((row.stage, row.lifecycle), 0) + row.delta
    return {place: count for place, count in found.items() if count}


def test_flow_counts_each_exchange_once_and_each_country_where_it_stands(house: House) -> None:
    journey = reach(house, "execution")
    journey.state(ANA, "join_party", party="CL", role="supports")
    journey.move(ANA, "suspend", reason="elections", review_on="2027-06-01")
    here = {("execution", "suspended"): 1}
    assert [board(house, country) for country in ("*", "BR", "PE", "CL", "AR")] == [here, here, here, here, {}]

    journey.state(ANA, "leave_party", party="CL", reason="r")
    journey.move(ANA, "resume", reason="r")

    assert board(house, "CL") == {}
    assert board(house, "*") == {("execution", "active"): 1}


def test_a_replaced_party_gives_its_place_in_the_flow_to_its_successor(house: House) -> None:
    journey = reach(house, "execution")
    journey.state(ANA, "join_party", party="AR", role="supports")
    journey.state(Asking(Actor("a", Role.FOCAL_POINT, "AR")), "succession", party="AR", replaces="BR")
    journey.state(PAULA, "succession_agreed", replaces="BR")
    journey.move(ANA, "replace_party", old="BR", new="AR", reason="r")

    assert (board(house, "BR"), board(house, "AR")) == ({}, {("execution", "active"): 1})
    assert_explained(house.desk, journey.exchange)


def test_a_work_that_fails_after_writing_leaves_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk refuses the very last write of the move."""
    exchange = house.matched()
    before = everything(house.desk)

    def broken(connection: Connection, rows: Any) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(flow, "add", broken)
    with pytest.raises(OSError, match="no space"):
        house.move(ANA, exchange, "withdraw", reason="r")
    assert everything(house.desk) == before

    monkeypatch.undo()
    assert house.move(ANA, exchange, "withdraw", reason="r")["lifecycle"] == "withdrawn"


def test_the_ledger_never_records_backwards_when_the_clock_is_put_back(house: House) -> None:
    exchange = house.matched()
    last = history(house.desk, f"exchange/{exchange}")[-1].recorded_at
    house.clock.on(hours=-3)

    with pytest.raises(Refused, match="no earlier"):
        house.move(ANA, exchange, "withdraw", reason="r")
    house.state(PAULA, exchange, "marker", egir="1")

    assert history(house.desk, f"exchange/{exchange}")[-1].recorded_at == last


def test_every_event_says_who_for_whom_and_under_which_rules(house: House) -> None:
    exchange = house.matched()
    telling = replace(ANA, actor=replace(ANA.actor, on_behalf_of="PE"))
    house.state(telling, exchange, "contribution", party="PE", none=True)

    event = history(house.desk, f"exchange/{exchange}")[-1]
    assert (event.actor, event.on_behalf_of, event.programme_version) == ("ana", "PE", "regional-initiative@1")


def test_the_row_is_what_the_events_add_up_to_at_every_stage(house: House) -> None:
    journey = reach(house, "feedback")
    events = history(house.desk, f"exchange/{journey.exchange}")

    assert_explained(house.desk, journey.exchange)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    with house.desk.store.read() as connection:
        loaded = stored.load(connection, journey.exchange)
    assert loaded is not None
    assert (loaded.tip.seq, loaded.tip.hash) == (events[-1].seq, events[-1].hash)


def test_the_chain_of_a_stream_can_be_made_again(house: House) -> None:
    exchange = house.matched()
    events = history(house.desk, f"exchange/{exchange}")

    assert all(_again(before, event) == event.hash for before, event in pairwise(events))
    assert drafts_of(()) == []


def _again(before: Event, event: Event) -> str:
    (made,) = extend(
        event.stream,
        before.tip,
        [Draft(event.type, event.payload)],
        actor=event.actor,
        on_behalf_of=event.on_behalf_of,
        occurred_at=event.occurred_at,
        recorded_at=event.recorded_at,
        programme_version=event.programme_version,
    )
    return made.hash
