# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The roster's rules under any order of acts: whatever is tried, four eyes and one hat hold."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.events import Happening
from cycle.refusals import Refusal
from people import roster as r
from people import roster_government as government
from people import roster_institutions as institutions
from people import roster_roles as roles
from people import roster_seats as seats
from people import roster_standins as standins
from people.actors import Actor, Role
from people.roster import Absence, Delegation, Granted, Roster
from people.roster_fold import EFFECTS, evolve, fold, opened
from people.roster_roles import Proposal
from people.roster_rules import ACTS, READ, SPEAK, Decision

TODAY = "2026-11-23"
BENCHES = ("government", "employers", "workers")
OPENED = {"party": "BR", "kind": "country", "timezone": "America/Sao_Paulo", "benches": list(BENCHES)}
PERSONS = ("bruno", "bruna", "delegate", "other")


@dataclass(frozen=True)
class Line:
    """An event as a fold reads it."""

    type: str
    payload: Mapping[str, Any]
    seq: int
    occurred_at: str = "2026-11-23T15:00:00.000Z"
    recorded_at: str = "2026-11-23T15:00:00.000Z"


class Telling:
    """A roster on its way, with every event it came by."""

    def __init__(self) -> None:
        self.lines = [Line(r.ROSTER_OPENED, OPENED, 1)]
        self.roster = fold("roster-1", self.lines)

    def hear(self, decided: Decision) -> bool:
        if isinstance(decided, Refusal):
            return False
        for happening in decided:
            self.tell(happening)
        return True

    def tell(self, happening: Happening) -> None:
        line = Line(happening.type, happening.payload, len(self.lines) + 1)
        self.lines.append(line)
        self.roster = evolve(self.roster, line)


def focal(person: str) -> Actor:
    return Actor(person, Role.FOCAL_POINT, "BR")


def officer(person: str = "ana") -> Actor:
    return Actor(person, Role.SECRETARIAT)


person = st.sampled_from(PERSONS)
asker = st.one_of(person.map(focal), st.sampled_from(("ana", "officer")).map(officer))
bench = st.sampled_from(BENCHES)
number = st.integers(0, 30)
Step = Callable[[Telling, int], Decision]


def _any(known: Mapping[str, Any], place: int) -> Any:
    return known[sorted(known)[place % len(known)]] if known else None


def _of(found: Any, decide: Callable[[Any], Decision]) -> Decision:
    return Refusal.because("role.unknown", "one") if found is None else decide(found)


def _propose(who: str, role: str, place: str, by: Actor) -> Step:
    seat = place if role == Role.BENCH_DELEGATE else None
    return lambda t, n: roles.propose(t.roster, Proposal(f"role-{n}", who, role, seat), by)


def _lend(giver: str, to: str, role: str, place: str, acts: tuple[str, ...]) -> Step:
    seat = place if role == Role.BENCH_DELEGATE else None
    lent = Delegation("", giver, to, role, seat, acts, TODAY, "2026-12-23", 0)
    return lambda t, n: standins.give(t.roster, replace(lent, id=f"lent-{n}"), Actor(giver, Role(role), "BR"), TODAY)


role = st.sampled_from(("focal_point", "bench_delegate"))
lent_acts = st.lists(st.sampled_from(ACTS), min_size=1, max_size=3).map(tuple)
steps: st.SearchStrategy[Step] = st.one_of(
    person.map(lambda who: lambda t, n: roles.invite(t.roster, who)),
    st.builds(_propose, person, role, bench, asker),
    st.builds(
        lambda place, by: lambda t, n: _of(_any(t.roster.roles, place), lambda x: roles.grant(t.roster, x, by, TODAY)),
        number,
        asker,
    ),
    st.builds(
        lambda place: (
            lambda t, n: _of(_any(t.roster.roles, place), lambda x: roles.end_role(t.roster, x, "left", TODAY))
        ),
        number,
    ),
    person.map(lambda who: lambda t, n: roles.end_member(t.roster, who, "left", TODAY)),
    bench.map(lambda b: lambda t, n: seats.vacate(t.roster, t.roster.seats[b], "other", TODAY)),
    bench.map(lambda b: lambda t, n: seats.contest(t.roster.seats[b], "other", TODAY)),
    st.builds(lambda b, by: lambda t, n: seats.confirm(t.roster.seats[b], by, TODAY), bench, asker),
    st.builds(_lend, person, person, role, bench, lent_acts),
    st.just(lambda t, n: government.decide(t.roster, TODAY, ("government",), {}, TODAY)),
)


def told(chosen: list[Step]) -> Telling:
    telling = Telling()
    for who in PERSONS:
        telling.hear(roles.invite(telling.roster, who))
    for place, step in enumerate(chosen):
        telling.hear(step(telling, place))
    return telling


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=40))
def test_the_fold_of_the_events_is_where_the_roster_stands(chosen: list[Step]) -> None:
    telling = told(chosen)
    assert fold("roster-1", telling.lines) == telling.roster
    assert telling.roster.seq == len(telling.lines)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=40))
def test_no_role_is_granted_by_who_proposed_or_by_who_receives_it(chosen: list[Step]) -> None:
    granted = [one for one in told(chosen).roster.roles.values() if one.second is not None]
    assert [one for one in granted if one.decided_by in (one.proposed_by, one.person)] == []


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=40))
def test_a_seat_has_one_delegate_and_a_delegate_has_the_seat(chosen: list[Step]) -> None:
    roster = told(chosen).roster
    granted = [(one.bench, one.person) for one in roster.roles.values() if one.bench and one.status == Granted.GRANTED]
    seated = [(seat.bench, seat.person) for seat in roster.seats.values() if seat.person]
    assert sorted(granted, key=str) == sorted(seated, key=str)


