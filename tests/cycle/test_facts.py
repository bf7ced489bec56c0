# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts: fields are checked all at once, items follow what is said, counters follow the items, corrections leave a trace."""

from typing import Any

import pytest

from cycle.facts import FACTS
from cycle.refusals import Refusal
from tests.cycle.play import Play, executing, matched, promised


def codes(refused: object) -> list[str]:
    assert isinstance(refused, Refusal), refused
    return [reason.code for reason in refused.reasons]


def test_all_mistakes_of_a_fact_are_named_at_once() -> None:
    refused = matched().try_say("activity_planned", on="2026-02-30", mode="by ship", colour="blue")

    assert codes(refused) == ["fact.field_unknown", "fact.field_missing", "fact.field_invalid", "fact.field_invalid"]


@pytest.mark.parametrize(
    ("kind", "field", "said", "told"),
    [
        ("activity_planned", "on", "2026-02-30", "'2026-02-30' is no day of the calendar, written like 2026-11-23"),
        ("activity_planned", "on", "tomorrow", "'tomorrow' is no day of the calendar, written like 2026-11-23"),
        ("activity_planned", "on", "20261123", "'20261123' is no day of the calendar, written like 2026-11-23"),
        ("activity_planned", "on", "2026-W48-1", "'2026-W48-1' is no day of the calendar, written like 2026-11-23"),
        ("activity_planned", "on", 20261123, "'20261123' is no day of the calendar, written like 2026-11-23"),
        ("activity_planned", "title", "Visit \udcff", "a text in UTF-8 is expected, without NUL characters"),
        ("contribution", "amount", "1,000.50", "'1,000.50' is no amount, written like 18000.00"),
    ],
)
def test_a_mistake_says_how_the_field_is_written(kind: str, field: str, said: Any, told: str) -> None:
    refused = matched().try_say(kind, **{field: said})

    assert isinstance(refused, Refusal)
    assert f"{field}: {told}" in [reason.need for reason in refused.reasons]


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("activity_planned", {"title": "t", "mode": "virtual", "on": "2027-02-02", "until": "2027-02-01"}),
        ("measure", {"title": "t", "starts_on": "2027-02-02", "on": "2027-02-01"}),
        ("instrument", {"title": "t", "signed_on": "2026-02-02", "in_force_until": "2026-02-01"}),
    ],
)
def test_a_span_of_days_ends_no_earlier_than_it_begins(kind: str, days: dict[str, str]) -> None:
    assert codes(matched().try_say(kind, **days)) == ["fact.days_reversed"]

    one_day = {name: said.replace("02-02", "02-01") for name, said in days.items()}
    assert not isinstance(matched().try_say(kind, **one_day), Refusal)


@pytest.mark.parametrize("blank", ["", "   ", "\n\t", "\u00a0"])
def test_blank_words_say_nothing(blank: str) -> None:
    assert codes(matched().try_say("lessons", party="PE", text=blank)) == ["fact.field_missing"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"amount": "10.00"}, "fact.field_missing"),
        ({"amount": "10.005", "currency": "USD"}, "money.too_many_decimals"),
        ({"amount": "10.5", "currency": "CLP"}, "money.too_many_decimals"),
        ({"amount": 10.5, "currency": "USD"}, "fact.field_invalid"),
        ({"amount": "-1", "currency": "USD"}, "fact.field_invalid"),
        ({"amount": "1,000.50", "currency": "USD"}, "fact.field_invalid"),
        ({"amount": "1e999999999", "currency": "USD"}, "fact.field_invalid"),
        ({"amount": "1e-999999999", "currency": "USD"}, "fact.field_invalid"),
        ({"amount": "1", "currency": "XXX"}, "fact.field_invalid"),
    ],
)
def test_money_is_an_exact_decimal_in_a_known_currency(fields: dict[str, Any], code: str) -> None:
    valued = {"description": "grant", "valuation_method": "price paid", "rate_source": "none: paid in USD"}
    assert codes(matched().try_say("contribution", party="BR", **valued, **fields)) == [code]


def test_money_says_by_which_method_it_was_valued_and_at_whose_rate() -> None:
    given = {"party": "BR", "description": "grant", "amount": "100.00", "currency": "USD"}
    assert codes(matched().try_say("contribution", **given)) == ["fact.field_missing", "fact.field_missing"]

    play = matched().say("contribution", **given, valuation_method="price paid", rate_source="none: paid in USD")
    assert play.standing.count("money") == 1


def test_a_contribution_of_none_gives_nothing_beside() -> None:
    refused = matched().try_say("contribution", party="BR", none=True, description="two experts")

    assert codes(refused) == ["contribution.none_and_more"]


def test_a_contribution_of_none_is_a_contribution() -> None:
    play = matched().say("contribution", party="BR", none=True)

    assert play.missing("begin_execution") == {"instrument", "dated_activity", "contributions", "benches_word"}
    assert "contributions" not in play.say("contribution", party="PE", none=True).missing("begin_execution")


