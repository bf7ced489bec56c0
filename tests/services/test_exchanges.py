# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What people do with exchanges, on each database: all of it or nothing, and history explains every row."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from cycle.entries import Came
from cycle.starter import starter
from ledger.sealing import opens
from people.actors import OPERATOR, Actor, Role
from services import exchanges, programmes
from services.asking import Asking
from services.errors import NotFound, Refused, Stale
from storage import streams
from storage.exchanges import load
from storage.tables import counters
from tests.cast import ALDO, ANA, BRUNO, CARLA, EMPLOYERS, PAULA
from tests.house import DEMAND_SHEET, House
from tests.journey import reach
from tests.services.whole import assert_agreement_explained, assert_explained, everything, history, types


def codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason["code"] for reason in error.value.reasons}


def test_an_exchange_goes_the_whole_way_and_history_explains_it(house: House) -> None:
    journey = reach(house, "closed")

    with house.desk.store.read() as connection:
        loaded = load(connection, journey.exchange)
    assert loaded is not None
    assert (loaded.standing.stage, loaded.standing.lifecycle) == ("closed", "completed")
    assert_explained(house.desk, journey.exchange)
    assert_agreement_explained(house.desk, journey.agreement)


def test_facts_are_told_after_closing(house: House) -> None:
    journey = reach(house, "closed")

    told = house.state(PAULA, journey.exchange, "marker", egir="2")

    assert (told["stage"], told["item"]) == ("closed", "marker")
    assert_explained(house.desk, journey.exchange)


REFUSED: dict[str, tuple[Asking, str, dict[str, Any]]] = {
    "a move whose needs are unmet": (BRUNO, "begin_commitment", {}),
    "a move from another stage": (ANA, "close", {}),
    "an unknown move": (ANA, "fly", {}),
    "a move by another country": (EMPLOYERS, "begin_commitment", {}),
    "a move by an auditor": (ALDO, "begin_commitment", {}),
    "a day that is none": (ANA, "suspend", {"reason": "r", "review_on": "soon"}),
    "a value no ledger keeps": (ANA, "suspend", {"reason": 1.5, "review_on": "2027-01-01"}),
    "half a letter": (ANA, "suspend", {"reason": "\ud800", "review_on": "2027-01-01"}),
    "a letter no database keeps": (ANA, "suspend", {"reason": "a\0b", "review_on": "2027-01-01"}),
}


@pytest.mark.parametrize("key", [None, "a-key"])
def test_a_refused_move_writes_nothing_at_all(house: House, key: str | None) -> None:
    exchange = house.matched()
    before = everything(house.desk)

    for what, (who, move, says) in REFUSED.items():
        with pytest.raises(Refused):
            exchanges.make_move(house.desk, replace(who, key=key), exchange, move, says)
        assert everything(house.desk) == before, what


FACTS_REFUSED: dict[str, tuple[Asking, str, dict[str, Any], str]] = {
    "an unknown fact": (ANA, "rumour", {}, "fact.unknown"),
    "an unknown field": (PAULA, "sheet", {"side": "demand", "colour": "blue"}, "fact.field_unknown"),
    "an unknown country": (ANA, "join_party", {"party": "ZZ", "role": "asks"}, "country.unknown"),
    "a country in small letters": (ANA, "join_party", {"party": "cl", "role": "asks"}, "fact.field_invalid"),
    "an officer's consent": (ANA, "acceptance", {"party": "PE"}, "permission.consent_is_their_own"),
    "the operator's consent": (
        Asking(OPERATOR),
        "endorsement",
        {"party": "PE", "bench": "workers", "paper": "agreement", "word": "endorsed"},
        "permission.consent_is_their_own",
    ),
    "a float": (PAULA, "activity_planned", {"title": "t", "mode": "virtual", "days": 1.5}, "fact.field_invalid"),
    "a letter no database keeps": (PAULA, "sheet", {"side": "demand", "problem": "a\0b"}, "fact.field_invalid"),
    "half a letter": (PAULA, "sheet", {"side": "demand", "problem": "\udc00"}, "fact.field_invalid"),
    "an exchange that doubles itself": (
        ANA,
        "mark_duplicate_of",
        {"of": "SSC-2026-0001", "reason": "r"},
        "duplicate.exchange_unknown",
    ),
    "an exchange that doubles none": (
        ANA,
        "mark_duplicate_of",
        {"of": "SSC-1999-0001", "reason": "r"},
        "duplicate.exchange_unknown",
    ),
    "a correction of nothing": (ANA, "correct", {"event": 2**40, "reason": "r"}, "correction.event_unknown"),
    "a correction of a beginning": (ANA, "correct", {"event": 1, "reason": "r"}, "correction.event_unknown"),
}


