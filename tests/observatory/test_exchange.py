# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One exchange: whole, on a past day, and how old its stage is."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from observatory.errors import DayInTheFuture, NotFound
from observatory.window import see_exchange, see_exchange_on, see_facts, see_paper, see_papers
from services.asking import Asking
from services.exchanges import order_paper
from storage.store import Store
from tests.cast import ALDO, ANA, BRUNO, CARLA, PAULA
from tests.house import OFFER_SHEET, House, furnish


@pytest.fixture
def house(store: Store, tmp_path: Path) -> House:
    return furnish(store, tmp_path)


def test_an_exchange_is_shown_by_its_reference_as_by_its_id(house: House) -> None:
    exchange = house.matched()
    whole = see_exchange(house.desk, PAULA.actor, house.reference(exchange))
    assert whole == see_exchange(house.desk, PAULA.actor, exchange)
    assert (whole.line.stage, whole.line.reference) == ("demand", "SSC-2026-0001")
    assert [party.party for party in whole.line.parties] == ["BR", "PE"]
    assert [item.item for item in whole.items] == ["sheet-offer", "answer-PE"]
    assert see_facts(house.desk, PAULA.actor, exchange) == whole.items


def test_another_countrys_draft_is_not_there(house: House) -> None:
    exchange = house.draft()
    assert see_exchange(house.desk, BRUNO.actor, exchange).line.stage == "draft"
    assert see_exchange(house.desk, ALDO.actor, exchange).line.stage == "draft"
    for look in (see_exchange, see_facts, see_papers):
        with pytest.raises(NotFound):
            look(house.desk, CARLA.actor, exchange)
    with pytest.raises(NotFound):
        see_exchange(house.desk, ANA.actor, "SSC-1999-0001")


def test_what_was_struck_while_it_was_a_draft_is_shown_to_those_alone_whose_it_was(house: House) -> None:
    exchange = house.draft()
    for field in ("first", "second"):
        house.state(BRUNO, exchange, "activity_planned", title=f"{field} thought", mode="virtual")
    house.state(BRUNO, exchange, "correct", event=2, reason="thought better of it", whole="struck")
    house.state(BRUNO, exchange, "sheet", **OFFER_SHEET)
    house.move(BRUNO, exchange, "publish_offer")
    house.state(BRUNO, exchange, "correct", event=3, reason="no longer", whole="struck")

    def struck(who: Asking) -> list[str]:
        items = see_facts(house.desk, who.actor, exchange)
        assert items == see_exchange(house.desk, who.actor, exchange).items
        return [str(item.body["title"]) for item in items if item.struck]

    for who in (BRUNO, ANA, ALDO):
        assert struck(who) == ["first thought", "second thought"]
    assert struck(CARLA) == ["second thought"]


def test_a_day_shows_where_it_stood(house: House) -> None:
    exchange = house.offered()
    house.clock.on(days=5)
    house.state(PAULA, exchange, "answer", party="PE")
    house.move(ANA, exchange, "answer_offer", counterpart="PE")
    stood = [see_exchange_on(house.desk, ANA.actor, exchange, date(2026, 11, day), None).stage for day in (23, 27, 28)]
    assert stood == ["offer", "offer", "demand"]
    with pytest.raises(NotFound):
        see_exchange_on(house.desk, ANA.actor, exchange, date(2026, 11, 22), None)
    with pytest.raises(NotFound):
        see_exchange_on(house.desk, ANA.actor, exchange, None, date(2026, 11, 22))
    with pytest.raises(DayInTheFuture):
        see_exchange_on(house.desk, ANA.actor, exchange, date(2026, 11, 29), None)


def test_a_past_day_shows_what_was_put_right_since_and_not_what_was_known_then(house: House) -> None:
    exchange = house.offered()
    said = house.state(ANA, exchange, "weight", weight="light", reason="two sessions")
    house.clock.on(days=5)
    house.state(ANA, exchange, "correct", event=said["version"], reason="a slip", weight="triangular")

    def weight(known: date | None) -> str:
        return see_exchange_on(house.desk, ANA.actor, exchange, date(2026, 11, 24), known).weight

    assert (weight(None), weight(date(2026, 11, 24))) == ("triangular", "light")


def test_what_was_told_late_of_a_party_is_shown_on_a_day_before_the_ledger_knew_the_party(house: House) -> None:
    exchange = house.committed()
    house.clock.on(days=20)
    house.state(ANA, exchange, "join_party", party="CL", role="facilitates")
    late = replace(ANA, occurred_at="2026-12-01T15:00:00Z", backdate_reason="the minutes came late")
    house.state(late, exchange, "change_role", party="CL", role="supports", reason="as the minutes say")

    stood = see_exchange_on(house.desk, ANA.actor, exchange, date(2026, 12, 2), None)

    assert [(party.party, party.roles) for party in stood.parties] == [
        ("BR", ("offers",)),
        ("CL", ("supports",)),
        ("PE", ("asks",)),
    ]


def test_a_stage_is_as_old_as_its_days_and_used_its_working_days_without_pauses(house: House) -> None:
    exchange = house.offered()
    house.clock.on(days=7)
    assert see_exchange(house.desk, ANA.actor, exchange).age.used == 5
    house.move(ANA, exchange, "suspend", reason="elections", review_on="2027-02-01")
    house.clock.on(days=14)
    house.move(ANA, exchange, "resume", reason="a new minister")
    house.clock.on(days=1)
    age = see_exchange(house.desk, ANA.actor, exchange).age
    assert (age.calendar_days, age.allowance, age.used) == (22, 120, 6)
    assert [(pause.since, pause.until, pause.reason) for pause in age.pauses] == [
        ("2026-11-30", "2026-12-14", "elections")
    ]


def test_an_ended_exchange_grows_no_older(house: House) -> None:
    exchange = house.offered()
    house.clock.on(days=7)
    house.move(BRUNO, exchange, "withdraw", reason="a change of plans")
    house.clock.on(days=70)
    assert see_exchange(house.desk, ANA.actor, exchange).age.calendar_days == 7


def test_a_paper_that_is_not_drawn_yet_has_no_file(house: House) -> None:
    exchange = house.committed()
    order_paper(house.desk, ANA, exchange, "roadmap")
    papers = see_papers(house.desk, PAULA.actor, exchange)
    assert {(paper.kind, paper.status) for paper in papers} == {("roadmap", "ordered")}
    for paper in (papers[0].id, "nothing"):
        with pytest.raises(NotFound):
            see_paper(house.desk, ANA.actor, paper)
