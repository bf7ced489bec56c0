# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people do with agreements: who may, second officers, what an exchange hears of them, and in one transaction."""

from dataclasses import replace
from typing import Any

import pytest

from people.actors import OPERATOR
from services import agreements, exchanges
from services.asking import Asking
from services.errors import NotFound, Refused, Stale
from storage import exchanges as stored
from storage import streams
from storage.migrate import downgrade, migrate
from tests.cast import ALDO, ANA, BRUNO, CARLA, EMPLOYERS, PAULA
from tests.house import House
from tests.journey import PARTIES, SECOND, Journey, reach
from tests.services.whole import (
    assert_agreement_explained,
    assert_explained,
    everything,
    history,
    rows_of,
    types,
)


def codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason["code"] for reason in error.value.reasons}


def sign(journey: Journey) -> None:
    journey.house.clock.on(days=1)
    for party, who in PARTIES:
        said = {"party": party, "signed_on": "2026-11-23"}
        agreements.receive_counterpart(journey.house.desk, who, journey.agreement, said)
        agreements.confirm_counterpart(journey.house.desk, SECOND[party], journey.agreement, {"party": party})


def bring_into_force(journey: Journey) -> None:
    sign(journey)
    journey.step("seal")
    journey.step("bring_into_force")


def drafted(house: House, exchange: str, who: Asking = ANA, **more: Any) -> str:
    said: dict[str, Any] = {"title": "Agreement", "register": "binding", **more}
    return str(agreements.draft_agreement(house.desk, who, exchange=exchange, **said)["agreement"])


def test_the_exchange_hears_of_its_agreement_in_the_same_instant(house: House) -> None:
    journey = reach(house, "opened")
    bring_into_force(journey)

    told = history(house.desk, f"exchange/{journey.exchange}")[-1]
    moved = history(house.desk, f"agreement/{journey.agreement}")[-1]
    assert (told.type, told.payload["effect"], told.payload["agreement"]) == (
        "AgreementTookEffect",
        "in_force",
        journey.agreement,
    )
    assert told.recorded_at == moved.recorded_at
    assert_explained(house.desk, journey.exchange)
    assert_agreement_explained(house.desk, journey.agreement)


def test_opening_for_signature_orders_the_paper_in_each_set_of_languages(house: House) -> None:
    journey = reach(house, "opened")

    orders = [e.payload for e in history(house.desk, f"agreement/{journey.agreement}") if e.type == "PaperOrdered"]

    assert [order["languages"] for order in orders] == [["es", "pt"], ["en"]]
    assert {order["version"] for order in orders} == {1}


def test_what_is_applied_provisionally_has_effect_once_until_it_is_in_force(house: House) -> None:
    journey = reach(house, "opened")
    sign(journey)
    agreements.apply_provisionally(house.desk, ANA, journey.agreement, "parliament rests")
    journey.step("seal")
    journey.step("bring_into_force")

    heard = [e.payload["effect"] for e in history(house.desk, f"exchange/{journey.exchange}") if "effect" in e.payload]
    assert heard == ["provisional", "in_force"]


def test_an_agreement_does_not_end_unsaid_under_running_activities(house: House) -> None:
    journey = reach(house, "execution")
    before = everything(house.desk)
    with pytest.raises(Refused) as error:
        journey.step("terminate", reason="no budget")
    assert codes(error) == {"agreement.activities_run"}
    assert everything(house.desk) == before

    journey.step("terminate", reason="no budget", running="continue")

    assert types(house.desk, f"exchange/{journey.exchange}")[-1] == "AgreementLostEffect"
    assert_explained(house.desk, journey.exchange)


def test_an_agreement_that_takes_effect_late_learns_what_runs_already(house: House) -> None:
    journey = reach(house, "opened")
    journey.state(ANA, "instrument", title="Memorandum of 2019", signed_on="2019-05-06")
    journey.words("agreement")
    journey.move(PAULA, "begin_execution")
    assert "ExecutionBegan" not in types(house.desk, f"agreement/{journey.agreement}")

    bring_into_force(journey)

    assert types(house.desk, f"agreement/{journey.agreement}")[-2:] == ["AgreementMoved", "ExecutionBegan"]
    with pytest.raises(Refused) as error:
        journey.step("terminate", reason="r")
    assert codes(error) == {"agreement.activities_run"}
    assert_agreement_explained(house.desk, journey.agreement)


