# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The form of a programme file (TOML): what a region writes down, checked for shape before anything is resolved.

docs/a-new-region.md explains every key. Unknown keys are mistakes: a misspelt allowance must never be silently ignored.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Words = dict[str, str]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
LevelWord = Literal["must", "later", "advice", "off"]
StageWord = Literal[
    "offer", "demand", "commitment", "execution", "reflection", "action", "accompaniment", "feedback", "closed"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LapseFile(_Strict):
    lapse: Annotated[int, Field(ge=1, le=400)]


IfSilentFile = Literal["block", "waive"] | LapseFile


class WordFile(_Strict):
    """One word of a vocabulary with its labels per language."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$")]
    labels: Words


class CountryFile(_Strict):
    """A member. `with_article`: how its name stands in a sentence, in the languages that give it an article (`o Peru`)."""

    code: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    names: Words
    with_article: Words = {}
    languages: tuple[LanguageTag, ...]
    timezone: str
    subregion: str = ""


class StageFile(_Strict):
    """Labels, allowance in working days, and the papers drawn up on entry, for one stage."""

    labels: Words
    allowance: Annotated[int, Field(ge=1, le=5000)] | None = None
    papers: tuple[str, ...] | None = None
    ladder: str | None = None


class WeightFile(_Strict):
    labels: Words


class NeedFile(_Strict):
    """What a programme changes in one declared need."""

    level: LevelWord | dict[str, LevelWord] | None = None
    due: StageWord | None = None
    params: list[str | int | list[str]] | None = None
    if_silent: IfSilentFile | None = None


class MoveFile(_Strict):
    """What a programme changes in one declared move."""

    on: bool = True
    by: tuple[str, ...] | None = None
    needs: dict[str, NeedFile] = {}


class FactFile(_Strict):
    on: bool = True
    by: tuple[str, ...] | None = None


class PaperFile(_Strict):
    """The language sets a paper is drawn up in (one file each, two stand side by side), and what its parties consider."""

    labels: Words
    languages: tuple[tuple[str, ...], ...]
    recitals: tuple[Words, ...] = ()


class RungFile(_Strict):
    """One rung of a ladder: working days before (-) or after (+) the due day, and what happens then."""

    day: int
    does: Literal["remind", "escalate", "decide"]


class LimitsFile(_Strict):
    light_activity_days: Annotated[int, Field(ge=0, le=400)] = 5


class ProgrammeFile(_Strict):
    """A whole programme file."""

    slug: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{2,60}$")]
    title: Words
    issue: Words
    languages: Annotated[tuple[LanguageTag, ...], Field(min_length=1)]
    timezone: str
    reference_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]
    agreement_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,6}$")]
    emblem: str
    benches: Annotated[tuple[WordFile, ...], Field(min_length=1)]
    consulted: tuple[str, ...]
    currencies: dict[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], Annotated[int, Field(ge=0, le=4)]]
    countries: Annotated[tuple[CountryFile, ...], Field(min_length=2)]
    vocabularies: dict[str, tuple[WordFile, ...]]
    stages: dict[str, StageFile]
    weights: dict[str, WeightFile]
    moves: dict[str, MoveFile] = {}
    facts: dict[str, FactFile] = {}
    papers: dict[str, PaperFile]
    ladders: dict[str, tuple[RungFile, ...]]
    limits: LimitsFile = LimitsFile()
