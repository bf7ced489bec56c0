# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What comes in and what goes out where no view of the observatory says it already."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, model_validator

from agreements.rules import TAKEN
from api.keepable import mistakes
from cycle.entries import WAYS
from cycle.facts import FACTS
from cycle.lint import DRAWN
from cycle.words import Door, PartyRole, Weight
from services.asking import Asking
from services.behalf import entered
from services.bulk import MOST as MOST_AT_ONCE
from services.bulk import Item
from services.tokens import GRANTABLE, LONGEST_DAYS, ORDINARY_DAYS

NAMED = r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"
PARTY = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$"
AMOUNT = r"^[0-9]{1,15}([.][0-9]{1,4})?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
IF_MATCH = r'^("[0-9]{1,9}"|\*)$'
NAMED_IN_CODE = r"^[a-z][a-z0-9_-]{0,39}$"
SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"

Reference = Annotated[
    str, Path(pattern=NAMED, description="A reference, or an id.", examples=["SSC-2026-0042"], max_length=64)
]
Id = Annotated[str, Path(pattern=NAMED, description="An id.", max_length=64)]
Slug = Annotated[str, Path(pattern=SLUG, description="A programme's name.", examples=["regional-initiative"])]
PartyCode = Annotated[str, Field(pattern=PARTY, max_length=40, examples=["BR"])]


def _as_written(said: Any) -> Any:
    """A day is written out; a number is none, though it could be taken for seconds."""
    if isinstance(said, str) and re.fullmatch(DAY, said) is None:
        raise ValueError("a day is written 2026-11-23")
    return said


Day = Annotated[date, BeforeValidator(_as_written)]


def in_description(values: Iterable[str]) -> dict[str, Any]:
    """Names that the description lists, and that the rules refuse with a code of their own."""
    return {"enum": sorted(values)}


class Body(BaseModel):
    """Any body: nothing but what is named, and nothing a ledger or a database cannot keep."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, said: Any) -> Any:
        for mistake in mistakes(said):
            raise ValueError(mistake)
        return said


class PartyIn(Body):
    """A party at the start of an exchange."""

    party: PartyCode
    role: Annotated[str, Field(examples=["offers"], json_schema_extra=in_description((*PartyRole, "both")))]
    institution: Annotated[str | None, Field(max_length=300, examples=["Embrapa"])] = None


class Told(Body):
    """Something told; earlier than now only with the right to tell it late."""

    occurred_at: Annotated[
        str | None,
        Field(
            description="When it happened, if not now: an instant with its offset.",
            max_length=40,
            json_schema_extra={"format": "date-time"},
        ),
    ] = None
    late_because: Annotated[str | None, Field(max_length=2000)] = None

    def asked(self, asking: Asking) -> Asking:
        """The asking, with the time of what is told."""
        return Asking(asking.actor, asking.key, asking.if_match, self.occurred_at, self.late_because)


class Entered(Told):
    """Something told, or entered by an officer for a party that said it by mail, by telephone or in a meeting."""

    on_behalf_of: Annotated[PartyCode | None, Field(description="In whose name an officer enters it.")] = None
    came_by: Annotated[
        str | None, Field(description="How it came.", json_schema_extra=in_description(dict.fromkeys(WAYS)))
    ] = None
    received_on: Annotated[str | None, Field(description="The day it arrived.", max_length=10)] = None

    def asked(self, asking: Asking) -> Asking:
        return entered(super().asked(asking), self.on_behalf_of, self.came_by, self.received_on)


class DraftIn(Entered):
    """A new exchange."""

    programme: Annotated[str, Field(pattern=SLUG, examples=["regional-initiative"])]
    title: Annotated[str, Field(max_length=300, examples=["Natural rubber"])]
    door: Annotated[Door, Field(examples=["offer"])]
    weight: Annotated[Weight, Field(examples=["standard"])] = Weight.STANDARD
    parties: Annotated[list[PartyIn], Field(min_length=1, max_length=40)]


class MoveIn(Entered):
    """A move to make, and what it carries (reason, counterpart …)."""

    move: Annotated[str, Field(max_length=100, examples=["answer_offer"])]
    says: Annotated[dict[str, Any], Field(max_length=20, examples=[{"counterpart": "PE"}])] = {}


class FactIn(Entered):
    """A fact to say; `item` names what it is about, where it changes something said before."""

    kind: Annotated[str, Field(max_length=100, examples=["activity_planned"], json_schema_extra=in_description(FACTS))]
    fields: Annotated[
        dict[str, Any],
        Field(max_length=60, examples=[{"title": "First mission", "on": "2026-12-01", "mode": "in_person"}]),
    ] = {}
    item: Annotated[str | None, Field(max_length=200)] = None


class PaperIn(Body):
    """A paper to draw up, in every language the programme has it in."""

    kind: Annotated[str, Field(max_length=100, examples=["roadmap"], json_schema_extra=in_description(DRAWN))]


class AgreementIn(Told):
    """A new agreement for an exchange, between its parties."""

    exchange: Annotated[str, Field(pattern=NAMED, max_length=64, examples=["SSC-2026-0042"])]
    title: Annotated[str, Field(max_length=300, examples=["Cooperation on natural rubber"])]
    register_: Annotated[Literal["binding", "non_binding"], Field(alias="register", examples=["non_binding"])]
    amends: Annotated[str | None, Field(pattern=NAMED, max_length=64)] = None


class StepIn(Told):
    """A step of the agreement's machine, and what it carries."""

    step: Annotated[
        str,
        Field(max_length=100, examples=["open_negotiation"], json_schema_extra=in_description(s.name for s in TAKEN)),
    ]
    says: Annotated[dict[str, Any], Field(max_length=20)] = {}


