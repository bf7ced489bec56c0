# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Entries in a country's name: what officers may enter, what the country is told, and what it says to it."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from cycle.entries import Came
from observatory.entries import entries_of
from observatory.history import history
from people.actors import Actor, Role
from services.asking import Asking
from services.entries import confirm_entry, contest_entry
from services.errors import NotFound, Refused
from services.evidence import Declaration, add_evidence
from storage.entries import Entry, find
from storage.idempotency import KeyReused
from storage.tables import exceptions
from tests.cast import ALDO, ANA, BRUNO, CARLA, EMPLOYERS, PAULA
from tests.house import House
from tests.services import whole
from tests.services.whole import assert_explained

BY_MAIL = Came("mail", "2026-11-20")


def for_peru(who: Asking = ANA, came: Came = BY_MAIL) -> Asking:
    return replace(who, actor=replace(who.actor, on_behalf_of="PE"), came=came)


def for_brasil(who: Asking = ANA, came: Came = BY_MAIL) -> Asking:
    return replace(who, actor=replace(who.actor, on_behalf_of="BR"), came=came)


def waiting_for(house: House, who: Asking) -> tuple[Any, ...]:
    with house.desk.store.read() as connection:
        return tuple(one for one in entries_of(connection, who.actor).items if one.status == "waiting")


def exceptional(house: House, exchange: str) -> list[tuple[str, str, str | None]]:
    """What the register of exceptions says of an exchange: (kind, what, party)."""
    with house.desk.store.read() as connection:
        rows = connection.execute(select(exceptions).where(exceptions.c.exchange == exchange))
        return sorted((row.kind, row.what, row.party) for row in rows)


def entered(house: House) -> tuple[str, int]:
    """An activity that Perú told by mail: the exchange, and the event that was entered."""
    exchange = house.matched()
    house.state(for_peru(), exchange, "activity_planned", title="First mission", mode="virtual")
    with house.desk.store.read() as connection:
        return exchange, entries_of(connection, PAULA.actor).items[0].seq


def entry(house: House, exchange: str, seq: int) -> Entry:
    with house.desk.store.read() as connection:
        found = find(connection, exchange, seq)
    assert found is not None
    return found


def codes(error: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason["code"] for reason in error.value.reasons]


def test_what_came_by_mail_waits_for_the_country_and_says_how_it_came(house: House) -> None:
    exchange, seq = entered(house)
    found = entry(house, exchange, seq)
    told = (found.party, found.type, found.item, found.came_by, found.came_on, found.officer, found.status)
    assert told == ("PE", "ActivityPlanned", "activity-1", "mail", "2026-11-20", "ana", "waiting")
    with house.desk.store.read() as connection:
        line = history(connection, exchange).items[-1]
        assert (line.who, line.on_behalf_of, line.payload["came"]) == ("ana", "PE", {"by": "mail", "on": "2026-11-20"})
        assert [one.seq for one in entries_of(connection, PAULA.actor, waiting=True).items] == [seq]
        assert entries_of(connection, BRUNO.actor, waiting=True).items == ()
        assert entries_of(connection, CARLA.actor, waiting=True).items == ()
        assert [one.seq for one in entries_of(connection, ALDO.actor, waiting=True).items] == [seq]


def test_the_country_confirms_in_one_tap_and_once(house: House) -> None:
    exchange, seq = entered(house)
    done = confirm_entry(house.desk, PAULA, exchange, seq)
    assert (done["entry"], done["status"]) == (seq, "confirmed")
    found = entry(house, exchange, seq)
    assert (found.status, found.answered_by, found.reason) == ("confirmed", "paula", None)
    with pytest.raises(Refused, match=r"entry\.answered"):
        contest_entry(house.desk, PAULA, exchange, seq, "we did not")
    with house.desk.store.read() as connection:
        assert entries_of(connection, PAULA.actor, waiting=True).items == ()


def test_a_contested_entry_stays_and_shows_why(house: House) -> None:
    exchange, seq = entered(house)
    contest_entry(house.desk, PAULA, exchange, seq, "We said May, not March.")
    found = entry(house, exchange, seq)
    assert (found.status, found.reason) == ("contested", "We said May, not March.")
    with house.desk.store.read() as connection:
        line = history(connection, exchange).items[-1]
    assert line.type == "EntryContested"
    assert line.summary == f"entry: {seq}; party: PE; reason: We said May, not March."


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "a\0b"])
def test_who_contests_says_why(house: House, reason: str) -> None:
    exchange, seq = entered(house)
    with pytest.raises(Refused) as error:
        contest_entry(house.desk, PAULA, exchange, seq, reason)
    assert error.value.code == "entry.reason_missing"