def test_a_refused_fact_writes_nothing_at_all(house: House) -> None:
    exchange = house.matched()
    before = everything(house.desk)

    for what, (who, kind, fields, code) in FACTS_REFUSED.items():
        with pytest.raises(Refused) as error:
            exchanges.state_fact(house.desk, who, exchange, kind, fields)
        assert (what, codes(error)) == (what, {code})
        assert everything(house.desk) == before, what


DRAFTS: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown country": ({"parties": [{"party": "ZZ", "role": "offers"}]}, "country.unknown"),
    "a party without a code": ({"parties": [{"role": "offers"}]}, "party.code_malformed"),
    "nobody": ({"parties": []}, "exchange.first_party_missing"),
    "no title": ({"title": "  "}, "exchange.title_missing"),
    "a title no database keeps": ({"title": "a\0b"}, "exchange.title_missing"),
    "half a letter": ({"title": "\ud800"}, "exchange.title_missing"),
    "an unknown weight": ({"weight": "heavy"}, "exchange.weight_unknown"),
    "an unknown door": ({"door": "window"}, "exchange.door_unknown"),
    "an unknown origin": ({"origin": "banana"}, "exchange.origin_unknown"),
}


@pytest.mark.parametrize("key", [None, "a-key"])
def test_a_refused_draft_writes_nothing_at_all(house: House, key: str | None) -> None:
    before = everything(house.desk)
    said: dict[str, Any] = {
        "programme": "regional-initiative",
        "title": "t",
        "door": "offer",
        "weight": "standard",
        "parties": [{"party": "BR", "role": "offers"}],
    }

    for what, (wrong, code) in DRAFTS.items():
        with pytest.raises(Refused) as error:
            exchanges.draft_exchange(house.desk, replace(ANA, key=key), **{**said, **wrong})
        assert codes(error) & {code, "request.malformed"}, what
        assert everything(house.desk) == before, what


def test_a_door_that_the_programme_keeps_closed_lets_no_draft_in(house: House) -> None:
    closed = starter("our-region") + "\n[moves.publish_offer]\non = false\n"
    programmes.publish(house.desk, OPERATOR, closed)
    said: dict[str, Any] = {"programme": "our-region", "title": "t", "weight": "standard"}
    before = everything(house.desk)

    with pytest.raises(Refused) as error:
        exchanges.draft_exchange(
            house.desk, Asking(OPERATOR), **said, door="offer", parties=[{"party": "KE", "role": "offers"}]
        )

    assert codes(error) == {"exchange.door_closed"}
    assert everything(house.desk) == before
    exchanges.draft_exchange(
        house.desk, Asking(OPERATOR), **said, door="demand", parties=[{"party": "KE", "role": "asks"}]
    )


def test_an_unknown_programme_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        exchanges.draft_exchange(house.desk, ANA, programme="none", title="t", door="offer", weight="light", parties=[])


def test_references_have_no_gaps_after_refusals(house: House) -> None:
    taken = []
    for _ in range(3):
        exchange = house.draft()
        with pytest.raises(Refused):
            house.move(BRUNO, exchange, "publish_offer")
        taken.append(house.reference(house.offered()))

    assert taken == ["SSC-2026-0001", "SSC-2026-0002", "SSC-2026-0003"]
    with house.desk.store.read() as connection:
        assert [row.last for row in connection.execute(select(counters).where(counters.c.kind == "SSC"))] == [3]


def test_a_draft_that_is_withdrawn_takes_no_reference(house: House) -> None:
    exchange = house.draft()

    assert house.move(BRUNO, exchange, "withdraw", reason="no budget")["reference"] is None


