# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest
from sqlalchemy import insert

from ledger.instants import later
from people.actors import Role
from services.agreements import draft_agreement, list_signatory, propose_text, take_step
from services.asking import Answer, Asking
from services.errors import NotFound, Refused, Stale
from services.government import change_government
from services.rosters.standins import give_delegation
from storage import rosters
from storage.tables import sessions
from tests.house import House
from tests.rostered import Rostered, with_everybody
from tests.services.whole import everything, types

ON = "2026-11-20"


@pytest.fixture
def people(house: House) -> Rostered:
    """Brasil with a minister's seat, a workers' delegate, loans of both, a session each, and an exchange under way."""
    people = with_everybody(house)
    minister, workers = people.seat("bruna", "BR", "government"), people.seat("delegate", "BR", "workers")
    people.invite("standin", "BR", people.ana)
    for who, bench in ((minister, "government"), (workers, "workers")):
        lent: dict[str, Any] = {"role": "bench_delegate", "bench": bench, "acts": ("read",), "party": "BR"}
        span = {"from_on": "2026-11-23", "to_on": "2026-12-23"}
        give_delegation(house.desk, who, people.ids["standin"], **lent, **span)
    for name in ("bruno", "delegate", "paula"):
        sign_in(people, name)
    return people


def sign_in(people: Rostered, name: str) -> None:
    desk = people.house.desk
    row: dict[str, Any] = {column.name: None for column in sessions.columns}
    row |= {"id": f"session-{name}", "secret_hash": name, "person": people.ids[name], "means": "link", "strong": 0}
    row |= {"created_at": desk.now(), "seen_at": desk.now(), "device": "Firefox"}
    row |= {"expires_at": later(desk.now(), 12 * 3600)}
    desk.store.write(lambda connection: connection.execute(insert(sessions), row).rowcount)


def living(people: Rostered) -> set[str]:
    with people.house.desk.store.read() as connection:
        rows = connection.execute(sessions.select().where(sessions.c.ended_at.is_(None)))
        return {row.person for row in rows}


def under_negotiation(people: Rostered) -> str:
    """An agreement between Brasil and Perú whose text names a signatory of each and that nobody signed."""
    desk, exchange = people.house.desk, people.house.committed()
    drawn = draft_agreement(desk, people.ana, exchange=exchange, title="Natural rubber", register="non_binding")
    take_step(desk, people.ana, drawn["agreement"], "open_negotiation")
    propose_text(desk, people.ana, drawn["agreement"], "first", {"object": "rubber"})
    for who, party in ((people.focal("bruno", "BR"), "BR"), (people.focal("paula", "PE"), "PE")):
        says = {"party": party, "name": "Bruno", "title": "Minister", "institution": "Ministry"}
        list_signatory(desk, who, drawn["agreement"], says)
    return str(drawn["agreement"])


def change(people: Rostered, who: Asking | None = None, **more: Any) -> Answer:
    return change_government(people.house.desk, who or people.ana, "BR", ON, **more)


def test_the_dry_run_tells_what_the_act_does_and_writes_nothing(people: Rostered) -> None:
    agreement = under_negotiation(people)
    before = everything(people.house.desk)
    tried = change(people, dry_run=True)
    assert everything(people.house.desk) == before
    done = change(people)
    differing = {"dry_run", "version"}
    assert {k: v for k, v in tried.items() if k not in differing} == {
        k: v for k, v in done.items() if k not in differing
    }
    assert (done["seats"], len(done["delegations"]), done["sessions"]) == (["government"], 1, 1)
    assert [text["agreement"] for text in done["texts"]] == [agreement]
    assert [one["stage"] for one in done["exchanges"]] == ["commitment"]
    assert done["clocks_paused_from"] == ON


def test_the_government_s_seat_is_to_be_confirmed_and_the_benches_of_others_stay(people: Rostered) -> None:
    change(people)
    with people.house.desk.store.read() as connection:
        roster = rosters.load(connection, str(rosters.id_of(connection, "BR")))
    assert roster is not None
    assert {bench: seat.status for bench, seat in roster.seats.items()} == {
        "government": "to_be_confirmed",
        "workers": "held",
        "employers": "vacant",
    }
    assert [d.bench for d in roster.delegations.values() if d.ended_at is None] == ["workers"]
    assert living(people) == {people.ids["delegate"], people.ids["paula"]}


def test_a_bench_that_the_act_names_is_to_be_confirmed_too(people: Rostered) -> None:
    done = change(people, benches=("government", "workers"))
    assert (done["seats"], done["sessions"]) == (["government", "workers"], 2)


def test_a_session_that_ran_out_is_not_counted_among_those_that_end(people: Rostered) -> None:
    people.house.clock.on(hours=1)
    assert change(people, dry_run=True)["sessions"] == 0


def test_the_same_change_twice_is_one(people: Rostered) -> None:
    once = change(people)
    sign_in_again = living(people)
    after = everything(people.house.desk)
    twice = change(people)
    assert everything(people.house.desk) == after
    assert living(people) == sign_in_again
    assert twice == {**once, "told_before": True}
    told = types(people.house.desk, rosters.stream_of(once["roster"]))
    assert told.count("GovernmentChanged") == 1


def test_a_text_that_brasil_s_signatory_is_not_named_in_is_not_listed(people: Rostered) -> None:
    desk, exchange = people.house.desk, people.house.committed()
    draft_agreement(desk, people.ana, exchange=exchange, title="Natural rubber", register="non_binding")
    assert change(people, dry_run=True)["texts"] == []


@pytest.mark.parametrize(
    ("party", "on", "benches", "code"),
    [
        ("BR", "2027-01-01", ("government",), "government.day_wrong"),
        ("BR", "soon", ("government",), "government.day_wrong"),
        ("BR", ON, ("farmers",), "roster.word_unknown"),
        ("acme", ON, (), "government.not_a_country"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_tried_or_done(
    people: Rostered, party: str, on: str, benches: tuple[str, ...], code: str
) -> None:
    before = everything(people.house.desk)
    for dry_run in (True, False):
        with pytest.raises(Refused) as refused:
            change_government(people.house.desk, people.ana, party, on, benches=benches, dry_run=dry_run)
        assert refused.value.code == code
    assert everything(people.house.desk) == before


def test_who_may_tell_it(people: Rostered) -> None:
    delegate = people.asks("delegate", Role.BENCH_DELEGATE, "BR", "workers")
    for who, error in ((people.focal("carla", "CO"), NotFound), (delegate, Refused)):
        for dry_run in (True, False):
            with pytest.raises(error):
                change(people, who, dry_run=dry_run)
    with pytest.raises(Stale):
        change(people, Asking(people.ana.actor, if_match=1))
