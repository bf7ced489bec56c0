# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from typing import Any

import pytest

from people.actors import Actor, Role
from people.roster_rules import MOVE, READ, SPEAK
from services.accounts import actors_of, check_stand_in
from services.asking import Asking
from services.errors import NotFound, Refused
from services.exchanges import make_move, state_fact
from services.rosters.people import add_person, end_person
from services.rosters.seats import contest_seat
from services.rosters.standins import end_absence, give_delegation, revoke_delegation, tell_absence
from tests.house import House
from tests.rostered import Rostered, with_everybody
from tests.services.whole import everything, history, types

SPAN = {"party": "BR", "from_on": "2026-11-23", "to_on": "2026-12-23"}


@pytest.fixture
def people(house: House) -> Rostered:
    """Everybody, with a delegate on the workers' bench of Brasil and a person there without a role."""
    people = with_everybody(house)
    people.seat("delegate", "BR", "workers")
    people.invite("bruna", "BR", people.ana)
    return people


def lend(people: Rostered, to: str, acts: tuple[str, ...] = ("speak",), **more: Any) -> str:
    """The workers' delegate lets another person act in their stead."""
    delegate = people.asks("delegate", Role.BENCH_DELEGATE, "BR", "workers")
    said = {"role": "bench_delegate", "bench": "workers", "acts": acts, **SPAN, **more}
    return str(give_delegation(people.house.desk, delegate, people.ids[to], **said)["delegation"])


def actors(people: Rostered, name: str) -> tuple[Actor, ...]:
    with people.house.desk.store.read() as connection:
        return actors_of(connection, people.ids[name], people.house.desk.now())


def check(people: Rostered, actor: Actor, act: str) -> None:
    with people.house.desk.store.read() as connection:
        check_stand_in(connection, actor, act, people.house.desk.now)


def code(people: Rostered, actor: Actor, act: str) -> str:
    with pytest.raises(Refused) as refused:
        check(people, actor, act)
    return refused.value.code


def test_everybody_acts_as_what_they_were_granted(people: Rostered) -> None:
    assert actors(people, "ana") == (Actor(people.ids["ana"], Role.SECRETARIAT),)
    assert actors(people, "bruno") == (Actor(people.ids["bruno"], Role.FOCAL_POINT, "BR"),)
    assert actors(people, "delegate") == (Actor(people.ids["delegate"], Role.BENCH_DELEGATE, "BR", "workers"),)
    assert actors(people, "bruna") == ()


def test_a_delegate_acts_for_the_giver_as_long_as_was_said(people: Rostered) -> None:
    lend(people, "bruna")
    behalf = f"person:{people.ids['delegate']}"
    (actor,) = actors(people, "bruna")
    assert actor == Actor(people.ids["bruna"], Role.BENCH_DELEGATE, "BR", "workers", behalf)
    check(people, actor, SPEAK)
    check(people, actor, READ)
    people.house.clock.on(days=31)
    assert actors(people, "bruna") == ()
    assert code(people, actor, SPEAK) == "delegation.not_in_force"


def test_a_delegation_reaches_no_further_than_its_acts(people: Rostered) -> None:
    lend(people, "bruna", ("read",))
    (actor,) = actors(people, "bruna")
    check(people, actor, READ)
    assert code(people, actor, SPEAK) == "delegation.out_of_scope"


def test_a_revoked_delegation_lets_nobody_act(people: Rostered) -> None:
    delegation = lend(people, "bruna")
    (actor,) = actors(people, "bruna")
    desk = people.house.desk
    revoke_delegation(desk, people.asks("delegate", Role.BENCH_DELEGATE, "BR", "workers"), delegation)
    assert actors(people, "bruna") == ()
    assert code(people, actor, SPEAK) == "delegation.not_in_force"
    with pytest.raises(Refused) as refused:
        revoke_delegation(desk, people.ana, delegation)
    assert refused.value.code == "delegation.ended_already"