@settings(max_examples=150, deadline=None)
@given(st.lists(steps, max_size=40))
def test_nobody_in_two_roles_speaks_a_bench_s_word_through_a_delegation(chosen: list[Step]) -> None:
    roster = told(chosen).roster
    for lent in roster.delegations.values():
        said = (roster, lent.delegate, lent.giver, lent.role, lent.bench)
        speaks = standins.may_act(*said, SPEAK, TODAY) is None
        hats = roster.capacities(lent.delegate, TODAY) - {(lent.role, lent.bench)}
        assert not (speaks and lent.bench and hats)
        assert not (speaks and any(bench for _, bench in hats))
        assert not (speaks and not roster.holds(lent.giver, lent.role, lent.bench, TODAY))
        assert standins.may_act(*said, READ, TODAY) is None or not speaks


def test_every_event_of_a_roster_changes_it() -> None:
    named = {value for name, value in vars(r).items() if name.isupper() and name not in ("HOUSE", "ROSTER_OPENED")}
    assert set(EFFECTS) == named


def test_two_of_one_country_are_enough_for_four_eyes_and_one_is_not() -> None:
    telling = told([])
    telling.hear(roles.propose(telling.roster, Proposal("first", "bruno", "focal_point"), officer("ana")))
    first = telling.roster.roles["first"]
    refused = roles.grant(telling.roster, first, officer("ana"), TODAY)
    assert isinstance(refused, Refusal)
    assert refused.code == "role.second_person"
    assert telling.hear(roles.grant(telling.roster, first, officer("officer"), TODAY))
    assert telling.roster.roles["first"].second == "secretariat"
    telling.hear(roles.propose(telling.roster, Proposal("second", "bruna", "focal_point"), officer("ana")))
    assert telling.hear(roles.grant(telling.roster, telling.roster.roles["second"], focal("bruno"), TODAY))
    assert telling.roster.roles["second"].second == "own"


def test_a_seat_is_held_for_the_days_that_were_said() -> None:
    telling = told([])
    proposal = Proposal("a", "delegate", "bench_delegate", "workers", "2026-12-01", "2027-11-30")
    telling.hear(roles.propose(telling.roster, proposal, officer()))
    telling.hear(roles.grant(telling.roster, telling.roster.roles["a"], officer("officer"), TODAY))
    held = {day: telling.roster.holds("delegate", "bench_delegate", "workers", day) for day in _DAYS}
    assert held == dict(zip(_DAYS, (False, True, True, False), strict=True))


_DAYS = ("2026-11-30", "2026-12-01", "2027-11-30", "2027-12-01")


@pytest.mark.parametrize(
    ("from_on", "to_on", "codes"),
    [
        ("2026-12-01", "2026-12-20", []),
        ("2026-12-20", "2026-12-01", ["roster.days_reversed"]),
        ("soon", "2026-12-01", ["roster.day_malformed"]),
    ],
)
def test_an_absence_has_a_first_and_a_last_day(from_on: str, to_on: str, codes: list[str]) -> None:
    decided = standins.be_absent(told([]).roster, Absence("away", "bruno", from_on, to_on, 0))
    assert ([reason.code for reason in decided.reasons] if isinstance(decided, Refusal) else []) == codes


def test_an_institution_is_called_what_its_last_name_was_on_that_day() -> None:
    telling = told([])
    telling.hear(institutions.enter("i", "ministry", "pt", "Ministério do Trabalho", "1930-11-26"))
    known = telling.roster.institutions["i"]
    telling.hear(institutions.name(known, "pt", "Ministério da Economia", "2019-01-01"))
    telling.hear(institutions.name(known, "es", "Ministerio de Economía", "2019-01-01"))
    called = (
        institutions.called_on(telling.roster, "i", "2018-12-31"),
        institutions.called_on(telling.roster, "i", TODAY),
    )
    assert called == (
        {"pt": "Ministério do Trabalho"},
        {"es": "Ministerio de Economía", "pt": "Ministério da Economia"},
    )


def test_an_institution_has_no_name_before_it_was_there() -> None:
    telling = told([])
    telling.hear(institutions.enter("i", "ministry", "pt", "Ministério do Trabalho", "1930-11-26"))
    refused = institutions.name(telling.roster.institutions["i"], "pt", "Ministério da Agricultura", "1930-11-25")
    assert isinstance(refused, Refusal)
    assert [reason.code for reason in refused.reasons] == ["institution.day_wrong"]


def test_everything_wrong_with_an_institution_is_said_at_once() -> None:
    refused = institutions.enter("i", "guild", "la", " ", "someday")
    assert isinstance(refused, Refusal)
    assert [reason.code for reason in refused.reasons] == [
        "roster.word_unknown",
        "roster.word_unknown",
        "institution.name_malformed",
        "institution.day_wrong",
    ]


def test_a_roster_opens_with_every_seat_vacant() -> None:
    roster: Roster = opened("roster-1", OPENED)
    assert {bench: seat.status for bench, seat in roster.seats.items()} == dict.fromkeys(BENCHES, "vacant")
