# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import pytest

from people.actors import Role
from people.roster import Roster
from people.roster_fold import fold
from services.errors import NotFound, Refused
from services.rosters.roles import fill_seat, grant_role
from services.rosters.seats import confirm_seat, contest_seat, vacate_seat
from storage import rosters
from tests.house import House
from tests.rostered import OPERATING, with_everybody
from tests.services.whole import everything, history


def brasil(house: House) -> Roster:
    """Brasil's roster, which is what its events add up to."""
    with house.desk.store.read() as connection:
        stored = rosters.load(connection, str(rosters.id_of(connection, "BR")))
    assert stored is not None
    assert stored == fold(stored.roster, history(house.desk, rosters.stream_of(stored.roster)))
    return stored


def test_a_country_has_a_seat_for_each_bench_and_all_are_vacant_at_first(house: House) -> None:
    with_everybody(house)
    seats = {bench: (seat.status, seat.reason) for bench, seat in brasil(house).seats.items()}
    assert seats == dict.fromkeys(("employers", "government", "workers"), ("vacant", "not_yet_named"))


def test_a_seat_is_filled_when_a_second_person_grants_it(house: House) -> None:
    people = with_everybody(house)
    delegate = people.invite("delegate", "BR", people.ana)
    until = "2028-12-31"
    made = fill_seat(house.desk, people.ana, "BR", "workers", delegate, from_on="2026-11-01", until_on=until)
    assert brasil(house).seats["workers"].status == "vacant"
    grant_role(house.desk, people.focal("bruno", "BR"), made["role"])
    seat = brasil(house).seats["workers"]
    assert (seat.status, seat.person, seat.from_on, seat.until_on) == ("held", delegate, "2026-11-01", until)


def test_whoever_held_the_seat_before_is_its_delegate_no_more(house: House) -> None:
    people = with_everybody(house)
    people.seat("delegate", "BR", "workers")
    people.seat("successor", "BR", "workers")
    roster = brasil(house)
    assert roster.seats["workers"].person == people.ids["successor"]
    held = {role.person: role.status for role in roster.roles.values() if role.bench == "workers"}
    assert held == {people.ids["delegate"]: "ended", people.ids["successor"]: "granted"}


def test_a_vacant_seat_says_why_and_what_was_said_about_a_person_is_sealed(house: House) -> None:
    people = with_everybody(house)
    people.seat("delegate", "BR", "workers")
    vacate_seat(house.desk, people.ana, "BR", "workers", "resigned", note="For reasons of health.")
    roster = brasil(house)
    assert (roster.seats["workers"].status, roster.seats["workers"].reason) == ("vacant", "resigned")
    told = history(house.desk, rosters.stream_of(roster.roster))[-1]
    assert told.type == "SeatVacated"
    assert "health" not in told.payload_text


def test_a_seat_does_not_fall_vacant_for_a_reason_nobody_knows(house: House) -> None:
    people = with_everybody(house)
    people.seat("delegate", "BR", "workers")
    before = everything(house.desk)
    with pytest.raises(Refused) as refused:
        vacate_seat(house.desk, people.ana, "BR", "workers", "because", note="")
    assert [reason.code for reason in refused.value.refusal.reasons] == [
        "roster.word_unknown",
        "roster.note_malformed",
    ]
    assert everything(house.desk) == before


def test_nobody_speaks_from_a_contested_seat_until_somebody_else_confirms_its_holder(house: House) -> None:
    people = with_everybody(house)
    delegate = people.seat("delegate", "BR", "workers")
    contest_seat(house.desk, people.ana, "BR", "workers", "two_organisations")
    assert not brasil(house).holds(delegate.actor.person, "bench_delegate", "workers", "2026-11-23")
    with pytest.raises(Refused) as refused:
        contest_seat(house.desk, people.ana, "BR", "workers", "other")
    assert refused.value.code == "seat.contested_already"
    confirm_seat(house.desk, people.focal("bruno", "BR"), "BR", "workers")
    assert brasil(house).holds(delegate.actor.person, "bench_delegate", "workers", "2026-11-23")


def test_the_holder_does_not_confirm_their_own_seat(house: House) -> None:
    people = with_everybody(house)
    people.seat("bruno", "BR", "government")
    contest_seat(house.desk, people.ana, "BR", "government", "other")
    with pytest.raises(Refused) as refused:
        confirm_seat(house.desk, people.focal("bruno", "BR"), "BR", "government")
    assert refused.value.code == "seat.confirmed_by_another"


def test_no_officer_decides_who_speaks_for_a_bench(house: House) -> None:
    people = with_everybody(house)
    delegate = people.seat("delegate", "BR", "workers")
    contest_seat(house.desk, people.focal("bruno", "BR"), "BR", "workers", "two_organisations")
    before = everything(house.desk)
    for who in (people.ana, people.asks("officer", Role.SECRETARIAT), OPERATING):
        with pytest.raises(Refused) as refused:
            confirm_seat(house.desk, who, "BR", "workers")
        (reason,) = refused.value.refusal.reasons
        assert (reason.code, reason.who_could) == ("permission.consent_is_their_own", ("party:BR",))
    assert everything(house.desk) == before
    assert not brasil(house).holds(delegate.actor.person, "bench_delegate", "workers", "2026-11-23")


def test_where_the_holder_is_the_only_focal_point_the_seat_is_filled_anew_by_two(house: House) -> None:
    people = with_everybody(house)
    bruno = people.seat("bruno", "BR", "government").actor.person
    contest_seat(house.desk, people.ana, "BR", "government", "credentials_questioned")
    vacate_seat(house.desk, people.ana, "BR", "government", "other")
    made = fill_seat(house.desk, people.ana, "BR", "government", bruno)
    with pytest.raises(Refused):
        grant_role(house.desk, people.ana, made["role"])
    grant_role(house.desk, people.asks("officer", Role.SECRETARIAT), made["role"])
    assert brasil(house).holds(bruno, "bench_delegate", "government", "2026-11-23")


def test_a_delegate_vacates_their_own_seat_and_not_another_bench_s(house: House) -> None:
    people = with_everybody(house)
    delegate = people.seat("delegate", "BR", "workers")
    with pytest.raises(Refused) as refused:
        vacate_seat(house.desk, delegate, "BR", "employers", "resigned")
    assert [reason["code"] for reason in refused.value.reasons] == ["permission.another_bench"]
    vacate_seat(house.desk, delegate, "BR", "workers", "resigned")
    assert brasil(house).seats["workers"].status == "vacant"


def test_a_third_country_touches_no_seat_and_no_bench_is_made_up(house: House) -> None:
    people = with_everybody(house)
    before = everything(house.desk)
    for who, bench in ((people.focal("carla", "CO"), "workers"), (people.ana, "farmers")):
        with pytest.raises(NotFound):
            vacate_seat(house.desk, who, "BR", bench, "resigned")
    assert everything(house.desk) == before
