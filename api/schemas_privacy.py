# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What comes in and goes out about entries, evidence and persons."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.schemas import NAMED, Body, ExchangeAnswer

Reason = Annotated[str, Field(min_length=1, max_length=2000, examples=["We said May, not March."])]


class ContestIn(Body):
    """Why an entry is not what one's country said."""

    reason: Reason


class EntryAnswer(ExchangeAnswer):
    """An entry, answered."""

    entry: int
    status: Literal["confirmed", "contested"]


class EvidenceAnswer(ExchangeAnswer):
    """A piece of evidence, kept. `sha256` stands in the ledger."""

    sha256: str
    access: Literal["open", "restricted"]


class RedactionAnswer(ExchangeAnswer):
    """A piece of evidence whose readers get a redacted copy from now on."""

    sha256: str


class DecisionIn(Body):
    """Why it is decided. It stands in the ledger, so it names nobody."""

    reason: Annotated[str, Field(min_length=1, max_length=2000, examples=["A face was recognised."])]


class PlaceIn(Body):
    """A sealed value that holds something about the person, though not their name."""

    stream: Annotated[str, Field(max_length=100, examples=["exchange/01a20afe-56ea-7afc-96b1-f7a6353f00da"])]
    seq: Annotated[int, Field(ge=1, le=2**31 - 1, examples=[3])]
    field: Annotated[str, Field(max_length=100, examples=["contact"])]


class ErasureIn(DecisionIn):
    """A person to be erased, and why."""

    person: Annotated[str, Field(pattern=NAMED, max_length=64, examples=["01a20afe-56ea-7afc-96b1-f7a6353f00da"])]
    values: Annotated[tuple[PlaceIn, ...], Field(max_length=500)] = ()


class ErasureAnswer(BaseModel):
    """An erasure. `values`: how many sealed values go with it; `kept`: how many a signed paper keeps."""

    erasure: str
    person: str
    status: Literal["asked", "decided"]
    values: int
    kept: int