def test_only_members_are_spoken_for() -> None:
    assert codes(matched().try_say("lessons", party="CL", text="t")) == ["party.not_in_the_exchange"]


def test_an_activity_is_held_re_dated_or_waived() -> None:
    play = executing()
    play.say("activity_planned", title="Two", on="2026-05-01", mode="virtual")
    play.say("activity_planned", title="Three", mode="virtual")
    assert play.missing("begin_reflection") == {"activity_held", "activities_settled"}

    play.say("activity_held", "activity-1", on="2026-03-02")
    assert play.missing("begin_reflection") == {"activities_settled", "attendance"}

    play.say("attendance", "activity-1", not_recorded="the list was lost")
    play.say("activity_redated", "activity-2", on="2026-08-01", reason="flood")
    play.say("activity_waived", "activity-3", reason="not needed")
    assert play.missing("begin_reflection") == set()


def test_an_activity_that_is_moved_lasts_as_long_as_before_unless_its_end_is_said() -> None:
    play = executing()
    play.say("activity_planned", title="Two", on="2026-05-01", until="2026-05-03", mode="virtual")

    def span() -> tuple[str, str]:
        body = play.items["activity-2"].body
        return body["on"], body["until"]

    play.say("activity_redated", "activity-2", on="2026-08-30", reason="flood")
    assert span() == ("2026-08-30", "2026-09-01")
    play.say("activity_redated", "activity-2", on="2026-10-01", until="2026-10-02", reason="harvest")
    assert span() == ("2026-10-01", "2026-10-02")
    play.say("activity_redated", "activity-2", on="9999-12-31", reason="one day")
    assert span() == ("9999-12-31", "9999-12-31")
    assert codes(play.try_say("activity_redated", "activity-2", on="2026-10-02", until="2026-10-01", reason="r")) == [
        "fact.days_reversed"
    ]


def test_an_activity_that_was_held_later_than_planned_does_not_end_before_it_began() -> None:
    play = executing()
    for number in (2, 3):
        play.say("activity_planned", title=f"{number}", on="2026-02-01", until="2026-02-03", mode="virtual")
        play.say("activity_held", f"activity-{number}", on=f"2026-02-0{2 * number - 2}")
    assert [play.items[f"activity-{number}"].body["until"] for number in (2, 3)] == ["2026-02-03", "2026-02-04"]


def test_a_fact_about_an_unknown_item_is_refused() -> None:
    assert codes(executing().try_say("activity_held", "activity-9", on="2026-03-02")) == ["fact.item_unknown"]


def test_a_correction_carries_the_right_value_and_counts_anew() -> None:
    play = promised("light")
    planned = next(event for event in play.events if event.type == "ActivityPlanned")
    assert play.standing.count("activity_days") == 3

    play.say("correct", event=planned.seq, reason="typed wrong", days=9)

    assert play.items["activity-1"].body["days"] == 9
    assert play.standing.count("activity_days") == 9
    assert "light_weight" in play.missing("begin_execution")


def test_a_struck_fact_counts_for_nothing_and_stays_visible() -> None:
    play = matched().say("contribution", party="BR", none=True)
    said = play.events[-1]

    play.say("correct", event=said.seq, reason="said by mistake", whole="struck")

    assert play.items["contribution-1"].struck
    assert play.standing.count("contributions") == 0
    assert "contribution/BR" not in play.standing.said


def test_a_correction_names_an_event_that_says_a_fact_and_carries_something() -> None:
    play = matched().say("contribution", party="BR", none=True)

    assert codes(play.try_say("correct", event=play.standing.seq, reason="r")) == ["correction.empty"]


VALUED = {"amount": "100.00", "currency": "USD", "valuation_method": "market price", "rate_source": "central bank"}


@pytest.mark.parametrize(
    ("said", "right", "refused"),
    [
        ({"description": "tickets"}, {"amount": "5"}, ["fact.field_missing"] * 3),
        ({"description": "tickets"}, {"amount": "5", "currency": "USD"}, ["fact.field_missing"] * 2),
        ({"description": "tickets"}, VALUED, []),
        ({"description": "tickets", **VALUED}, {"amount": "5.001"}, ["money.too_many_decimals"]),
        ({"description": "tickets", **VALUED}, {"amount": "5"}, []),
        ({"description": "tickets"}, {"none": True}, ["contribution.none_and_more"]),
        ({"none": True}, {"description": "tickets"}, ["contribution.none_and_more"]),
    ],
)
def test_a_corrected_contribution_fits_together_as_one_said_anew_would(
    said: dict[str, Any], right: dict[str, Any], refused: list[str]
) -> None:
    play = matched().say("contribution", party="BR", **said)
    answered = play.try_say("correct", event=play.events[-1].seq, reason="typed wrong", **right)

    assert (codes(answered) if isinstance(answered, Refusal) else []) == refused


def test_what_does_not_fit_together_can_still_be_struck() -> None:
    play = matched().say("contribution", party="BR", none=True)
    play.say("correct", event=play.events[-1].seq, reason="said by mistake", whole="struck")

    assert play.items["contribution-1"].struck


