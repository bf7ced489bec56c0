# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Facts about the record itself: who belongs to it, waivers, confirmations, corrections, funding, duplicates."""

from cycle.events import CORRECTED
from cycle.facts.rule import PARTY_FIELD, Fact, Kind, Place, amount, choice, day, number, text
from cycle.facts.rule import Field as _Field
from cycle.roles import ANYONE, PARTY, REQUESTER, SECRETARIAT, SYSTEM

_ROLE = choice("role", "offers", "asks", "both", "facilitates", "supports", required=True)

FACTS = (
    Fact(
        "join_party",
        "PartyJoined",
        fields=(PARTY_FIELD, _ROLE, text("institution")),
        by=(PARTY, SECRETARIAT),
        place=Place.PER_PARTY,
        of="membership",
        says=lambda _: {},
    ),
    Fact(
        "leave_party",
        "PartyLeft",
        fields=(PARTY_FIELD, text("reason", required=True)),
        by=(PARTY, SECRETARIAT),
        place=Place.PER_PARTY,
        of="membership",
        status="left",
        says=lambda _: {},
    ),
    Fact(
        "change_role",
        "RoleChanged",
        fields=(PARTY_FIELD, _ROLE, text("reason", required=True)),
        by=(PARTY, SECRETARIAT),
        place=Place.PER_PARTY,
        of="membership",
        says=lambda _: {},
    ),
    Fact(
        "succession",
        "SuccessionAccepted",
        fields=(PARTY_FIELD, _Field("replaces", Kind.PARTY, required=True), text("institution")),
        by=(ANYONE,),
        place=Place.KEYED,
        key=("replaces",),
        consent=True,
        says=lambda payload: {f"succession.{payload['replaces']}": payload["party"]},
    ),
    Fact(
        "succession_agreed",
        "SuccessionAgreed",
        fields=(_Field("replaces", Kind.PARTY, required=True),),
        by=(REQUESTER,),
        place=Place.KEYED,
        key=("replaces",),
        consent=True,
        says=lambda payload: {f"succession_agreed.{payload['replaces']}": True},
    ),
    Fact(
        "waiver",
        "NeedWaived",
        fields=(text("code", required=True), text("reason", required=True)),
        by=(SECRETARIAT,),
        place=Place.KEYED,
        key=("code",),
        says=lambda _: {},
    ),
    Fact(
        "not_available",
        "NeedNotAvailable",
        fields=(text("code", required=True), text("reason", required=True)),
        by=(PARTY, SECRETARIAT),
        place=Place.KEYED,
        key=("code",),
        says=lambda _: {},
    ),
    Fact(
        "confirmation",
        "MoveConfirmed",
        fields=(text("move", required=True), text("note")),
        by=(SECRETARIAT,),
        place=Place.KEYED,
        key=("move",),
        says=lambda _: {},
    ),
    Fact(
        "correct",
        CORRECTED,
        fields=(number("event", required=True), text("reason", required=True), choice("whole", "struck")),
        by=(PARTY, SECRETARIAT),
        place=Place.NAMED,
        says=lambda _: {},
    ),
    Fact(
        "marker",
        "MarkerSet",
        fields=(choice("egir", "0", "1", "2", required=True), text("note")),
        by=(PARTY, SECRETARIAT),
        says=lambda payload: {"marker": payload["egir"]},
    ),
    Fact(
        "mark_duplicate_of",
        "DuplicateMarked",
        fields=(text("of", required=True), text("reason", required=True)),
        by=(SECRETARIAT,),
        says=lambda payload: {"duplicate": payload["of"]},
    ),
    Fact(
        "funding",
        "FundingAllocated",
        fields=(
            text("source", required=True),
            amount("amount", required=True),
            text("currency", required=True, vocabulary="currencies"),
            text("donor"),
            text("project_code"),
        ),
        # Said by an allocation alone (services.funding): said by hand it could exceed its source.
        by=(SYSTEM,),
        place=Place.KEYED,
        key=("source",),
        says=lambda _: {},
    ),
    Fact(
        "flag",
        "FlagRaised",
        fields=(text("flag", required=True), text("note"), day("on")),
        by=(SECRETARIAT, SYSTEM),
        place=Place.KEYED,
        key=("flag",),
        says=lambda payload: {f"flag.{payload['flag']}": payload.get("on", True)},
    ),
)