def test_no_focal_point_is_given_a_bench_s_word(people: Rostered) -> None:
    before = everything(people.house.desk)
    with pytest.raises(Refused) as refused:
        lend(people, "bruno")
    assert refused.value.code == "delegation.self_endorsement"
    assert everything(people.house.desk) == before
    lend(people, "bruno", ("read",))


def test_who_speaks_a_bench_s_word_does_not_act_for_a_focal_point(people: Rostered) -> None:
    """Otherwise one person would bring the ministry's paper and endorse it for the workers."""
    desk, bruno = people.house.desk, people.focal("bruno", "BR")
    lent: dict[str, Any] = {"role": "focal_point", **SPAN}
    before = everything(desk)
    for acts in (("move",), ("speak",)):
        with pytest.raises(Refused) as refused:
            give_delegation(desk, bruno, people.ids["delegate"], acts=acts, **lent)
        assert refused.value.code == "delegation.self_endorsement"
    assert everything(desk) == before
    give_delegation(desk, bruno, people.ids["delegate"], acts=("read",), **lent)


def test_a_focal_point_s_delegate_who_takes_a_seat_moves_nothing_more(people: Rostered) -> None:
    give_delegation(
        people.house.desk,
        people.focal("bruno", "BR"),
        people.ids["bruna"],
        role="focal_point",
        acts=("move",),
        **SPAN,
    )
    (actor,) = actors(people, "bruna")
    check(people, actor, MOVE)
    people.seat("bruna", "BR", "employers")
    assert code(people, actor, MOVE) == "delegation.self_endorsement"
    check(people, actor, READ)


def test_a_delegate_who_takes_another_role_of_the_country_speaks_the_bench_s_word_no_more(people: Rostered) -> None:
    lend(people, "bruna")
    (actor,) = actors(people, "bruna")
    check(people, actor, SPEAK)
    people.give_role("bruna", Role.FOCAL_POINT, "BR")
    assert code(people, actor, SPEAK) == "delegation.self_endorsement"
    check(people, actor, READ)


def test_what_was_lent_ends_with_what_the_giver_holds(people: Rostered) -> None:
    lend(people, "bruna")
    (actor,) = actors(people, "bruna")
    contest_seat(people.house.desk, people.ana, "BR", "workers", "two_organisations")
    assert actors(people, "bruna") == ()
    assert code(people, actor, SPEAK) == "delegation.not_in_force"
    end_person(people.house.desk, people.ana, people.ids["delegate"], party="BR")
    assert "DelegationEnded" in types(people.house.desk, stream(people))


def stream(people: Rostered) -> str:
    desk = people.house.desk
    seen = add_person(desk, people.ana, party="BR", name="Newcomer", email="newcomer@br.example")
    return f"roster/{seen['roster']}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"acts": ("sign",)}, "delegation.acts_unknown"),
        ({"acts": ()}, "delegation.acts_unknown"),
        ({"to_on": "2026-11-01"}, "roster.days_reversed"),
        ({"from_on": "2026-10-01", "to_on": "2026-11-01"}, "delegation.span_wrong"),
        ({"to_on": "2028-11-01"}, "delegation.span_wrong"),
        ({"bench": "employers"}, "delegation.not_held"),
        ({"role": "focal_point", "bench": None}, "delegation.not_held"),
    ],
)
def test_a_delegation_is_of_what_the_giver_holds_for_days_that_make_sense(
    people: Rostered, said: dict[str, Any], expected: str
) -> None:
    with pytest.raises(Refused) as refused:
        lend(people, "bruna", **said)
    assert expected in [reason.code for reason in refused.value.refusal.reasons]


