# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The register of exceptions: everything done outside the ordinary way, by period, country, officer and kind."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cycle.entries import Came
from observatory.errors import CursorInvalid
from observatory.exceptions import Asked, Irregular, csv_lines, register, unheard
from observatory.window import see_exchange
from people.actors import Actor
from services.asking import Asking
from services.entries import contest_entry
from services.errors import Refused
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO, CARLA, EMPLOYERS, PAULA
from tests.house import House, furnish

FOR_PERU = replace(ANA, actor=replace(ANA.actor, on_behalf_of="PE"), came=Came("mail", "2026-11-20"))
WORKERS = Asking(replace(EMPLOYERS.actor, person="workers", bench="workers"))


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def told(house: House, reader: Actor = ANA.actor, **asked: Any) -> list[tuple[str, str, str | None]]:
    with house.desk.store.read() as connection:
        return [(one.kind, one.what, one.reason) for one in register(connection, reader, Asked(**asked)).items]


def begun(house: House, *, waive: bool) -> str:
    """In execution, though no bench of Perú gave its word: waived by the secretariat, or silent beyond its term."""
    exchange = house.committed()
    said = {"title": "Visit", "on": "2026-12-20", "mode": "virtual"}
    house.state(BRUNO, exchange, "activity_planned", **said)
    for who, party in ((BRUNO, "BR"), (PAULA, "PE")):
        house.state(who, exchange, "contribution", party=party, none=True)
    house.state(BRUNO, exchange, "instrument", title="Agreement of 2019", signed_on="2019-05-01")
    if waive:
        house.state(ANA, exchange, "waiver", code="benches_word", reason="both seats are vacant")
    else:
        house.clock.on(days=60)
    house.move(BRUNO, exchange, "begin_execution")
    return exchange


def test_the_register_names_every_way_out_of_the_ordinary_the_last_leading(house: House) -> None:
    exchange = house.matched()
    house.state(ANA, exchange, "waiver", code="benches_word", reason="the seats are vacant")
    house.clock.on(minutes=1)
    house.state(BRUNO, exchange, "not_available", code="offer_evidence", reason="archives burnt")
    house.clock.on(minutes=1)
    entry = house.state(FOR_PERU, exchange, "activity_planned", title="Mission", mode="virtual")["version"]
    house.clock.on(minutes=1)
    contest_entry(house.desk, PAULA, exchange, int(entry), "we said May")
    house.clock.on(days=3)
    late = Asking(ANA.actor, occurred_at="2026-11-24T12:00:00.000Z", backdate_reason="it came by mail")
    house.move(late, exchange, "withdraw", reason="a change of plans")
    house.offered("an ordinary one")
    assert told(house) == [
        ("back_dated", "LifecycleChanged", "it came by mail"),
        ("contested", f"event {entry}", "we said May"),
        ("on_behalf", "ActivityPlanned", None),
        ("not_available", "offer_evidence", "archives burnt"),
        ("waiver", "benches_word", "the seats are vacant"),
    ]


def test_a_fact_told_late_says_why(house: House) -> None:
    exchange = house.matched()
    house.clock.on(days=3)
    late = Asking(ANA.actor, occurred_at="2026-11-24T12:00:00.000Z", backdate_reason="the line was down")
    house.state(late, exchange, "activity_planned", title="Mission", mode="virtual")
    assert told(house) == [("back_dated", "ActivityPlanned", "the line was down")]


def test_it_is_asked_by_period_country_officer_kind_and_exchange(house: House) -> None:
    exchange = house.matched()
    house.state(ANA, exchange, "waiver", code="benches_word", reason="a")
    house.clock.on(days=2)
    house.state(BRUNO, exchange, "not_available", code="offer_evidence", reason="b")
    assert told(house, last=date.fromisoformat("2026-11-23")) == [("waiver", "benches_word", "a")]
    assert told(house, first=date.fromisoformat("2026-11-25")) == [("not_available", "offer_evidence", "b")]
    assert told(house, first=date.fromisoformat("2026-11-24"), last=date.fromisoformat("2026-11-24")) == []
    assert told(house, officer="bruno") == [("not_available", "offer_evidence", "b")]
    assert told(house, kind="waiver") == [("waiver", "benches_word", "a")]
    assert told(house, country="CO") == []
    assert len(told(house, country="PE", exchange=exchange)) == 2