def test_an_amendment_supersedes_what_it_amends_when_it_enters_into_force(house: House) -> None:
    journey = reach(house, "execution")
    old = journey.agreement
    journey.agreement = drafted(house, journey.exchange, amends=old)
    agreements.propose_text(house.desk, ANA, journey.agreement, "longer", {"duration_months": 24})
    journey.step("open_negotiation")
    for party, who in PARTIES:
        said = {"party": party, "name": "N", "title": "T", "institution": "I"}
        agreements.list_signatory(house.desk, who, journey.agreement, said)
    journey.step("send_for_clearance")
    journey.step("open_for_signature")
    bring_into_force(journey)

    with house.desk.store.read() as connection:
        loaded = stored.load(connection, journey.exchange)
    assert loaded is not None
    assert {a: said["effect"] for a, said in loaded.standing.agreements.items()} == {
        old: "superseded",
        journey.agreement: "in_force",
    }
    assert history(house.desk, f"agreement/{old}")[-1].payload["to"] == "amended"
    for agreement in (old, journey.agreement):
        assert_agreement_explained(house.desk, agreement)
    assert_explained(house.desk, journey.exchange)


def test_only_an_agreement_in_force_between_the_same_parties_is_amended(house: House) -> None:
    journey = reach(house, "execution")
    other = house.committed()
    house.state(ANA, other, "join_party", party="org-ilo", role="facilitates")
    with pytest.raises(Refused) as error:
        drafted(house, other, amends=journey.agreement)
    assert codes(error) == {"agreement.other_parties"}

    with pytest.raises(Refused) as error:
        drafted(house, journey.exchange, amends=drafted(house, journey.exchange))
    assert codes(error) == {"agreement.not_in_force"}


def test_an_exchange_more_is_covered_and_told_at_once(house: House) -> None:
    journey, other = reach(house, "execution"), house.committed()
    covered = agreements.cover(house.desk, ANA, journey.agreement, house.reference(other))

    assert covered["status"] == "in_force"
    assert types(house.desk, f"exchange/{other}")[-1] == "AgreementTookEffect"
    assert types(house.desk, f"exchange/{journey.exchange}").count("AgreementTookEffect") == 1
    assert_explained(house.desk, other)
    assert_agreement_explained(house.desk, journey.agreement)


def test_a_covered_exchange_hears_what_becomes_of_the_agreement(house: House) -> None:
    journey, other = reach(house, "execution"), house.committed()
    agreements.cover(house.desk, PAULA, journey.agreement, other)
    journey.step("terminate", reason="r", running="stop")

    for exchange in (journey.exchange, other):
        assert types(house.desk, f"exchange/{exchange}")[-1] == "AgreementLostEffect"


def test_an_agreement_without_effect_covers_silently(house: House) -> None:
    journey, other = reach(house, "opened"), house.committed()
    agreements.cover(house.desk, ANA, journey.agreement, other)
    assert types(house.desk, f"exchange/{other}")[-1] != "AgreementTookEffect"

    bring_into_force(journey)

    assert types(house.desk, f"exchange/{other}")[-1] == "AgreementTookEffect"


def test_what_is_not_covered(house: House) -> None:
    journey = reach(house, "execution")
    before = everything(house.desk)
    with pytest.raises(Refused) as error:
        agreements.cover(house.desk, ANA, journey.agreement, journey.exchange)
    assert codes(error) == {"agreement.covers_already"}
    with pytest.raises(NotFound):
        agreements.cover(house.desk, ANA, journey.agreement, "nothing")
    assert everything(house.desk) == before

    for other, code in ((house.draft(), "agreement.nothing_to_agree"), (house.offered(), "agreement.other_parties")):
        with pytest.raises(Refused) as error:
            agreements.cover(house.desk, ANA, journey.agreement, other)
        assert codes(error) == {code}
    journey.step("terminate", reason="r", running="stop")
    with pytest.raises(Refused) as error:
        agreements.cover(house.desk, ANA, journey.agreement, house.committed())
    assert codes(error) == {"agreement.ended"}