def test_nobody_gives_away_what_is_somebody_else_s_nor_hands_on_what_was_lent(people: Rostered) -> None:
    said: dict[str, Any] = {"role": "bench_delegate", "bench": "workers", "acts": ("speak",), **SPAN}
    with pytest.raises(Refused) as refused:
        give_delegation(people.house.desk, people.focal("bruno", "BR"), people.ids["bruna"], **said)
    assert refused.value.code == "delegation.not_held"
    lend(people, "bruna")
    (actor,) = actors(people, "bruna")
    with pytest.raises(Refused) as refused:
        give_delegation(people.house.desk, Asking(actor), people.ids["bruno"], **said)
    assert refused.value.code == "roster.not_through_delegation"


def test_an_absence_is_told_by_the_person_or_whoever_tends_the_roster(people: Rostered) -> None:
    desk, delegate = people.house.desk, people.asks("delegate", Role.BENCH_DELEGATE, "BR", "workers")
    told = tell_absence(desk, people.focal("bruno", "BR"), people.ids["delegate"], **SPAN)
    end_absence(desk, delegate, told["absence"])
    with pytest.raises(Refused) as refused:
        end_absence(desk, delegate, told["absence"])
    assert refused.value.code == "absence.ended_already"
    with pytest.raises(Refused) as refused:
        tell_absence(desk, delegate, people.ids["bruno"], **SPAN)
    assert [reason["code"] for reason in refused.value.reasons] == ["permission.not_ones_own"]


def test_a_third_country_ends_no_absence_and_no_delegation(people: Rostered) -> None:
    desk, carla = people.house.desk, people.focal("carla", "CO")
    told = tell_absence(desk, people.ana, people.ids["bruno"], **SPAN)
    lent = lend(people, "bruna")
    before = everything(desk)
    with pytest.raises(NotFound):
        end_absence(desk, carla, told["absence"])
    with pytest.raises(NotFound):
        revoke_delegation(desk, carla, lent)
    with pytest.raises(NotFound):
        tell_absence(desk, carla, people.ids["bruno"], **SPAN)
    assert everything(desk) == before


def test_the_ledger_tells_who_acted_and_for_whom(people: Rostered) -> None:
    desk, exchange = people.house.desk, people.house.committed()
    brunos = people.focal("bruno", "BR")
    said: dict[str, Any] = {"role": "focal_point", "acts": ("speak",), **SPAN}
    give_delegation(desk, brunos, people.ids["bruna"], **said)
    (actor,) = actors(people, "bruna")
    spoken = {"title": "Visit", "on": "2026-12-01", "mode": "virtual"}
    state_fact(desk, Asking(actor), exchange, "activity_planned", spoken)
    told = history(desk, f"exchange/{exchange}")[-1]
    assert (told.type, told.actor) == ("ActivityPlanned", people.ids["bruna"])
    assert told.on_behalf_of == f"person:{people.ids['bruno']}"
    before = everything(desk)
    with pytest.raises(Refused) as refused:
        make_move(desk, Asking(actor), exchange, "suspend", {"reason": "elections", "review_on": "2027-02-01"})
    assert refused.value.code == "delegation.out_of_scope"
    assert everything(desk) == before


def test_a_focal_point_does_not_endorse_their_own_paper_for_a_bench(people: Rostered) -> None:
    desk, exchange = people.house.desk, people.house.committed()
    delegate = people.seat("holder", "PE", "workers")
    people.invite("pablo", "PE", people.ana)
    span: dict[str, Any] = {**SPAN, "party": "PE", "role": "bench_delegate", "bench": "workers", "acts": ("speak",)}
    give_delegation(desk, delegate, people.ids["pablo"], **span)
    (actor,) = actors(people, "pablo")
    people.give_role("pablo", Role.FOCAL_POINT, "PE")
    word = {"party": "PE", "bench": "workers", "paper": "agreement", "word": "endorsed"}
    before = everything(desk)
    with pytest.raises(Refused) as refused:
        state_fact(desk, Asking(actor), exchange, "endorsement", word)
    assert refused.value.code == "delegation.self_endorsement"
    assert everything(desk) == before
    state_fact(desk, delegate, exchange, "endorsement", word)