def test_a_stale_version_is_told_what_happened_meanwhile(house: House) -> None:
    exchange = house.matched()
    seen = exchanges.state_fact(house.desk, PAULA, exchange, "sheet", DEMAND_SHEET)["version"]
    house.state(ANA, exchange, "validation", side="demand")
    before = everything(house.desk)

    with pytest.raises(Stale) as error:
        exchanges.state_fact(house.desk, replace(PAULA, if_match=seen), exchange, "marker", {"egir": "1"})

    assert [event["type"] for event in error.value.facts["meanwhile"]] == ["SheetValidated"]
    assert everything(house.desk) == before
    fresh = replace(PAULA, if_match=error.value.facts["version"])
    assert exchanges.state_fact(house.desk, fresh, exchange, "marker", {"egir": "1"})["version"] == seen + 2


def test_a_version_that_never_was_is_stale(house: House) -> None:
    exchange = house.matched()
    for version in (-1, 0, 10**30):
        with pytest.raises(Stale):
            exchanges.make_move(house.desk, replace(ANA, if_match=version), exchange, "withdraw", {"reason": "r"})


def test_a_paper_ordered_meanwhile_makes_nobody_stale(house: House) -> None:
    exchange = house.matched()
    seen = house.state(PAULA, exchange, "marker", egir="1")["version"]
    exchanges.order_paper(house.desk, BRUNO, exchange, "roadmap")

    assert exchanges.state_fact(house.desk, replace(PAULA, if_match=seen), exchange, "marker", {"egir": "2"})


def test_nine_delegates_endorse_at_once_and_all_succeed(house: House) -> None:
    exchange = house.matched()
    for party in ("CL", "AR"):
        house.state(ANA, exchange, "join_party", party=party, role="asks")
    benches = [(party, bench) for party in ("PE", "CL", "AR") for bench in ("government", "employers", "workers")]

    def endorse(seat: tuple[str, str]) -> str:
        party, bench = seat
        delegate = Asking(Actor(f"{party}-{bench}", Role.BENCH_DELEGATE, party, bench))
        said = {"party": party, "bench": bench, "paper": "agreement", "word": "endorsed"}
        return str(exchanges.state_fact(house.desk, delegate, exchange, "endorsement", said)["item"])

    with ThreadPoolExecutor(9) as pool:
        items = list(pool.map(endorse, benches))

    assert sorted(items) == sorted(f"word-agreement-{party}-{bench}" for party, bench in benches)
    assert types(house.desk, f"exchange/{exchange}").count("WordGiven") == 9
    assert_explained(house.desk, exchange)


def test_eight_rivals_with_one_version_have_one_winner(house: House) -> None:
    exchange = house.matched()
    seen = house.state(PAULA, exchange, "marker", egir="1")["version"]

    def rival(number: int) -> bool:
        asking = replace(BRUNO, if_match=seen)
        try:
            exchanges.state_fact(house.desk, asking, exchange, "marker", {"egir": "2", "note": str(number)})
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(rival, range(8))) == 1


def test_a_third_country_finds_no_draft_and_no_match(house: House) -> None:
    for exchange in (house.draft(), house.matched()):
        with pytest.raises(NotFound):
            house.state(CARLA, exchange, "answer", party="CO")
    with pytest.raises(NotFound):
        house.state(ANA, "nothing-of-the-kind", "flag", flag="f")


def test_a_renewal_opens_a_draft_derived_from_the_old_exchange(house: House) -> None:
    exchange = house.matched()
    house.state(ANA, exchange, "join_party", party="org-ilo", role="facilitates")
    with pytest.raises(Refused):
        house.move(PAULA, exchange, "renew", reason="too early")
    house.move(PAULA, exchange, "withdraw", reason="elections")

    renewed = house.move(PAULA, exchange, "renew", reason="a new government")

    draft = str(renewed["renewed_as"])
    first = history(house.desk, f"exchange/{draft}")[0].payload
    assert first["derived_from"] == exchange
    assert (first["title"], first["door"], first["weight"]) == ("Natural rubber", "offer", "standard")
    assert [(p["party"], p["role"]) for p in first["parties"]] == [
        ("BR", "offers"),
        ("PE", "asks"),
        ("org-ilo", "facilitates"),
    ]
    last = history(house.desk, f"exchange/{exchange}")[-1]
    assert (last.type, last.payload["renewed_as"]) == ("ExchangeRenewed", draft)
    assert renewed["exchange"] == exchange
    assert_explained(house.desk, exchange)
    assert_explained(house.desk, draft)
    with pytest.raises(Refused) as error:
        house.move(PAULA, exchange, "renew", reason="once more")
    assert codes(error) == {"renewed_once"}