def test_a_replaced_party_reopens_an_unsigned_text_and_asks_for_a_new_one(house: House) -> None:
    journey = reach(house, "opened")
    successor = replace(CARLA, actor=replace(CARLA.actor, party="AR"))
    with pytest.raises(NotFound):
        journey.state(successor, "succession", party="AR", replaces="BR")
    journey.state(ANA, "join_party", party="AR", role="supports")
    journey.state(successor, "succession", party="AR", replaces="BR")
    journey.state(PAULA, "succession_agreed", replaces="BR")
    journey.move(ANA, "replace_party", old="BR", new="AR", reason="the institute closed")

    reopened = history(house.desk, f"agreement/{journey.agreement}")[-1]
    assert (reopened.type, reopened.payload["to"], reopened.payload["version"]) == ("PartySucceeded", "negotiation", 2)
    with pytest.raises(Refused) as error:
        journey.step("send_for_clearance")
    assert codes(error) == {"agreement.text"}
    assert_agreement_explained(house.desk, journey.agreement)
    assert_explained(house.desk, journey.exchange)


def test_a_return_touches_no_agreement(house: House) -> None:
    journey = reach(house, "execution")
    journey.state(ANA, "confirmation", move="return_to_commitment")
    before = types(house.desk, f"agreement/{journey.agreement}")

    journey.move(PAULA, "return_to_commitment", reason="an annex more")

    assert types(house.desk, f"agreement/{journey.agreement}") == [*before, "ExecutionEnded"]
    with house.desk.store.read() as connection:
        loaded = stored.load(connection, journey.exchange)
    assert loaded is not None
    assert loaded.standing.unbound == ()


def test_no_officer_signs_for_a_country_and_no_country_for_another(house: House) -> None:
    journey = reach(house, "opened")
    before = everything(house.desk)
    said = {"party": "BR", "signed_on": "2026-11-23"}

    for who in (ANA, Asking(OPERATOR), PAULA, EMPLOYERS, ALDO, CARLA):
        for act in (agreements.receive_counterpart, agreements.confirm_counterpart):
            with pytest.raises((Refused, NotFound)):
                act(house.desk, who, journey.agreement, said)
    assert everything(house.desk) == before

    agreements.receive_counterpart(house.desk, BRUNO, journey.agreement, said)
    with pytest.raises(Refused) as error:
        agreements.confirm_counterpart(house.desk, BRUNO, journey.agreement, said)
    assert codes(error) == {"agreement.second_officer"}


def test_a_country_neither_seals_nor_brings_into_force(house: House) -> None:
    journey = reach(house, "opened")
    sign(journey)
    with pytest.raises(Refused) as error:
        agreements.take_step(house.desk, PAULA, journey.agreement, "seal")
    assert error.value.code == "permission.denied"
    journey.step("seal")

    with pytest.raises(Refused) as error:
        agreements.take_step(house.desk, PAULA, journey.agreement, "bring_into_force")
    assert error.value.reasons[0]["who_could"] == ["secretariat"]


def test_steps_that_follow_by_themselves_are_nobodys(house: House) -> None:
    journey = reach(house, "opened")
    for step in ("complete_signatures", "supersede"):
        with pytest.raises(Refused) as error:
            journey.step(step)
        assert codes(error) == {"agreement.step_by_itself"}
    with pytest.raises(Refused) as error:
        journey.step("burn")
    assert codes(error) == {"agreement.step_unknown"}


def test_a_third_country_finds_no_agreement_and_drafts_none(house: House) -> None:
    journey = reach(house, "opened")
    with pytest.raises(NotFound):
        agreements.take_step(house.desk, CARLA, journey.agreement, "return_to_negotiation", {"reason": "r"})
    with pytest.raises(NotFound):
        drafted(house, journey.exchange, CARLA)
    for who in (EMPLOYERS, ALDO):
        with pytest.raises(Refused):
            drafted(house, journey.exchange, who)


def test_an_agreement_is_drafted_for_an_exchange_under_way_between_two(house: House) -> None:
    before_two = house.offered()
    ended = house.matched()
    house.move(ANA, ended, "withdraw", reason="r")
    before = everything(house.desk)

    for exchange in (before_two, ended):
        with pytest.raises(Refused) as error:
            drafted(house, exchange)
        assert codes(error) == {"agreement.nothing_to_agree"}
    assert everything(house.desk) == before


