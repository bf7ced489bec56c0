"""What comes in and what goes out where no view of the observatory says it already."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field, model_validator

from agreements.rules import STEPS
from cycle.facts import FACTS
from cycle.lint import DRAWN
from cycle.words import Door, PartyRole, Weight
from services.asking import Asking

NAMED = r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$"
PARTY = r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$"
SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"
LARGEST = 2**53 - 1
DEEPEST = 16

Reference = Annotated[
    str, Path(pattern=NAMED, description="A reference, or an id.", examples=["SSC-2026-0042"], max_length=64)
]
Id = Annotated[str, Path(pattern=NAMED, description="An id.", max_length=64)]
Slug = Annotated[str, Path(pattern=SLUG, description="A programme's name.", examples=["regional-initiative"])]
PartyCode = Annotated[str, Field(pattern=PARTY, max_length=40, examples=["BR"])]


def in_description(values: Mapping[str, Any]) -> dict[str, Any]:
    """Names that the description lists, and that the rules refuse with a code of their own."""
    return {"enum": sorted(values)}


class Body(BaseModel):
    """Any body: nothing but what is named, and nothing a ledger or a database cannot keep."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, said: Any) -> Any:
        for mistake in _mistakes(said):
            raise ValueError(mistake)
        return said


def _mistakes(said: Any, depth: int = 0) -> Iterator[str]:
    """What no store keeps: NUL, halves of characters, numbers that JSON readers round, nesting without end."""
    if depth > DEEPEST:
        yield f"a value is nested at most {DEEPEST} deep"
    elif isinstance(said, str):
        if "\0" in said or any("\ud800" <= letter <= "\udfff" for letter in said):
            yield "text holds whole characters, and no NUL"
    elif isinstance(said, int) and abs(said) > LARGEST:
        yield f"a whole number lies between {-LARGEST} and {LARGEST}"
    elif isinstance(said, float) and not abs(said) <= LARGEST:
        yield "a number is finite, and no larger than a whole one may be"
    elif isinstance(said, dict):
        yield from (mistake for pair in said.items() for part in pair for mistake in _mistakes(part, depth + 1))
    elif isinstance(said, list | tuple):
        yield from (mistake for part in said for mistake in _mistakes(part, depth + 1))


class PartyIn(Body):
    """A party at the start of an exchange."""

    party: PartyCode
    role: Annotated[str, Field(examples=["offers"], json_schema_extra=in_description(dict.fromkeys(PartyRole)))]
    institution: Annotated[str | None, Field(max_length=300, examples=["Embrapa"])] = None


class Told(Body):
    """Something told; earlier than now only with the right to tell it late."""

    occurred_at: Annotated[
        str | None, Field(description="When it happened, if not now: an instant with its offset.", max_length=40)
    ] = None
    late_because: Annotated[str | None, Field(max_length=2000)] = None

    def asked(self, asking: Asking) -> Asking:
        """The asking, with the time of what is told."""
        return Asking(asking.actor, asking.key, asking.if_match, self.occurred_at, self.late_because)


class DraftIn(Told):
    """A new exchange."""

    programme: Annotated[str, Field(pattern=SLUG, examples=["regional-initiative"])]
    title: Annotated[str, Field(max_length=300, examples=["Natural rubber"])]
    door: Annotated[Door, Field(examples=["offer"])]
    weight: Annotated[Weight, Field(examples=["standard"])] = Weight.STANDARD
    parties: Annotated[list[PartyIn], Field(min_length=1, max_length=40)]


class MoveIn(Told):
    """A move to make, and what it carries (reason, counterpart …)."""

    move: Annotated[str, Field(max_length=100, examples=["answer_offer"])]
    says: Annotated[dict[str, Any], Field(max_length=20, examples=[{"counterpart": "PE"}])] = {}


class FactIn(Told):
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

    step: Annotated[str, Field(max_length=100, examples=["open_negotiation"], json_schema_extra=in_description(STEPS))]
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
