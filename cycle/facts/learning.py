# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts of reflection, action, accompaniment and feedback: lessons, measures and indicators, evaluations, the practice.

A practice has a machine of its own, in the statuses its facts ask for and make: proposed → reviewed → published, reviewed
again by the day that was named, or withdrawn. A new text begins anew. Closing an exchange waits for the proposal alone.
"""

from cycle.facts.rule import PARTY_FIELD, Fact, Place, amount, choice, day, number, text
from cycle.roles import PARTY, PROVIDER, REQUESTER, SECRETARIAT

PRACTICE = ("proposed", "reviewed", "published", "withdrawn")
"""How far a practice came."""

_BOTH = (PARTY, SECRETARIAT)
_ASKER = (REQUESTER, SECRETARIAT)
_MEASURE = (
    text("responsible"),
    day("on"),
    text("output"),
    text("support"),
    day("starts_on"),
    amount("budget"),
    text("currency", vocabulary="currencies"),
)
_INDICATOR = (
    text("unit"),
    text("baseline"),
    number("baseline_year"),
    text("baseline_measure"),
    text("target"),
    day("target_on"),
    text("source"),
)

FACTS = (
    Fact(
        "lessons",
        "LessonsRecorded",
        fields=(PARTY_FIELD, text("text", required=True)),
        by=_BOTH,
        place=Place.PER_PARTY,
    ),
    Fact(
        "reflection_record",
        "ReflectionRecorded",
        fields=(
            day("on", required=True, past=True),
            text("text", required=True),
            text("innovation"),
            text("adaptability"),
        ),
        by=_BOTH,
    ),
    Fact(
        "decision",
        "DecisionTaken",
        fields=(choice("decision", "adopt", "adapt", "not_adopted", required=True), text("text", required=True)),
        by=(REQUESTER,),
        consent=True,
        says=lambda payload: {"decision": payload["decision"]},
    ),
    Fact(
        "measure",
        "MeasureAdded",
        fields=(text("title", required=True), *_MEASURE),
        by=_ASKER,
        place=Place.NEW,
        status="open",
    ),
    Fact(
        "measure_revised",
        "MeasureRevised",
        fields=(text("title"), *_MEASURE),
        by=_ASKER,
        place=Place.NAMED,
        of="measure",
        status="",
    ),
    Fact(
        "measure_done",
        "MeasureDone",
        fields=(day("done_on", required=True, past=True), text("result")),
        by=_ASKER,
        place=Place.NAMED,
        of="measure",
        status="done",
    ),
    Fact(
        "measure_under_way",
        "MeasureUnderWay",
        fields=(day("on", required=True), text("note")),
        by=_ASKER,
        place=Place.NAMED,
        of="measure",
        status="under_way",
    ),
    Fact(
        "measure_dropped",
        "MeasureDropped",
        fields=(text("reason", required=True),),
        by=_ASKER,
        place=Place.NAMED,
        of="measure",
        status="dropped",
    ),
    Fact(
        "indicator",
        "IndicatorSet",
        fields=(text("name", required=True), *_INDICATOR),
        by=_ASKER,
        place=Place.NEW,
        status="set",
    ),
    Fact(
        "indicator_revised",
        "IndicatorRevised",
        fields=(text("name"), *_INDICATOR),
        by=_ASKER,
        place=Place.NAMED,
        of="indicator",
        status="",
    ),
    Fact(
        "indicator_measured",
        "IndicatorMeasured",
        fields=(day("on", required=True, past=True), text("value", required=True), text("note")),
        by=_ASKER,
        place=Place.NAMED,
        of="indicator",
        status="measured",
    ),
    Fact(
        "roadmap_approval",
        "RoadmapApproved",
        fields=(PARTY_FIELD, text("authority", required=True), day("on", required=True, past=True)),
        by=(REQUESTER,),
        place=Place.PER_PARTY,
        consent=True,
    ),
    Fact(
        "check_in",
        "CheckInHeld",
        fields=(
            day("on", required=True, past=True),
            choice("mode", "in_person", "virtual", "hybrid", required=True),
            text("notes"),
        ),
        by=(*_ASKER, PROVIDER),
        place=Place.NEW,
    ),
    Fact(
        "period",
        "AccompanimentPeriodSet",
        fields=(day("until", required=True),),
        by=_BOTH,
        says=lambda payload: {"period": payload["until"]},
    ),
    Fact(
        "evaluation",
        "EvaluationGiven",
        fields=(PARTY_FIELD, text("text", required=True), number("satisfaction"), number("horizontality")),
        by=_BOTH,
        place=Place.PER_PARTY,
    ),
    Fact(
        "practice",
        "PracticeProposed",
        fields=(
            text("title"),
            text("summary"),
            text("none_because"),
            text("sustainability"),
            text("materials"),
            text("author"),
        ),
        by=_BOTH,
        status="proposed",
        after=("proposed", "reviewed", "withdrawn"),
        either=("title", "none_because"),
    ),
    Fact(
        "practice_reviewed",
        "PracticeReviewed",
        fields=(day("on", required=True, past=True), text("text", required=True)),
        by=(SECRETARIAT,),
        place=Place.NAMED,
        of="practice",
        status="reviewed",
        after=("proposed", "reviewed"),
        having="title",
    ),
    Fact(
        "practice_published",
        "PracticePublished",
        fields=(day("on", required=True, past=True), day("review_again_on", required=True), text("link")),
        by=(SECRETARIAT,),
        place=Place.NAMED,
        of="practice",
        status="published",
        after=("reviewed",),
    ),
    Fact(
        "practice_reviewed_again",
        "PracticeReviewedAgain",
        fields=(
            day("on", required=True, past=True),
            text("text", required=True),
            day("review_again_on", required=True),
        ),
        by=(SECRETARIAT,),
        place=Place.NAMED,
        of="practice",
        status="published",
        after=("published",),
    ),
    Fact(
        "practice_withdrawn",
        "PracticeWithdrawn",
        fields=(text("reason", required=True),),
        by=(SECRETARIAT,),
        place=Place.NAMED,
        of="practice",
        status="withdrawn",
        after=("published",),
    ),
    Fact(
        "hand_over",
        "MeasuresHandedOver",
        fields=(text("owner", required=True), day("review_on", required=True)),
        by=_ASKER,
    ),
)