def test_a_word_is_not_corrected_to_a_reservation_that_nobody_wrote() -> None:
    word = {"party": "PE", "bench": "workers", "paper": "agreement", "word": "endorsed"}
    play = promised().say("endorsement", **word)
    event = play.events[-1].seq

    changed: dict[str, Any] = {"event": event, "reason": "heard wrong", "word": "with_reservation"}
    assert codes(play.try_say("correct", **changed)) == ["fact.field_missing"]
    play.say("correct", **changed, reservation="on overtime")
    assert play.items["word-agreement-PE-workers"].body["reservation"] == "on overtime"


def test_no_correction_moves_what_was_done_into_the_future() -> None:
    play = executing().say("activity_held", "activity-1", on="2026-03-02")
    event = play.events[-1].seq

    refused = play.try_say("correct", event=event, reason="typed wrong", on="2030-01-01")
    assert codes(refused) == ["fact.day_in_the_future"]


def test_a_reservation_is_written_out() -> None:
    play = promised()
    word = {"party": "PE", "bench": "workers", "paper": "agreement", "word": "with_reservation"}

    assert codes(play.try_say("endorsement", **word)) == ["fact.field_missing"]
    play.say("endorsement", reservation="on overtime", **word)
    assert play.items["word-agreement-PE-workers"].body["reservation"] == "on overtime"


def test_every_measure_has_somebody_and_a_date() -> None:
    from tests.cycle.play import acting

    play = acting().say("measure", title="Train inspectors")
    assert play.standing.count("measures_incomplete") == 1

    play.say("measure_revised", "measure-1", responsible="Ministerio", on="2026-12-01")
    assert play.standing.count("measures_incomplete") == 0


def test_every_kind_of_fact_has_its_own_event() -> None:
    assert len({fact.event for fact in FACTS.values()}) == len(FACTS)


def published() -> Play:
    play = matched().say("practice", title="Quality and age on one form")
    play.say("practice_reviewed", "practice", on="2026-03-02", text="sound; shorten the summary")
    return play.say("practice_published", "practice", on="2026-03-02", review_again_on="2028-03-02")


def test_a_practice_is_proposed_reviewed_published_and_reviewed_again_by_a_day() -> None:
    play = published()
    assert play.items["practice"].status == "published"
    assert play.items["practice"].body["title"] == "Quality and age on one form"

    play.say("practice_reviewed_again", "practice", on="2026-03-02", text="still so", review_again_on="2030-03-02")

    assert (play.items["practice"].status, play.items["practice"].body["review_again_on"]) == (
        "published",
        "2030-03-02",
    )


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("practice_published", {"review_again_on": "2028-03-02"}),
        ("practice_reviewed_again", {"text": "t", "review_again_on": "2028-03-02"}),
    ],
)
def test_no_step_of_a_practice_is_skipped(kind: str, fields: dict[str, str]) -> None:
    play = matched()
    assert codes(play.try_say(kind, "practice", on="2026-03-02", **fields)) == ["fact.item_unknown"]

    play.say("practice", title="Quality and age on one form")

    assert codes(play.try_say(kind, "practice", on="2026-03-02", **fields)) == ["fact.item_status"]


def test_where_no_practice_came_of_it_there_is_nothing_to_review() -> None:
    play = matched().say("practice", none_because="too early")

    assert codes(play.try_say("practice_reviewed", "practice", on="2026-03-02", text="t")) == ["fact.item_lacks"]


def test_a_published_practice_is_not_overwritten_but_withdrawn_and_proposed_anew() -> None:
    play = published()
    assert codes(play.try_say("practice", title="Another text")) == ["fact.item_status"]

    play.say("practice_withdrawn", "practice", reason="the form changed").say("practice", title="Another text")

    assert (play.items["practice"].status, play.items["practice"].body) == ("proposed", {"title": "Another text"})


def test_a_new_text_of_a_practice_under_review_is_reviewed_anew() -> None:
    play = matched().say("practice", title="One").say("practice_reviewed", "practice", on="2026-03-02", text="t")
    play.say("practice", title="Two")

    refused = play.try_say("practice_published", "practice", on="2026-03-02", review_again_on="2028-03-02")

    assert codes(refused) == ["fact.item_status"]


@pytest.mark.parametrize(
    "figures",
    [
        {"benches": {"elders": 3}},
        {"benches": [["workers", 3]]},
        {"age_bands": {"a\0b": 3}},
        {"age_bands": {"\ud800": 3}},
        {"age_bands": {15: 3}},
        {"age_bands": {f"band {n}": 1 for n in range(61)}},
        {"benches": {"workers": -1}},
    ],
)
def test_figures_are_named_as_the_programme_and_the_ledger_can_keep_them(figures: dict[str, Any]) -> None:
    refused = executing().try_say("activity_held", "activity-1", on="2026-03-02", women=1, **figures)

    assert codes(refused) == ["fact.field_invalid"]