class TextIn(Told):
    """A new version of an agreement's text."""

    summary: Annotated[str, Field(max_length=2000, examples=["First text"])]
    terms: Annotated[dict[str, Any], Field(examples=[{"object": "To share how rubber is traced."}])]


class SignatoryIn(Told):
    """Who signs for a party."""

    party: PartyCode
    name: Annotated[str, Field(max_length=300, examples=["Bruno"])]
    title: Annotated[str, Field(max_length=300, examples=["Minister of Labour"])]
    institution: Annotated[str, Field(max_length=300, examples=["Ministry of Labour"])]


class CounterpartIn(Told):
    """A counterpart signed in ink that arrived at its own country's officers."""

    party: PartyCode
    signed_on: Annotated[str, Field(examples=["2026-11-20"])]
    place: Annotated[str | None, Field(max_length=300, examples=["Brasília"])] = None
    scan_sha256: Annotated[str | None, Field(pattern="^[0-9a-f]{64}$")] = None


class ConfirmationIn(Told):
    """A second officer of the same country saw the counterpart."""

    party: PartyCode


class ProvisionalIn(Told):
    """Why a signed agreement is applied before its entry into force."""

    reason: Annotated[str, Field(max_length=2000, examples=["Ratification is under way."])]


class ExchangeAnswer(BaseModel):
    """Where an exchange stands after a command. `version` is the next If-Match."""

    exchange: str
    reference: str | None
    stage: str
    lifecycle: str
    version: int
    item: str | None = None


class AgreementAnswer(BaseModel):
    """Where an agreement stands after a command. `version` is the next If-Match."""

    agreement: str
    reference: str | None
    status: str
    text_version: int
    version: int


class MoveOut(BaseModel):
    """A move from here: whether it may be made, and everything that is missing."""

    move: str
    to: str | None
    allowed: bool
    who_may: list[str]
    missing: list[dict[str, Any]]
    advice: list[dict[str, Any]]
    lapsed: list[str]
    excused: dict[str, str]


class MovesOut(BaseModel):
    """Every move from where an exchange stands."""

    moves: list[MoveOut]


class Problem(BaseModel):
    """Why it was not done (RFC 9457). `code` never changes; `reasons` are all of them."""

    model_config = ConfigDict(extra="allow")

    type: Annotated[str, Field(examples=["/problems/requirements.unmet"])]
    title: str
    status: int
    detail: str
    code: Annotated[str, Field(examples=["requirements.unmet"])]
    request_id: Annotated[str | None, Field(description="As in X-Request-Id: name it when you ask us.")] = None
    reasons: list[dict[str, Any]] = []