def test_each_reader_sees_the_exceptions_of_their_own_exchanges(house: House) -> None:
    exchange = house.matched()
    house.state(ANA, exchange, "waiver", code="benches_word", reason="a")
    for who in (ANA, ALDO, PAULA, BRUNO, EMPLOYERS):
        assert len(told(house, who.actor)) == 1
    assert told(house, CARLA.actor) == []


def test_a_country_that_an_offer_looks_for_reads_none_of_its_exceptions(house: House) -> None:
    exchange = house.offered()
    house.state(BRUNO, exchange, "not_available", code="offer_evidence", reason="the minister was away")
    assert see_exchange(house.desk, CARLA.actor, exchange).line.exchange == exchange
    assert told(house, CARLA.actor) == []
    assert len(told(house, BRUNO.actor)) == 1


def test_pages_follow_one_another_and_a_made_up_cursor_is_refused(house: House) -> None:
    exchange = house.matched()
    for need in ("benches_word", "offer_evidence", "contributions"):
        house.state(ANA, exchange, "waiver", code=need, reason="a")
    with house.desk.store.read() as connection:
        seen: list[Irregular] = []
        after = None
        for _ in range(3):
            page = register(connection, ANA.actor, Asked(), after=after, limit=1)
            seen, after = [*seen, *page.items], page.next
        assert after is None
        assert tuple(seen) == register(connection, ANA.actor, Asked()).items
        with pytest.raises(CursorInvalid):
            register(connection, ANA.actor, Asked(), after="bm9uZQ")


def test_no_cell_of_the_csv_is_taken_for_a_formula(house: House) -> None:
    exchange = house.matched()
    house.state(ANA, exchange, "waiver", code="benches_word", reason='=HYPERLINK("x")')
    with house.desk.store.read() as connection:
        rows = list(csv.DictReader(csv_lines(connection, ANA.actor, Asked())))
    assert [row["reason"] for row in rows] == ['\'=HYPERLINK("x")']
    assert (rows[0]["kind"], rows[0]["exchange"], rows[0]["bench"]) == ("waiver", exchange, "")


@pytest.mark.parametrize("waive", [True, False])
def test_a_bench_that_was_not_heard_is_told_and_its_reply_is_registered(house: House, waive: bool) -> None:
    exchange = begun(house, waive=waive)
    kinds = [kind for kind, _, _ in told(house)]
    assert sorted(set(kinds)) == (["override", "unheard", "waiver"] if waive else ["lapse", "unheard"])
    with house.desk.store.read() as connection:
        waiting = unheard(connection, EMPLOYERS.actor)
        assert [(one.what, one.answer) for one in waiting] == [("agreement/PE/employers", None)]
        assert unheard(connection, BRUNO.actor) == ()
    reply = {"party": "PE", "bench": "employers", "paper": "agreement", "text": "Our seat was never vacant."}
    house.state(EMPLOYERS, exchange, "reply", **reply)
    with house.desk.store.read() as connection:
        assert unheard(connection, EMPLOYERS.actor) == ()
        assert len(unheard(connection, WORKERS.actor)) == 1
        rows = register(connection, ANA.actor, Asked(kind="unheard")).items
    assert {(one.bench, one.answer) for one in rows} == {("employers", "Our seat was never vacant."), ("workers", None)}


def test_only_a_bench_that_was_passed_over_replies_and_nobody_for_it(house: House) -> None:
    reply = {"party": "PE", "bench": "employers", "paper": "agreement", "text": "We were not asked."}
    exchange = house.committed()
    with pytest.raises(Refused) as error:
        house.state(EMPLOYERS, exchange, "reply", **reply)
    assert [reason["code"] for reason in error.value.reasons] == ["reply.nothing_to_reply_to"]
    passed = begun(house, waive=True)
    for who in (ANA, PAULA, FOR_PERU, WORKERS):
        with pytest.raises(Refused):
            house.state(who, passed, "reply", **reply)