def test_nothing_is_told_of_the_future(house: House) -> None:
    journey = reach(house, "opened")
    asking = replace(ANA, occurred_at="2027-11-23T15:00:00Z")
    for act in (
        lambda: agreements.take_step(house.desk, asking, journey.agreement, "return_to_negotiation", {"reason": "r"}),
        lambda: agreements.propose_text(house.desk, asking, journey.agreement, "s", {}),
        lambda: drafted(house, journey.exchange, asking),
    ):
        with pytest.raises(Refused) as error:
            act()
        assert codes(error) == {"moment.in_the_future"}


def test_a_stale_version_is_told_what_happened_meanwhile(house: House) -> None:
    journey = reach(house, "opened")
    told = history(house.desk, f"agreement/{journey.agreement}")
    seen = next(event.seq for event in reversed(told) if event.type != "PaperOrdered")
    assert seen < told[-1].seq
    journey.step("return_to_negotiation", reason="one clause")

    with pytest.raises(Stale) as error:
        agreements.take_step(house.desk, replace(ANA, if_match=seen), journey.agreement, "send_for_clearance")

    assert {event["type"] for event in error.value.facts["meanwhile"]} == {"PaperOrdered", "AgreementMoved"}


def test_a_paper_that_is_ordered_or_drawn_changes_no_agreement(house: House) -> None:
    journey = reach(house, "opened")
    told = history(house.desk, f"agreement/{journey.agreement}")
    opened = next(event.seq for event in told if event.payload.get("to") == "open_for_signature")
    assert [event.type for event in told[opened:]] == ["PaperOrdered", "PaperOrdered"]

    after = agreements.take_step(
        house.desk, replace(ANA, if_match=opened), journey.agreement, "return_to_negotiation", {"reason": "one clause"}
    )

    assert after["version"] == told[-1].seq + 1


def test_an_agreement_from_before_learns_which_event_changed_it(house: House) -> None:
    reach(house, "opened")
    stood = rows_of(house.desk, "agreements")

    downgrade(house.desk.store.url, "0008")
    assert rows_of(house.desk, "agreements") != stood

    migrate(house.desk.store.url)
    assert rows_of(house.desk, "agreements") == stood


def test_the_name_of_a_signatory_is_sealed(house: House) -> None:
    journey = reach(house, "opened")

    events = history(house.desk, f"agreement/{journey.agreement}")
    assert not any(b"Paula" in event.canonical for event in events)
    with house.desk.store.read() as connection:
        rows = streams.read_sealed(connection, f"agreement/{journey.agreement}")
    assert [row.value for row in rows] == ["Bruno", "Paula"]


def test_a_minutes_signatories_are_sealed(house: House) -> None:
    exchange = house.committed()
    house.state(PAULA, exchange, "minute", signed_on="2026-11-20", signatories="Bruno and Paula", summary="s")

    event = history(house.desk, f"exchange/{exchange}")[-1]
    assert b"Bruno and Paula" not in event.canonical
    assert_explained(house.desk, exchange)


def test_terms_are_those_that_a_text_has(house: House) -> None:
    journey = reach(house, "opened")
    with pytest.raises(Refused) as error:
        agreements.propose_text(house.desk, ANA, journey.agreement, "s", {"horoscope": "x"})
    assert codes(error) == {"agreement.term_unknown"}


def test_a_text_that_no_paper_can_say_is_refused_before_it_is_fixed(house: House) -> None:
    journey = reach(house, "opened")
    journey.step("return_to_negotiation", reason="another wording")
    before = everything(house.desk)
    with pytest.raises(Refused) as error:
        agreements.propose_text(
            house.desk, ANA, journey.agreement, "s", {"financing": "by magic", "duration_months": "?"}
        )
    assert [reason.facts["field"] for reason in error.value.refusal.reasons] == [
        "terms.financing",
        "terms.duration_months",
    ]
    assert everything(house.desk) == before


def test_one_key_drafts_one_agreement(house: House) -> None:
    exchange = house.committed()
    asking = replace(ANA, key="k-1")

    assert drafted(house, exchange, asking) == drafted(house, exchange, asking)
    assert len(everything(house.desk)["agreements"]) == 1


def test_an_exchange_that_lost_its_instrument_does_not_begin_execution(house: House) -> None:
    journey = reach(house, "opened")
    bring_into_force(journey)
    journey.words("agreement")
    journey.step("terminate", reason="r")

    with pytest.raises(Refused) as error:
        exchanges.make_move(house.desk, PAULA, journey.exchange, "begin_execution")
    assert codes(error) == {"instrument"}
