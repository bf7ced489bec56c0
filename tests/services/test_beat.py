# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The beat: every duty due by now, once, however often and by however many it is asked for."""

import threading
from dataclasses import replace
from datetime import date
from functools import partial

from sqlalchemy import func, select

from services import beat, exchanges
from services.asking import Asking
from services.beat import DUTIES, BeatSummary, pass_once
from services.desk import Desk
from storage import flow, outbox, streams
from storage.exchanges import load, stream_of
from storage.store import Store
from storage.tables import flow as flow_tail
from storage.tables import idempotency
from tests.cast import ANA, BRUNO
from tests.house import PROGRAMME, House
from tests.journey import reach


def breaches(desk: Desk, exchange: str) -> list[str]:
    """The days that an exchange's ledger says were missed."""
    with desk.store.read() as connection:
        told = streams.read_stream(connection, stream_of(exchange))
        return [event.payload["on"] for event in told if event.type == "FlagRaised"]


def due_on(desk: Desk, exchange: str) -> str:
    with desk.store.read() as connection:
        loaded = load(connection, exchange)
    assert loaded is not None
    return str(loaded.standing.due_on)


def go_to_the_day_after(house: House, day: str) -> None:
    house.clock.on(days=(date.fromisoformat(day) - house.clock().date()).days + 1)


def test_a_breach_is_told_once_however_often_the_sweep_comes_by(house: House) -> None:
    exchange = house.offered()
    day = due_on(house.desk, exchange)
    go_to_the_day_after(house, day)

    assert [beat.sweep(house.desk) for _ in range(3)] == [1, 0, 0]
    assert breaches(house.desk, exchange) == [day]


def test_the_last_day_itself_is_no_breach(house: House) -> None:
    exchange = house.offered()
    go_to_the_day_after(house, due_on(house.desk, exchange))
    house.clock.on(days=-1)

    assert beat.sweep(house.desk) == 0
    assert breaches(house.desk, exchange) == []


def test_each_stage_entered_can_be_breached_anew(house: House) -> None:
    exchange = house.matched()
    first = due_on(house.desk, exchange)
    go_to_the_day_after(house, first)
    beat.sweep(house.desk)
    house.move(BRUNO, exchange, "return_to_offer", reason="looking again")
    second = due_on(house.desk, exchange)
    assert beat.sweep(house.desk) == 0
    go_to_the_day_after(house, second)
    beat.sweep(house.desk)

    assert breaches(house.desk, exchange) == [first, second]


def test_a_rest_that_nobody_looked_at_again_leaves_its_trace(house: House) -> None:
    exchange = house.offered()
    house.move(ANA, exchange, "suspend", reason="elections", review_on="2026-12-01")
    go_to_the_day_after(house, "2026-12-01")

    assert [beat.sweep(house.desk) for _ in range(2)] == [1, 0]
    assert breaches(house.desk, exchange) == ["2026-12-01"]
    house.move(ANA, exchange, "resume", reason="a new minister")
    assert beat.sweep(house.desk) == 0


def test_drafts_and_ended_exchanges_breach_nothing(house: House) -> None:
    draft, withdrawn = house.draft(), house.offered()
    house.move(BRUNO, withdrawn, "withdraw", reason="no longer offered")
    house.clock.on(days=700)

    assert beat.sweep(house.desk) == 0
    assert breaches(house.desk, draft) == breaches(house.desk, withdrawn) == []


def test_two_sweeps_at_once_tell_each_breach_once(house: House) -> None:
    every = [house.offered(f"Rubber {number}") for number in range(6)]
    go_to_the_day_after(house, max(due_on(house.desk, exchange) for exchange in every))
    other = Store.open(house.desk.store.url)
    rival = Desk(other, house.desk.data, clock=house.clock)
    threads = [threading.Thread(target=beat.sweep, args=(desk,)) for desk in (house.desk, rival)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    other.close()

    assert [len(breaches(house.desk, exchange)) for exchange in every] == [1] * len(every)


def test_folding_leaves_every_figure_as_it_was(house: House) -> None:
    house.committed()
    with house.desk.store.read() as connection:
        before = flow.totals(connection, PROGRAMME, "2026-12-31", "2026-12-31")

    assert beat.fold(house.desk) > 0
    assert beat.fold(house.desk) == 0

    with house.desk.store.read() as connection:
        assert flow.totals(connection, PROGRAMME, "2026-12-31", "2026-12-31") == before
        assert connection.scalar(select(func.count()).select_from(flow_tail)) == 0


def test_answers_and_finished_duties_are_forgotten_when_old_and_not_before(house: House) -> None:
    exchange = house.offered()
    house.clock.on(seconds=1)
    keyed = Asking(BRUNO.actor, key="once")
    exchanges.state_fact(house.desk, keyed, exchange, "sheet", {"side": "offer", "availability": "May"})
    owed = partial(outbox.add, duty_id="d", duty="test", subject="x", payload="{}", key="d", now=house.desk.now())
    house.desk.store.write(owed)
    claimed = house.desk.store.write(lambda c: outbox.claim(c, "test", house.desk.now(), 60, 1))[0]
    house.desk.store.write(lambda c: outbox.finish(c, claimed.id, claimed.lease or "", house.desk.now()))

    house.clock.on(days=29)
    assert beat.forget(house.desk) == 0
    house.clock.on(days=2)
    assert beat.forget(house.desk) == 1
    house.clock.on(days=60)
    assert beat.forget(house.desk) == 1

    with house.desk.store.read() as connection:
        assert connection.scalar(select(func.count()).select_from(idempotency)) == 0
        assert outbox.find(connection, "d") is None


def test_one_pass_does_every_duty_and_the_next_finds_nothing(house: House) -> None:
    reach(house, "opened")
    late = house.offered("Cotton")
    go_to_the_day_after(house, due_on(house.desk, late))

    done = pass_once(house.desk)
    again = pass_once(house.desk)

    assert set(DUTIES) == set(BeatSummary.__slots__)
    assert (done.papers, done.sweep, done.forget) == (2, 2, 0)
    assert done.fold > 0
    assert again.papers == again.sweep == again.forget == 0


def test_a_move_told_late_leaves_the_breach_told_and_excuses_it_once(house: House) -> None:
    exchange = house.matched()
    day = due_on(house.desk, exchange)
    in_time = replace(ANA, occurred_at=f"{day}T15:00:00Z", backdate_reason="the minister's letter lay a week")
    go_to_the_day_after(house, day)
    beat.sweep(house.desk)

    exchanges.make_move(house.desk, in_time, exchange, "suspend", {"reason": "elections", "review_on": "2027-12-01"})
    exchanges.make_move(house.desk, in_time, exchange, "resume", {"reason": "a minister was named"})

    with house.desk.store.read() as connection:
        told = [
            (event.type, event.payload.get("missed")) for event in streams.read_stream(connection, stream_of(exchange))
        ]
    assert [one for one in told if one[0] == "BreachExcused"] == [("BreachExcused", day)]
    assert breaches(house.desk, exchange) == [day]


def test_what_was_late_indeed_is_not_excused(house: House) -> None:
    exchange = house.matched()
    day = due_on(house.desk, exchange)
    go_to_the_day_after(house, day)
    beat.sweep(house.desk)

    house.move(ANA, exchange, "withdraw", reason="no answer")

    with house.desk.store.read() as connection:
        told = [event.type for event in streams.read_stream(connection, stream_of(exchange))]
    assert "BreachExcused" not in told
