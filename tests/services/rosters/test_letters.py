# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Letters of a roster: nobody loses a role or a voice unheard, and no country is taken over in silence."""

from dataclasses import replace

import pytest

from cycle.entries import Came
from people.actors import Role
from services.entries import confirm_entry
from services.government import change_government
from services.rosters.people import end_person
from services.rosters.roles import end_role, grant_role, propose_role, refuse_role
from services.rosters.seats import contest_seat, vacate_seat
from tests.accounts import read_mail, words_of
from tests.house import House
from tests.rostered import Rostered, with_everybody

SUBJECT = "Brasil: cambió quién actúa en Minga"


@pytest.fixture
def people(house: House) -> Rostered:
    """Bruno and Bruna are focal points of Brasil, Delegate sits for its workers; every letter so far is read."""
    people = with_everybody(house)
    people.make_focal("bruna", "BR")
    people.seat("delegate", "BR", "workers")
    read_mail(house)
    return people


def told(people: Rostered) -> dict[str, list[str]]:
    """The lines of news in the letters owed, by first name."""
    letters = [letter for letter in read_mail(people.house) if letter["Subject"] == SUBJECT]
    names = [str(letter["To"]).partition("@")[0] for letter in letters]
    assert len(set(names)) == len(names), "one act is one letter to each"
    news = [[line for line in words_of(letter).splitlines() if line.startswith("- ")] for letter in letters]
    return dict(zip(names, news, strict=True))


def test_two_officers_take_no_country_over_in_silence(people: Rostered) -> None:
    desk, officer = people.house.desk, people.asks("officer", Role.SECRETARIAT)
    end_person(desk, people.ana, people.ids["bruno"], party="BR")
    ended = ["- Terminó la función de punto focal (Brasil) que ejercía Bruno."]
    assert told(people) == {"bruno": ended, "bruna": ended}
    end_person(desk, people.ana, people.ids["bruna"], party="BR")
    assert sorted(told(people)) == ["bruna", "delegate"]
    made = propose_role(desk, people.ana, people.invite("benta", "BR", people.ana), "focal_point", party="BR")
    grant_role(desk, officer, made["role"])
    (line,) = told(people)["delegate"]
    assert line.startswith("- Se otorgó a Benta la función de punto focal (Brasil).")
    assert "secretaría" in line


def test_a_letter_says_who_did_it_and_in_which_role(people: Rostered) -> None:
    vacate_seat(people.house.desk, people.focal("bruno", "BR"), "BR", "workers", "resigned")
    letters = {str(letter["To"]): words_of(letter) for letter in read_mail(people.house)}
    assert sorted(letters) == ["bruna@br.example", "bruno@br.example", "delegate@br.example"]
    told = letters["delegate@br.example"]
    assert "- Terminó la función de delegación de bancada (trabajadores, Brasil) que ejercía Delegate." in told
    assert "Lo hizo Bruno (punto focal) el 23\u00a0de\u00a0noviembre\u00a0de\u00a02026, 15:00 UTC." in told


def test_a_voice_that_is_stilled_is_told_too(people: Rostered) -> None:
    contest_seat(people.house.desk, people.ana, "BR", "workers", "two_organisations")
    assert sorted(told(people)) == ["bruna", "bruno", "delegate"]
    people.seat("bruna", "BR", "government")
    read_mail(people.house)
    change_government(people.house.desk, people.ana, "BR", "2026-11-20")
    (line,) = told(people)["bruno"]
    assert line.startswith("- Tras un cambio de gobierno, el puesto de la bancada «gobierno» (Brasil)")


def test_a_role_that_a_second_person_of_the_country_granted_and_one_refused_are_no_news(people: Rostered) -> None:
    benta = people.invite("benta", "BR", people.ana)
    made = propose_role(people.house.desk, people.ana, benta, "focal_point", party="BR")
    grant_role(people.house.desk, people.focal("bruno", "BR"), made["role"])
    made = propose_role(people.house.desk, people.ana, benta, "bench_delegate", party="BR", bench="employers")
    refuse_role(people.house.desk, people.focal("bruno", "BR"), made["role"])
    assert told(people) == {}


def test_a_proposal_that_is_taken_back_cost_nobody_a_role(people: Rostered) -> None:
    benta = people.invite("benta", "BR", people.ana)
    made = propose_role(people.house.desk, people.ana, benta, "focal_point", party="BR")
    end_role(people.house.desk, people.ana, made["role"])
    assert told(people) == {}


def test_a_newcomer_is_told_what_waits_for_them_on_the_day_from_which_they_may_answer(people: Rostered) -> None:
    house, desk = people.house, people.house.desk
    behalf = replace(people.ana, actor=replace(people.ana.actor, on_behalf_of="BR"), came=Came("mail", "2026-11-20"))
    exchange = house.draft(who=behalf)
    house.clock.on(minutes=11)
    read_mail(house)
    for name, from_on in (("benta", None), ("bento", "2026-11-25")):
        person = people.invite(name, "BR", people.ana)
        made = propose_role(desk, people.ana, person, "focal_point", party="BR", from_on=from_on)
        grant_role(desk, people.focal("bruno", "BR"), made["role"])
    told = []
    for _ in range(3):
        house.clock.on(days=1)
        told.append([str(letter["To"]) for letter in read_mail(house)])
    assert told == [["benta@br.example"], ["bento@br.example"], []]
    confirm_entry(desk, people.focal("bruno", "BR"), exchange, 1)
    people.make_focal("beatriz", "BR")
    house.clock.on(days=1)
    assert read_mail(house) == []
