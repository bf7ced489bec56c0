# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The case format: what a case file may hold. `minga walk --schema` prints it as JSON Schema, docs/cases.md explains.

A case is a programme, a source, some actors and their steps in order. Each step has a day, an actor and exactly one
verb: draft, move, fact, agreement or paper.
"""

from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from cycle.words import Door, Stage, Weight

VERBS = ("draft", "move", "fact", "agreement", "paper")
BESIDE = {
    "says": ("move",),
    "fields": ("fact", "agreement"),
    "item": ("fact",),
    "key": ("fact",),
    "corrects": ("fact",),
    "called": ("agreement",),
}
"""What may stand beside which verb."""

Words = Annotated[str, Field(min_length=1, max_length=20_000)]
Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Party = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Strict):
    """Where the case comes from: a row of a public register, and all that it says."""

    name: Annotated[Words, Field(description="The register.")]
    attribution: Annotated[Words, Field(description="Who made it, as they ask to be named.")]
    licence: Words
    row: Annotated[Words, Field(description="The row's own key in the register.")]
    link: str | None = None
    says: Annotated[tuple[Words, ...], Field(min_length=1, description="Everything that the case takes from the row.")]


class CaseActor(_Strict):
    """Somebody who acts in the case, named by function: a made-up case names no real person."""

    name: Words
    role: Literal["focal_point", "bench_delegate", "signatory_officer", "partner", "secretariat"]
    party: Party | None = None
    bench: str | None = None


class DraftParty(_Strict):
    party: Party
    role: Literal["offers", "asks", "both", "facilitates", "supports"]
    institution: Words | None = None


class Draft(_Strict):
    """The first step: who opens the exchange. Title, weight and door are the case's own."""

    parties: Annotated[tuple[DraftParty, ...], Field(min_length=1)]


class Step(_Strict):
    """One step: a day, an actor, one verb. With `refused` it is a step that the rules must not let happen."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "oneOf": [{"required": [verb]} for verb in VERBS],
            "dependentSchemas": {
                name: {"anyOf": [{"required": [verb]} for verb in verbs]} for name, verbs in BESIDE.items()
            },
        },
    )

    on: Annotated[date, Field(description="The day, in the programme's time zone.")]
    at: Annotated[time | None, Field(description="The local time; without it the next moment from 09:00 on.")] = None
    actor: Annotated[str, Field(description="The key of one of the case's actors.")]
    on_behalf_of: Annotated[Party | None, Field(description="The party an officer enters this for.")] = None
    came_by: Annotated[
        Literal["mail", "telephone", "meeting"] | None, Field(description="How that came to the officer, on that day.")
    ] = None
    illustrative: Annotated[bool | None, Field(description="Whether the source is silent on this step.")] = None
    note: Annotated[Words | None, Field(description="A line for whoever watches the walk.")] = None
    refused: Annotated[
        tuple[str, ...] | None,
        Field(min_length=1, description="The step must be refused with exactly these codes; the case then goes on."),
    ] = None
    draft: Draft | None = None
    move: Annotated[str | None, Field(description="The name of a move.")] = None
    says: Annotated[dict[str, Any], Field(description="What a move carries: reason, counterpart …")] = {}
    fact: Annotated[str | None, Field(description="The kind of a fact.")] = None
    fields: Annotated[dict[str, Any], Field(description="What a fact or a step of an agreement says.")] = {}
    item: Annotated[str | None, Field(description="What a fact is about, like activity-1.")] = None
    key: Annotated[Key | None, Field(description="A name for this fact, for a later correction.")] = None
    corrects: Annotated[Key | None, Field(description="The key of the fact that this one corrects.")] = None
    agreement: Literal["draft", "step", "text", "signatory", "receive", "confirm", "provisional"] | None = None
    called: Annotated[Key, Field(description="Which agreement of the case, if it has several.")] = "agreement"
    paper: Annotated[str | None, Field(description="The kind of a paper to order.")] = None

    @property
    def verb(self) -> str:
        return next(verb for verb in VERBS if getattr(self, verb) is not None)


class CaseFile(_Strict):
    """A whole case file."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="A case for `minga walk`")

    title: Words
    programme: Annotated[str, Field(description="The slug of a published programme.")]
    weight: Weight
    door: Door
    illustrative: Annotated[bool, Field(description="Whether steps are illustrative unless they say otherwise.")] = True
    made_up: Annotated[Words, Field(description="In one sentence: what of this case the source does not say.")]
    source: Source | None = None
    actors: Annotated[dict[Key, CaseActor], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    ends: Annotated[Stage | None, Field(description="The stage in which the case must end.")] = None

    def is_illustrative(self, step: Step) -> bool:
        return self.illustrative if step.illustrative is None else step.illustrative


def json_schema() -> dict[str, Any]:
    """The format as JSON Schema (2020-12). TOML's days and times stand as text."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **CaseFile.model_json_schema()}
