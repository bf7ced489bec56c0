# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest
from sqlalchemy import insert

from ledger.instants import later
from people.actors import OPERATOR, Role
from services.agreements import draft_agreement, list_signatory, propose_text, take_step
from services.asking import Answer, Asking
from services.errors import NotFound, Refused, Stale
from services.government import change_government
from services.rosters.standins import give_delegation
from services.tokens import TokenRefused, authenticate, create_token
from storage import rosters
from storage.tables import sealed, sessions
from tests.house import House
from tests.rostered import Rostered, with_everybody
from tests.services.whole import everything, history, types

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
    named = {"name": "Bruno", "title": "Minister", "institution": "Ministry"}
    assert [(text["agreement"], text["signatory"]) for text in done["texts"]] == [(agreement, named)]
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


def test_told_again_of_a_bench_more_it_does_what_is_left_to_do(people: Rostered) -> None:
    once = change(people)
    sign_in(people, "bruna")
    tried = change(people, benches=("government", "workers"), dry_run=True)
    both = change(people, benches=("government", "workers"))
    assert {**tried, "dry_run": False, "version": both["version"]} == both
    assert (both["told_before"], both["benches"]) == (False, ["government", "workers"])
    assert (both["seats"], both["sessions"]) == (["government", "workers"], once["sessions"] + 1)
    assert len(both["delegations"]) == 2
    assert set(once["persons"]) < set(both["persons"])
    assert living(people) == {people.ids["bruna"], people.ids["paula"]}, "who signed in anew is left alone"
    assert change(people, benches=("workers",)) == {**both, "told_before": True}
    told = history(people.house.desk, rosters.stream_of(once["roster"]))
    seats = [event.payload["bench"] for event in told if event.type == "SeatToBeConfirmed"]
    assert seats == ["government", "workers"]


def test_every_token_that_acts_for_the_government_ends_whoever_made_it(people: Rostered) -> None:
    desk, bruno = people.house.desk, people.focal("bruno", "BR").actor
    made = {
        "operator's": create_token(desk, OPERATOR, "a", role="focal_point", party="BR"),
        "focal point's": create_token(desk, bruno, "b", role="focal_point", party="BR"),
        "government's": create_token(desk, OPERATOR, "c", role="bench_delegate", party="BR", bench="government"),
        "workers'": create_token(desk, OPERATOR, "d", role="bench_delegate", party="BR", bench="workers"),
        "Perú's": create_token(desk, OPERATOR, "e", role="focal_point", party="PE"),
        "short": create_token(desk, OPERATOR, "f", role="focal_point", party="BR", expires_in_days=1),
    }
    people.house.clock.on(days=2)
    ended = sorted(made[name].id for name in ("operator's", "focal point's", "government's"))
    assert change(people, dry_run=True)["tokens"] == ended
    assert authenticate(desk, made["operator's"].secret).token == made["operator's"].id
    assert change(people)["tokens"] == ended
    for name in ("operator's", "focal point's", "government's"):
        with pytest.raises(TokenRefused):
            authenticate(desk, made[name].secret)
    for name in ("workers'", "Perú's"):
        assert authenticate(desk, made[name].secret).token == made[name].id
    again = create_token(desk, OPERATOR, "g", role="focal_point", party="BR")
    assert change(people, benches=("government", "workers"))["tokens"] == sorted([*ended, made["workers'"].id])
    assert authenticate(desk, again.secret).token == again.id


def test_neither_the_event_nor_a_kept_answer_holds_the_name_of_a_signatory(people: Rostered) -> None:
    agreement, keyed = under_negotiation(people), Asking(people.ana.actor, key="k")
    says = {"party": "BR", "name": "Benedita Prado", "title": "Minister", "institution": "Ministry"}
    list_signatory(people.house.desk, people.focal("bruno", "BR"), agreement, says)
    done = change(people, keyed)
    assert done["texts"][0]["signatory"]["name"] == "Benedita Prado"
    held = {name: rows for name, rows in everything(people.house.desk).items() if "Benedita" in str(rows)}
    assert list(held) == ["sealed"]
    people.house.clock.on(minutes=1)
    successor = {**says, "name": "Another"}
    list_signatory(people.house.desk, people.focal("bruno", "BR"), agreement, successor)
    assert change(people, keyed) == done
    assert change(people)["texts"] == done["texts"], "the old minister stays listed"
    people.house.desk.store.write(lambda connection: connection.execute(sealed.delete()).rowcount)
    assert change(people)["texts"][0]["signatory"]["name"] is None


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
