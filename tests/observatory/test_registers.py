"""Registers: measures that outlive their exchange, and everything done outside the ordinary way."""

from pathlib import Path

import pytest

from observatory.registers import exceptions, follow_up
from people.actors import Actor, Role
from services.asking import Asking
from storage.store import Store
from tests.cast import ANA, BRUNO
from tests.house import House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def test_the_follow_up_register_holds_what_is_not_done_with_owner_and_day(house: House) -> None:
    exchange = house.committed()
    for title, on in (("a later one", "2027-05-01"), ("an early one", "2027-01-01"), ("a done one", "2027-02-01")):
        house.state(ANA, exchange, "measure", title=title, responsible="the ministry", on=on)
    house.state(ANA, exchange, "measure_done", item="measure-3", done_on="2026-11-23")
    house.state(ANA, exchange, "measure_under_way", item="measure-2", on="2027-01-15")
    with house.desk.store.read() as connection:
        owed = follow_up(connection, ANA.actor)
        assert [(one.title, one.status, one.due_on, one.owner) for one in owed] == [
            ("an early one", "under_way", "2027-01-15", "the ministry"),
            ("a later one", "open", "2027-05-01", "the ministry"),
        ]
        last = (owed[0].due_on or "", owed[0].exchange, owed[0].item)
        assert follow_up(connection, ANA.actor, after=last) == owed[1:]
    house.state(ANA, exchange, "hand_over", owner="the secretariat", review_on="2027-06-01")
    with house.desk.store.read() as connection:
        assert {one.owner for one in follow_up(connection, ANA.actor)} == {"the secretariat"}


def test_a_specimens_measures_are_nobodys_duty(house: House) -> None:
    exchange = house.offered(origin="walked")
    house.state(BRUNO, exchange, "activity_planned", title="no measure", mode="virtual")
    asker = Asking(Actor("pia", Role.SECRETARIAT))
    house.state(asker, exchange, "measure", title="a walked one", on="2027-01-01")
    with house.desk.store.read() as connection:
        assert follow_up(connection, ANA.actor) == ()
        assert [one.title for one in follow_up(connection, ANA.actor, specimens=True)] == ["a walked one"]


def test_the_exceptions_register_names_every_way_out_of_the_ordinary(house: House) -> None:
    exchange = house.offered()
    behalf = Asking(Actor("ana", Role.SECRETARIAT, on_behalf_of="PE"))
    house.state(ANA, exchange, "waiver", code="benches_word", reason="the seats are vacant")
    house.state(BRUNO, exchange, "not_available", code="offer_evidence", reason="archives burnt")
    house.state(behalf, exchange, "activity_planned", title="Mission", mode="virtual")
    house.clock.on(days=3)
    late = Asking(ANA.actor, occurred_at="2026-11-24T12:00:00.000Z", backdate_reason="it came by mail")
    house.move(late, exchange, "withdraw", reason="a change of plans")
    other = house.offered("an ordinary one")
    with house.desk.store.read() as connection:
        found = exceptions(connection)
        assert [(one.kind, one.what, one.reason) for one in found] == [
            ("waiver", "benches_word", "the seats are vacant"),
            ("not_available", "offer_evidence", "archives burnt"),
            ("on_behalf", "ActivityPlanned", None),
            ("back_dated", "LifecycleChanged", "it came by mail"),
        ]
        assert exceptions(connection, exchange=other) == ()
        assert exceptions(connection, after=(exchange, found[2].seq)) == found[3:]
