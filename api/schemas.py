"""What comes in and what goes out where no view of the observatory says it already."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from services.asking import Asking


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PartyIn(_Body):
    """A party at the start of an exchange."""

    party: Annotated[str, Field(max_length=40, examples=["BR"])]
    role: Annotated[str, Field(examples=["offers"])]
    institution: Annotated[str | None, Field(max_length=300, examples=["Embrapa"])] = None


class Told(_Body):
    """Something told; earlier than now only with the right to tell it late."""

    occurred_at: Annotated[str | None, Field(description="When it happened, if not now.", examples=[None])] = None
    late_because: Annotated[str | None, Field(max_length=2000, examples=[None])] = None

    def asked(self, asking: Asking) -> Asking:
        """The asking, with the time of what is told."""
        return Asking(asking.actor, asking.key, asking.if_match, self.occurred_at, self.late_because)


class DraftIn(Told):
    """A new exchange."""

    programme: Annotated[str, Field(examples=["regional-initiative"])]
    title: Annotated[str, Field(max_length=300, examples=["Natural rubber"])]
    door: Annotated[str, Field(description="offer or demand", examples=["offer"])]
    weight: Annotated[str, Field(description="light, standard or triangular", examples=["standard"])] = "standard"
    parties: Annotated[list[PartyIn], Field(min_length=1, max_length=40)]


class MoveIn(Told):
    """A move to make, and what it carries (reason, counterpart …)."""

    move: Annotated[str, Field(examples=["answer_offer"])]
    says: Annotated[dict[str, Any], Field(max_length=20, examples=[{"counterpart": "PE"}])] = {}


class FactIn(Told):
    """A fact to say; `item` names what it is about, where it changes something said before."""

    kind: Annotated[str, Field(examples=["activity_planned"])]
    fields: Annotated[
        dict[str, Any],
        Field(max_length=60, examples=[{"title": "First mission", "on": "2026-12-01", "mode": "in_person"}]),
    ] = {}
    item: Annotated[str | None, Field(max_length=200, examples=[None])] = None


class PaperIn(_Body):
    """A paper to draw up, in every language the programme has it in."""

    kind: Annotated[str, Field(examples=["roadmap"])]


class AgreementIn(Told):
    """A new agreement for an exchange, between its parties."""

    exchange: Annotated[str, Field(examples=["SSC-2026-0042"])]
    title: Annotated[str, Field(max_length=300, examples=["Cooperation on natural rubber"])]
    register_: Annotated[str, Field(alias="register", description="binding or non_binding", examples=["non_binding"])]
    amends: Annotated[str | None, Field(examples=[None])] = None


class StepIn(Told):
    """A step of the agreement's machine, and what it carries."""

    step: Annotated[str, Field(examples=["open_negotiation"])]
    says: Annotated[dict[str, Any], Field(max_length=20)] = {}


class TextIn(Told):
    """A new version of an agreement's text."""

    summary: Annotated[str, Field(max_length=2000, examples=["First text"])]
    terms: Annotated[dict[str, Any], Field(examples=[{"object": "To share how rubber is traced."}])]


class SignatoryIn(Told):
    """Who signs for a party."""

    party: Annotated[str, Field(max_length=40, examples=["BR"])]
    name: Annotated[str, Field(max_length=300, examples=["Bruno"])]
    title: Annotated[str, Field(max_length=300, examples=["Minister of Labour"])]
    institution: Annotated[str, Field(max_length=300, examples=["Ministry of Labour"])]


class CounterpartIn(Told):
    """A counterpart signed in ink that arrived at its own country's officers."""

    party: Annotated[str, Field(max_length=40, examples=["BR"])]
    signed_on: Annotated[str, Field(examples=["2026-11-20"])]
    place: Annotated[str | None, Field(max_length=300, examples=["Brasília"])] = None
    scan_sha256: Annotated[str | None, Field(pattern="^[0-9a-f]{64}$", examples=[None])] = None


class ConfirmationIn(Told):
    """A second officer of the same country saw the counterpart."""

    party: Annotated[str, Field(max_length=40, examples=["BR"])]


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
    reasons: list[dict[str, Any]] = []