def test_a_renewal_asked_twice_with_one_key_opens_one_draft(house: House) -> None:
    exchange = house.matched()
    house.move(PAULA, exchange, "withdraw", reason="elections")
    asking = replace(PAULA, key="renew-1")

    answers = [exchanges.make_move(house.desk, asking, exchange, "renew", {"reason": "r"}) for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(everything(house.desk)["exchanges"]) == 2


def test_a_duplicate_names_the_other_exchange(house: House) -> None:
    first, second = house.matched(), house.matched()

    house.state(ANA, second, "mark_duplicate_of", of=house.reference(first), reason="entered twice")

    assert_explained(house.desk, second)


def test_a_correction_names_its_event_and_the_history_keeps_both(house: House) -> None:
    exchange = house.committed()
    house.state(BRUNO, exchange, "activity_planned", title="Mission", on="2026-12-01", mode="virtual", days=3)
    planned = history(house.desk, f"exchange/{exchange}")[-1].seq

    house.state(ANA, exchange, "correct", event=planned, reason="typed wrong", days=4)

    assert types(house.desk, f"exchange/{exchange}")[-2:] == ["ActivityPlanned", "Corrected"]
    told = history(house.desk, f"exchange/{exchange}")[-1].payload
    assert (told["was"]["days"], told["right"], told["counts"]) == (3, {"days": 4}, {"activity_days": 1})
    assert_explained(house.desk, exchange)


def test_no_officer_corrects_a_consent_and_no_country_anothers_word(house: House) -> None:
    exchange = house.committed()
    accepted = next(
        e.seq for e in history(house.desk, f"exchange/{exchange}") if e.payload.get("item") == "acceptance-PE"
    )
    before = everything(house.desk)

    for who in (ANA, BRUNO, Asking(OPERATOR)):
        with pytest.raises(Refused) as error:
            house.state(who, exchange, "correct", event=accepted, reason="r", whole="struck")
        assert error.value.code == "permission.denied"
    assert everything(house.desk) == before

    entering = replace(ANA, actor=replace(ANA.actor, on_behalf_of="PE"), came=Came("mail", "2026-11-20"))
    with pytest.raises(Refused) as error:
        house.state(entering, exchange, "correct", event=accepted, reason="r", whole="struck")
    assert error.value.code == "permission.denied"
    assert everything(house.desk) == before

    house.state(PAULA, exchange, "correct", event=accepted, reason="said too soon", whole="struck")
    assert_explained(house.desk, exchange)


def test_a_word_given_is_corrected_by_its_bench_and_only_while_it_is_its_last(house: House) -> None:
    exchange = house.committed()
    said = {"party": "PE", "bench": "employers", "paper": "agreement"}
    house.state(EMPLOYERS, exchange, "endorsement", word="endorsed", **said)
    first = history(house.desk, f"exchange/{exchange}")[-1].seq
    house.state(EMPLOYERS, exchange, "endorsement", word="refused", **said)

    with pytest.raises(Refused) as error:
        house.state(EMPLOYERS, exchange, "correct", event=first, reason="r", word="seat_vacant")
    assert codes(error) == {"correction.told_again"}

    house.state(EMPLOYERS, exchange, "correct", event=first + 1, reason="r", word="seat_vacant")
    with house.desk.store.read() as connection:
        loaded = load(connection, exchange)
    assert loaded is not None
    assert loaded.standing.words["agreement/PE/employers"]["word"] == "seat_vacant"
    assert_explained(house.desk, exchange)


def test_sealed_words_leave_only_a_digest_in_the_event(house: House) -> None:
    exchange = house.draft()
    house.state(BRUNO, exchange, "sheet", side="offer", contact="Bruno, +55 61 0000")
    event = history(house.desk, f"exchange/{exchange}")[-1]

    assert b"+55 61" not in event.canonical
    with house.desk.store.read() as connection:
        (row,) = streams.read_sealed(connection, event.stream)
    assert (row.seq, row.field, row.value) == (event.seq, "contact", "Bruno, +55 61 0000")
    assert opens(event.payload["contact"]["sealed"], row.value, row.salt)
    tables = everything(house.desk)
    assert [name for name, rows in tables.items() if any("+55 61" in cell for line in rows for cell in line)] == [
        "sealed"
    ]


def test_a_sealed_word_is_said_anew_never_corrected(house: House) -> None:
    exchange = house.draft()
    house.state(BRUNO, exchange, "sheet", side="offer", contact="Bruno, +55 61 0000")

    with pytest.raises(Refused) as error:
        house.state(BRUNO, exchange, "correct", event=2, reason="r", contact="+55 62")

    assert "correction.sealed" in codes(error)


@pytest.mark.parametrize(
    ("who", "at", "why", "code"),
    [
        (ANA, "2026-11-24T15:00:00Z", "r", "moment.in_the_future"),
        (ANA, "2026-11-22T15:00:00Z", None, "moment.backdate_reason"),
        (BRUNO, "2026-11-22T15:00:00Z", "r", "permission.backdate"),
        (ANA, "yesterday", "r", "moment.malformed"),
        (ANA, "2026-13-01T00:00:00Z", "r", "moment.malformed"),
    ],
)
def test_who_tells_the_past_has_the_right_and_a_reason(
    house: House, who: Asking, at: str, why: str | None, code: str
) -> None:
    exchange = house.draft()
    before = everything(house.desk)

    with pytest.raises(Refused) as error:
        exchanges.state_fact(
            house.desk, replace(who, occurred_at=at, backdate_reason=why), exchange, "marker", {"egir": "1"}
        )

    assert codes(error) == {code}
    assert everything(house.desk) == before


def test_what_is_told_late_has_its_own_time_and_says_why(house: House) -> None:
    exchange = house.matched()
    house.clock.on(days=5)
    late = replace(ANA, occurred_at="2026-11-25T10:00:00-05:00", backdate_reason="the letter was late")

    exchanges.make_move(house.desk, late, exchange, "withdraw", {"reason": "elections"})

    event = history(house.desk, f"exchange/{exchange}")[-1]
    assert (event.occurred_at, event.recorded_at) == ("2026-11-25T15:00:00.000Z", "2026-11-28T15:00:00.000Z")
    assert (event.payload["on"], event.payload["backdated"]) == ("2026-11-25", "the letter was late")


def test_no_move_happens_before_the_one_before_it(house: House) -> None:
    exchange = house.matched()
    house.clock.on(days=5)
    early = replace(ANA, occurred_at="2026-11-20T15:00:00Z", backdate_reason="r")

    with pytest.raises(Refused) as error:
        exchanges.make_move(house.desk, early, exchange, "withdraw", {"reason": "r"})

    assert codes(error) == {"moment.before_previous_move"}


@pytest.mark.parametrize(
    ("kind", "fields"), [("measure", {"title": "t"}), ("lessons", {"party": "PE", "text": "t"}), ("nonsense", {})]
)
def test_a_fact_about_no_item_takes_the_name_of_none(house: House, kind: str, fields: dict[str, str]) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as refused:
        house.state(ANA, exchange, kind, item="measure-1", **fields)

    assert refused.value.code == ("fact.unknown" if kind == "nonsense" else "fact.item_not_taken")


def test_what_minga_says_itself_is_nobodys_to_say(house: House) -> None:
    exchange = house.matched()
    with pytest.raises(Refused) as refused:
        house.move(ANA, exchange, "withdraw", reason="r", lap=9, to="closed")
    house.move(ANA, exchange, "withdraw", reason="r", by_itself=True, backdated="never")

    assert [reason["field"] for reason in refused.value.reasons] == ["lap", "to"]
    payload = history(house.desk, f"exchange/{exchange}")[-1].payload
    assert not {"by_itself", "backdated"} & set(payload)


def test_a_member_that_left_and_answers_again_leaves_no_row_unexplained(house: House) -> None:
    exchange = house.offered()
    house.state(ANA, exchange, "join_party", party="CL", role="supports")
    house.state(ANA, exchange, "leave_party", party="CL", reason="r")
    house.state(ANA, exchange, "answer", party="CL")

    assert_explained(house.desk, exchange)


def test_a_paper_is_ordered_by_parties_and_officers_only(house: House) -> None:
    exchange = house.matched()
    for who in (ALDO, EMPLOYERS):
        with pytest.raises(Refused):
            exchanges.order_paper(house.desk, who, exchange, "roadmap")
    with pytest.raises(Refused):
        exchanges.order_paper(house.desk, ANA, exchange, "love-letter")

    exchanges.order_paper(house.desk, PAULA, exchange, "roadmap")

    assert types(house.desk, f"exchange/{exchange}")[-1] == "PaperOrdered"