@pytest.mark.parametrize(
    "who", [ANA, BRUNO, ALDO, EMPLOYERS, replace(ANA, actor=replace(ANA.actor, on_behalf_of="PE"))]
)
def test_nobody_answers_for_the_country(house: House, who: Asking) -> None:
    exchange, seq = entered(house)
    with pytest.raises((Refused, NotFound)):
        confirm_entry(house.desk, who, exchange, seq)
    assert entry(house, exchange, seq).status == "waiting"


def test_a_country_that_may_not_know_of_the_exchange_is_told_nothing_of_the_entry(house: House) -> None:
    exchange, seq = entered(house)
    with pytest.raises(NotFound):
        confirm_entry(house.desk, CARLA, exchange, seq)
    with pytest.raises(NotFound):
        confirm_entry(house.desk, PAULA, exchange, seq + 1)


def test_an_entry_one_may_not_know_of_is_told_as_one_that_is_not_there(house: House) -> None:
    exchange = house.offered()
    house.state(for_brasil(), exchange, "activity_planned", title="First mission", mode="virtual")
    told = []
    for seq in (4, 5):
        with pytest.raises(NotFound) as error:
            confirm_entry(house.desk, CARLA, exchange, seq)
        told.append((str(error.value).replace(f"entry {seq} ", "entry … "), sorted(error.value.facts)))
    assert told[0] == told[1]
    assert entry(house, exchange, 4).status == "waiting"


def test_a_page_of_entries_holds_none_of_an_exchange_one_may_not_know_of(house: House) -> None:
    lost = house.offered()
    house.state(for_peru(), lost, "answer", party="PE", institution="Ministerio de Trabajo")
    house.state(CARLA, lost, "answer", party="CO")
    house.move(ANA, lost, "answer_offer", counterpart="CO")
    exchange, seq = entered(house)
    house.state(for_peru(), exchange, "activity_planned", title="Second mission", mode="virtual")
    with house.desk.store.read() as connection:
        first = entries_of(connection, PAULA.actor, limit=1)
        assert [(one.exchange, one.seq) for one in first.items] == [(exchange, seq)]
        rest = entries_of(connection, PAULA.actor, after=first.next, limit=1)
        assert ([one.exchange for one in rest.items], rest.next) == ([exchange], None)
        assert [one.exchange for one in entries_of(connection, ALDO.actor, limit=1).items] == [lost]


def test_consent_is_never_entered(house: House) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as error:
        house.state(for_peru(), exchange, "acceptance", party="PE")
    assert error.value.code == "permission.denied"
    word: dict[str, Any] = {"party": "PE", "bench": "workers", "paper": "agreement", "word": "endorsed"}
    with pytest.raises(Refused):
        house.state(for_peru(), exchange, "endorsement", **word)


def test_an_officer_enters_only_what_the_country_could_say_itself(house: House) -> None:
    exchange = house.offered()
    with pytest.raises(Refused) as error:
        house.state(for_peru(), exchange, "activity_planned", title="x", mode="virtual")
    assert codes(error) == ["permission.role"]
    house.state(for_peru(), exchange, "answer", party="PE", institution="Ministerio de Trabajo")


def test_an_exchange_is_opened_in_the_name_of_the_country_whose_it_is(house: House) -> None:
    exchange = house.draft(who=for_brasil())
    (waiting,) = waiting_for(house, BRUNO)
    assert (waiting.exchange, waiting.seq, waiting.type, waiting.came_by) == (exchange, 1, "ExchangeDrafted", "mail")
    answered = confirm_entry(house.desk, BRUNO, exchange, 1)
    assert (answered["status"], answered["version"]) == ("confirmed", 1)
    assert waiting_for(house, BRUNO) == ()
    assert exceptional(house, exchange) == [("on_behalf", "ExchangeDrafted", "BR")]
    assert_explained(house.desk, exchange)