class ProgrammeLine(BaseModel):
    """One published version of a programme."""

    slug: str
    version: int
    hash: str
    published_at: str
    stream: str


class TokenIn(Body):
    """A new token, for one's own programs. It ends by itself."""

    name: Annotated[str, Field(min_length=1, max_length=200, examples=["our own register"])]
    role: Annotated[str, Field(max_length=40, examples=["focal_point"], json_schema_extra=in_description(GRANTABLE))]
    party: Annotated[str | None, Field(pattern=PARTY, max_length=40, examples=["BR"])] = None
    bench: Annotated[str | None, Field(pattern=NAMED_IN_CODE, max_length=40)] = None
    scopes: Annotated[
        list[Literal["read", "write", "metrics"]], Field(min_length=1, max_length=3, examples=[["read"]])
    ] = ["read"]
    expires_in_days: Annotated[StrictInt, Field(ge=1, le=LONGEST_DAYS, examples=[90])] = ORDINARY_DAYS


class FundingIn(Body):
    """What a donor gives."""

    donor: Annotated[str, Field(min_length=1, max_length=300, examples=["Brazilian Cooperation Agency"])]
    project_code: Annotated[str, Field(min_length=1, max_length=100, examples=["BRA/13/07"])]
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["USD"])]
    amount: Annotated[str, Field(pattern=AMOUNT, examples=["50000.00"])]
    from_on: Annotated[str, Field(pattern=DAY, examples=["2026-01-01"])]
    to_on: Annotated[str | None, Field(pattern=DAY, examples=["2027-12-31"])] = None


class AllocationIn(Body):
    """An exchange's part of a source, as its new total."""

    exchange: Annotated[str, Field(pattern=NAMED, max_length=64, examples=["SSC-2026-0042"])]
    amount: Annotated[str, Field(pattern=AMOUNT, examples=["2000"])]


class FundingAnswer(BaseModel):
    """Where a funding source stands after a command. `version` is the next If-Match."""

    source: str
    currency: str
    amount: str
    allocated: str
    left: str
    version: int


class AllocationAnswer(FundingAnswer):
    """Where a source stands after an exchange's part was set."""

    exchange: str
    reference: str | None
    set_aside: str


class BulkItemIn(Body):
    """A move or a fact of one exchange, with the version seen (`*` for whatever stands)."""

    exchange: Annotated[str, Field(pattern=NAMED, max_length=64, examples=["SSC-2026-0042"])]
    if_match: Annotated[str, Field(pattern=IF_MATCH, examples=["*"])]
    move: Annotated[str | None, Field(max_length=100, examples=["suspend"])] = None
    fact: Annotated[str | None, Field(max_length=100)] = None
    says: Annotated[
        dict[str, Any], Field(max_length=60, examples=[{"reason": "elections", "review_on": "2027-02-01"}])
    ] = {}
    item: Annotated[str | None, Field(max_length=200)] = None

    def asked(self) -> Item:
        """The item as the service takes it."""
        version = None if self.if_match == "*" else int(self.if_match.strip('"'))
        return Item(self.exchange, self.move, self.fact, self.says, self.item, version)


class BulkIn(Body):
    """Things asked for at once, each judged by itself."""

    items: Annotated[list[BulkItemIn], Field(min_length=1, max_length=MOST_AT_ONCE)]
    dry_run: Annotated[StrictBool, Field(description="Decide everything, write nothing.", examples=[True])] = False


class BulkOutcome(BaseModel):
    """What became of one item: the answer, or the problem it would have met alone."""

    exchange: str
    status: int
    answer: dict[str, Any] | None
    problem: dict[str, Any] | None


class BulkOut(BaseModel):
    """The outcomes, in the order of the items; `done`: how many met no problem."""

    dry_run: bool
    done: int
    outcomes: list[BulkOutcome]
