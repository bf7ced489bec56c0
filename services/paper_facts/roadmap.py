# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The roadmap's facts: what the requester learnt, decided and will do, with whom, by when, and how it will be known."""

from datetime import date
from typing import cast

from cycle.items import Item
from documents.facts import Adaptation, Approval, Measure, Milestone, RoadmapFacts, Text
from documents.facts.roadmap import EgirMarker, Progress
from services.paper_facts.common import (
    amount_of,
    bench_words,
    code_of,
    day_of,
    exchange_of,
    indicators_of,
    institution_of,
    party_in_a_sentence,
    party_name,
)
from services.paper_facts.phrases import given, listed, phrase, sentence, sentences
from services.paper_facts.record import Order, Record

_PROGRESS: dict[str, Progress] = {"open": "planned", "under_way": "under_way", "done": "done", "dropped": "dropped"}


def roadmap_facts(order: Order, record: Record) -> RoadmapFacts:
    """Everything the roadmap says. A measure without a day stands under follow-up until it has one."""
    askers = requesters(record)
    demand = record.one("sheet-demand")
    others = [code for code in record.standing.members() if code not in askers]
    marker = record.one("marker")
    measures = record.of_kind("measure")
    return RoadmapFacts(
        mark=order.mark(record.programme, record.reference, specimen=record.specimen),
        country=listed(party_name(record, code) for code in askers),
        title=given(record.standing.title),
        origin=exchange_of(record),
        partners=tuple(party_in_a_sentence(record, code) for code in others),
        context=sentence(given(demand["problem"])) if demand.get("problem") else phrase("no_context"),
        baseline=baseline_of(record),
        objective=sentence(given(demand["learns"])) if demand.get("learns") else phrase("no_objective"),
        adaptations=_adaptations(record),
        measures=tuple(_measure(record, item) for item in measures if item.body.get("on")),
        indicators=indicators_of(record),
        milestones=_milestones(record),
        follow_up=_follow_up(record, measures),
        benches=bench_words(record, "roadmap", order.ordered_on(record.programme)),
        approval=_approval(record, askers),
        egir=cast(EgirMarker, int(marker["egir"])) if marker else None,
        egir_text=_egir_text(marker.get("note")) if marker else phrase("egir_not_set"),
    )


def requesters(record: Record) -> tuple[str, ...]:
    """Who asks; before anybody does, the first party."""
    return record.standing.members("asks") or (record.standing.first_party,)


def baseline_of(record: Record) -> Text:
    """What the demand says of the point of departure, or of how it will be known."""
    demand = record.one("sheet-demand")
    if demand.get("baseline"):
        return sentence(given(demand["baseline"]))
    return (
        phrase("baseline_planned", words=given(demand["baseline_plan"]))
        if demand.get("baseline_plan")
        else phrase("no_baseline")
    )


def _egir_text(note: str | None) -> Text | None:
    return sentence(given(note)) if note else None


def _adaptations(record: Record) -> tuple[Adaptation, ...]:
    decision = record.one("decision")
    if not decision:
        return ()
    lessons = lessons_of(record)
    decided = phrase(f"decision.{decision['decision']}", words=given(decision["text"]))
    return (Adaptation(learnt=sentences(lessons) if lessons else phrase("no_lessons"), decided=decided),)


def lessons_of(record: Record) -> tuple[Text, ...]:
    """Each party's lessons, in its own words."""
    return tuple(
        phrase("lesson_of", party=party_name(record, item.party or ""), words=given(item.body["text"]))
        for item in record.of_kind("lessons")
    )


def _measure(record: Record, item: Item) -> Measure:
    body = item.body
    ends_on = date.fromisoformat(body["on"])
    starts_on = day_of(body.get("starts_on")) or record.day(item.said_seq)
    return Measure(
        code=code_of(item, "M"),
        title=given(body["title"]),
        output=given(body["output"]) if body.get("output") else phrase("not_stated"),
        responsible=given(body["responsible"]) if body.get("responsible") else phrase("to_be_named"),
        support=given(body["support"]) if body.get("support") else None,
        starts_on=min(starts_on, ends_on),
        ends_on=ends_on,
        progress=_PROGRESS[item.status],
        budget=amount_of(record.programme, body, "budget") if body.get("budget") else None,
        currency=body.get("currency") if body.get("budget") else None,
    )


def _milestones(record: Record) -> tuple[Milestone, ...]:
    until = day_of(record.one("period").get("until"))
    return (Milestone(code="H1", title=phrase("period_ends"), on=until),) if until else ()


def _follow_up(record: Record, measures: tuple[Item, ...]) -> tuple[Text, ...]:
    until = day_of(record.one("period").get("until"))
    told = [phrase("period_until", on=until)] if until else []
    told += [_check_in(item) for item in record.of_kind("check_in")]
    told += [_undated(item) for item in measures if not item.body.get("on")]
    dropped = [item for item in measures if item.status == "dropped"]
    told += [phrase("measure_dropped", code=code_of(i, "M"), words=given(i.body["reason"])) for i in dropped]
    return (*told, *handed_over(record))


def handed_over(record: Record) -> tuple[Text, ...]:
    """Who follows the open measures up, if they were handed over."""
    said = record.one("hand_over")
    if not said:
        return ()
    return (phrase("handed_over", owner=given(said["owner"]), on=date.fromisoformat(said["review_on"])),)


def _check_in(item: Item) -> Text:
    mode, on = phrase(f"mode.{item.body['mode']}"), date.fromisoformat(item.body["on"])
    if item.body.get("notes"):
        return phrase("check_in", mode=mode, on=on, words=given(item.body["notes"]))
    return phrase("check_in_bare", mode=mode, on=on)


def _undated(item: Item) -> Text:
    return phrase("measure_without_day", code=code_of(item, "M"), title=given(item.body["title"]))


def _approval(record: Record, askers: tuple[str, ...]) -> Approval:
    institution = listed(institution_of(record, code) for code in askers)
    said = [record.one(f"roadmap_approval-{code}") for code in askers]
    given_ones = [one for one in said if one and _still_counts(record, askers)]
    if not given_ones:
        return Approval(institution=institution, title=phrase("to_be_named"))
    authorities = listed(given(one["authority"]) for one in given_ones)
    last = max(date.fromisoformat(one["on"]) for one in given_ones)
    return Approval(institution=institution, title=authorities, on=last)


def _still_counts(record: Record, askers: tuple[str, ...]) -> bool:
    """A new text of the roadmap makes the standing forget its approval; so does the paper."""
    return any(f"roadmap_approval/{code}" in record.standing.said for code in askers)