def test_an_exchange_is_opened_in_the_name_of_one_of_its_own(house: House) -> None:
    with pytest.raises(Refused) as error:
        house.draft(who=for_peru())
    assert codes(error) == ["permission.not_a_party"]
    with pytest.raises(Refused) as error:
        house.draft(who=for_brasil(PAULA))
    assert codes(error) == ["permission.on_behalf"]
    with pytest.raises(Refused) as error:
        house.draft(who=for_brasil(ANA, Came("pigeon", "2026-11-20")))
    assert codes(error) == ["entry.way_unknown"]
    assert waiting_for(house, BRUNO) == ()


def test_what_is_told_late_and_by_mail_says_both(house: House) -> None:
    late = replace(for_brasil(), occurred_at="2026-11-20T15:00:00Z", backdate_reason="the mail lay a weekend")
    exchange = house.draft(who=late)
    assert exceptional(house, exchange) == [
        ("back_dated", "ExchangeDrafted", "BR"),
        ("on_behalf", "ExchangeDrafted", "BR"),
    ]
    (first,) = whole.history(house.desk, f"exchange/{exchange}")
    assert first.payload["backdated"] == "the mail lay a weekend"


def test_the_same_key_with_evidence_that_came_otherwise_is_another_request(house: House) -> None:
    exchange, said = house.matched(), Declaration("document", "nobody")
    asked = replace(for_peru(), key="k")
    add_evidence(house.desk, asked, exchange, BytesIO(b"minutes"), "notes.txt", said)
    again = replace(asked, came=Came("telephone", "2026-11-20"))
    with pytest.raises(KeyReused):
        add_evidence(house.desk, again, exchange, BytesIO(b"minutes"), "notes.txt", said)
    (waiting,) = waiting_for(house, PAULA)
    assert (waiting.type, waiting.item, waiting.came_by) == ("EvidenceAttached", "evidence-1", "mail")


def test_only_officers_enter_for_others(house: House) -> None:
    exchange = house.matched()
    for who in (BRUNO, EMPLOYERS):
        with pytest.raises(Refused):
            house.state(for_peru(who), exchange, "activity_planned", title="x", mode="virtual")


def test_a_move_is_entered_and_answered_like_a_fact(house: House) -> None:
    exchange = house.draft()
    sheet = {"side": "offer", "institution": "MTE", "shares": "how", "theme": "supply-chains", "modality": "training"}
    brasil = replace(ANA, actor=replace(ANA.actor, on_behalf_of="BR"), came=Came("telephone", "2026-11-23"))
    house.state(brasil, exchange, "sheet", **sheet, language="pt", no_evidence_yet=True)
    house.move(brasil, exchange, "publish_offer")
    with house.desk.store.read() as connection:
        found = entries_of(connection, BRUNO.actor, waiting=True).items
    assert [one.type for one in found] == ["SheetSubmitted", "StageMoved"]
    confirm_entry(house.desk, BRUNO, exchange, found[1].seq)


@pytest.mark.parametrize(
    ("came", "code"),
    [
        (Came("pigeon", "2026-11-20"), "entry.way_unknown"),
        (Came("mail", "20 November"), "entry.day_malformed"),
        (Came("mail", "2027-01-01"), "entry.day_malformed"),
    ],
)
def test_how_it_came_is_one_of_the_ways_and_on_a_day_that_has_come(house: House, came: Came, code: str) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as error:
        house.state(for_peru(came=came), exchange, "activity_planned", title="x", mode="virtual")
    assert codes(error) == [code]


def test_a_party_nobody_knows_has_nothing_entered_in_its_name(house: House) -> None:
    exchange = house.matched()
    behalf = replace(ANA, actor=Actor("ana", Role.SECRETARIAT, on_behalf_of="XX"), came=BY_MAIL)
    with pytest.raises(Refused) as error:
        house.state(behalf, exchange, "activity_planned", title="x", mode="virtual")
    assert error.value.code == "country.unknown"


def test_the_same_key_for_another_way_of_coming_is_another_request(house: House) -> None:
    exchange = house.matched()
    keyed = replace(for_peru(), key="k")
    first = house.state(keyed, exchange, "activity_planned", title="x", mode="virtual")
    assert house.state(keyed, exchange, "activity_planned", title="x", mode="virtual") == first
    with pytest.raises(Exception, match="another request"):
        house.state(
            replace(keyed, came=Came("meeting", "2026-11-20")), exchange, "activity_planned", title="x", mode="virtual"
        )
