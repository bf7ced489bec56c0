# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Telling the agreements: what runs under them is known to their own streams, so that of two rivals one is refused."""

from concurrent.futures import ThreadPoolExecutor

from agreements.agreement import Agreement
from services import agreements, exchanges
from services.errors import Refused
from storage import agreements as stored
from storage import exchanges as stored_exchanges
from tests.cast import ANA, PAULA
from tests.house import House
from tests.journey import PARTIES, SECOND, Journey, reach
from tests.services.whole import assert_agreement_explained, assert_explained, types


def ready(house: House) -> Journey:
    """In commitment, with an agreement in force and the benches' words: one move from execution."""
    journey = reach(house, "opened")
    for party, who in PARTIES:
        said = {"party": party, "signed_on": "2026-11-23"}
        agreements.receive_counterpart(house.desk, who, journey.agreement, said)
        agreements.confirm_counterpart(house.desk, SECOND[party], journey.agreement, {"party": party})
    journey.step("seal")
    journey.step("bring_into_force")
    journey.words("agreement")
    return journey


def agreement_of(journey: Journey) -> Agreement:
    with journey.house.desk.store.read() as connection:
        loaded = stored.load(connection, journey.agreement)
    assert loaded is not None
    return loaded.standing


def test_an_agreement_hears_when_execution_begins_and_ends(house: House) -> None:
    journey = reach(house, "execution")
    assert agreement_of(journey).executing == (journey.exchange,)

    journey.move(ANA, "terminate", reason="no budget")
    assert agreement_of(journey).executing == ()

    journey.move(ANA, "reopen", reason="budget found")
    assert agreement_of(journey).executing == (journey.exchange,)
    assert_agreement_explained(house.desk, journey.agreement)


def test_a_suspension_is_no_end_of_execution(house: House) -> None:
    journey = reach(house, "execution")
    journey.move(ANA, "suspend", reason="elections", review_on="2027-06-01")

    assert agreement_of(journey).executing == (journey.exchange,)


def test_closing_ends_execution_and_reopening_begins_it_again(house: House) -> None:
    journey = reach(house, "closed")
    assert agreement_of(journey).executing == ()

    journey.move(ANA, "reopen_closed", reason="a late evaluation")
    assert agreement_of(journey).executing == (journey.exchange,)


def test_what_concerns_no_agreement_is_told_to_none(house: House) -> None:
    journey = reach(house, "execution")
    before = types(house.desk, f"agreement/{journey.agreement}")

    journey.reflection()
    journey.state(PAULA, "marker", egir="1")

    assert types(house.desk, f"agreement/{journey.agreement}") == before


def test_of_ending_the_agreement_and_beginning_execution_one_is_first(house: House) -> None:
    for _ in range(4):
        journey = ready(house)

        with ThreadPoolExecutor(2) as pool:
            ended, began = pool.submit(_ends, journey), pool.submit(_begins, journey)
            assert {ended.result(), began.result()} in ({None, "instrument"}, {None, "agreement.activities_run"})
            assert (ended.result() is None) != (began.result() is None)
        with house.desk.store.read() as connection:
            loaded = stored_exchanges.load(connection, journey.exchange)
        assert loaded is not None
        executing = loaded.standing.stage == "execution"
        assert executing == (agreement_of(journey).status == "in_force")
        assert_explained(house.desk, journey.exchange)
        assert_agreement_explained(house.desk, journey.agreement)


def _ends(journey: Journey) -> str | None:
    """Ends the agreement, or the code that keeps it from ending."""
    try:
        agreements.take_step(journey.house.desk, ANA, journey.agreement, "terminate", {"reason": "r"})
    except Refused as error:
        return str(error.reasons[0]["code"])
    return None


def _begins(journey: Journey) -> str | None:
    """Begins execution, or the code that keeps it from beginning."""
    try:
        exchanges.make_move(journey.house.desk, PAULA, journey.exchange, "begin_execution")
    except Refused as error:
        return str(error.reasons[0]["code"])
    return None


def test_covering_and_beginning_at_once_leave_both_streams_agreed(house: House) -> None:
    journey, other = reach(house, "execution"), ready(house)

    with ThreadPoolExecutor(2) as pool:
        covered = pool.submit(agreements.cover, house.desk, ANA, journey.agreement, other.exchange)
        began = pool.submit(exchanges.make_move, house.desk, PAULA, other.exchange, "begin_execution")
        covered.result()
        began.result()

    assert agreement_of(journey).executing == tuple(sorted((journey.exchange, other.exchange)))
    for exchange in (journey.exchange, other.exchange):
        assert_explained(house.desk, exchange)
