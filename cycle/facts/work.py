# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts of execution: activities and who came, products, evidence."""

from cycle.facts.rule import Fact, Place, choice, day, figures, number, text, yes
from cycle.roles import PARTY, SECRETARIAT, SYSTEM

SHOWS = ("document", "photograph", "attendance_list", "recording", "other")
PEOPLE = ("nobody", "adults_with_consent", "children_not_identifiable")
"""Who appears in a piece of evidence, as whoever brings it declares; there is no word for children one could recognise."""

_BOTH = (PARTY, SECRETARIAT)
_ATTENDANCE = (
    number("women"),
    number("men"),
    number("other"),
    figures("benches", of_benches=True),
    figures("age_bands"),
    text("not_recorded"),
)

FACTS = (
    Fact(
        "activity_planned",
        "ActivityPlanned",
        fields=(
            text("title", required=True),
            day("on"),
            day("until"),
            number("days"),
            choice("mode", "in_person", "virtual", "hybrid", required=True),
            text("place"),
            text("responsible"),
            text("output"),
        ),
        by=_BOTH,
        place=Place.NEW,
        of="activity",
        status="planned",
    ),
    Fact(
        "activity_held",
        "ActivityHeld",
        fields=(day("on", required=True, past=True), day("until"), number("days"), text("report"), *_ATTENDANCE),
        by=_BOTH,
        place=Place.NAMED,
        of="activity",
        status="held",
    ),
    Fact(
        "activity_redated",
        "ActivityRedated",
        fields=(day("on", required=True), day("until"), text("reason", required=True)),
        by=_BOTH,
        place=Place.NAMED,
        of="activity",
        status="redated",
        after=("planned", "redated"),
    ),
    Fact(
        "activity_waived",
        "ActivityWaived",
        fields=(text("reason", required=True),),
        by=_BOTH,
        place=Place.NAMED,
        of="activity",
        status="waived",
        after=("planned", "redated"),
    ),
    Fact(
        "attendance",
        "AttendanceRecorded",
        fields=_ATTENDANCE,
        by=_BOTH,
        place=Place.NAMED,
        of="activity",
        status="held",
        after=("held",),
        either=("women", "men", "other", "benches", "not_recorded"),
    ),
    Fact(
        "product",
        "ProductRegistered",
        fields=(
            text("title", required=True),
            choice("kind", "guide", "report", "tool", "course", "norm", "other", required=True),
            text("language", required=True, vocabulary="languages"),
            text("licence"),
            text("link"),
        ),
        by=_BOTH,
        place=Place.NEW,
    ),
    Fact(
        "evidence",
        "EvidenceAttached",
        fields=(
            text("name", required=True, sealed=True),
            text("sha256", required=True),
            number("bytes", required=True),
            text("media_type", required=True),
            text("of_item"),
            choice("shows", *SHOWS, required=True),
            choice("people", *PEOPLE, required=True),
            choice("access", "open", "restricted", required=True),
            yes("holds_no_child_data", required=True),
        ),
        by=_BOTH,
        place=Place.NEW,
    ),
    Fact(
        "withdraw_evidence",
        "EvidenceWithdrawn",
        fields=(text("reason", required=True),),
        by=_BOTH,
        place=Place.NAMED,
        of="evidence",
        status="withdrawn",
        after=("said", "redacted"),
    ),
    Fact(
        "evidence_redacted",
        "EvidenceRedacted",
        fields=(
            text("redacted_sha256", required=True),
            number("redacted_bytes", required=True),
            text("redacted_media_type", required=True),
            choice("original", "kept", "erased", required=True),
            text("reason", required=True),
        ),
        by=(SECRETARIAT,),
        place=Place.NAMED,
        of="evidence",
        status="redacted",
        after=("said", "redacted"),
    ),
    Fact(
        "evidence_erased",
        "EvidenceErased",
        fields=(text("reason", required=True),),
        by=(SECRETARIAT, SYSTEM),
        place=Place.NAMED,
        of="evidence",
        status="erased",
        after=("said", "redacted", "withdrawn"),
    ),
)
