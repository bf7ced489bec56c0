# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Profiles: what the columns of a register mean. Some come with Minga; any other spreadsheet brings a TOML file of its own.

docs/imports.md explains every key. Unknown keys are mistakes.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from cycle.misfits import plainly
from cycle.words import Lifecycle, Stage
from services.importing.faults import Fault, ProfileNotFound, ProfileRefused

LARGEST_PROFILE = 256_000
ALL = "*"

_ENDED_BEFORE_EXECUTION = (Lifecycle.WITHDRAWN, Lifecycle.DECLINED, Lifecycle.EXPIRED)
_BEFORE_EXECUTION = (Stage.OFFER, Stage.DEMAND, Stage.COMMITMENT)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """Which column holds what. A party may also be the same for every row (`always`)."""

    key: str
    title: str
    status: str
    provider: str | None = None
    provider_code: str | None = None
    provider_institution: str | None = None
    requester: str | None = None
    requester_code: str | None = None
    institution: str | None = None
    start: str | None = None
    end: str | None = None

    def named(self) -> dict[str, str]:
        """What is held → the column that holds it."""
        return {what: column for what, column in self.model_dump().items() if column}


class Always(_Strict):
    """Parties that are the same in every row."""

    provider: str | None = None
    requester: str | None = None


class Stands(_Strict):
    """Where a status word places an exchange."""

    stage: Stage
    lifecycle: Lifecycle = Lifecycle.ACTIVE

    @model_validator(mode="after")
    def _can_be(self) -> Self:
        closed, completed = self.stage == Stage.CLOSED, self.lifecycle == Lifecycle.COMPLETED
        if closed != completed:
            raise ValueError("closed means completed, and completed means closed")
        if self.stage == Stage.DRAFT:
            raise ValueError("what a register tells is no draft")
        if self.lifecycle in _ENDED_BEFORE_EXECUTION and self.stage not in _BEFORE_EXECUTION:
            raise ValueError(f"{self.lifecycle} is for the time before execution")
        if self.lifecycle == Lifecycle.TERMINATED and self.stage in _BEFORE_EXECUTION:
            raise ValueError("terminated is for the time from execution on")
        return self


class Profile(_Strict):
    """How to read one register."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    programme: str
    columns: Columns
    status: Annotated[dict[str, Stands], Field(min_length=1)]
    always: Always = Always()
    parties: dict[str, str] = {}
    plain: tuple[str, ...] = ()
    door: Literal["offer", "demand"] = "demand"
    weight: Literal["light", "standard", "triangular"] = "standard"
    days: str = "%Y-%m-%d"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    sheet: str | None = None
    attribution: str = ""

    @model_validator(mode="after")
    def _names_both_sides(self) -> Self:
        for side in ("provider", "requester"):
            if not (getattr(self.columns, side) or getattr(self.always, side)):
                raise ValueError(f"a column or `always` names the {side}")
        return self

    def source_key(self, key: str) -> str:
        """What an exchange of this register is known by: `colombia-aims:COL561`."""
        return f"{self.name}:{key}"

    def reads(self, header: Iterable[str]) -> bool:
        """Whether a sheet with this header has every column the profile names."""
        return set(self.columns.named().values()) <= set(header)

    def plain_columns(self, header: Iterable[str]) -> tuple[str, ...]:
        """The columns kept in the clear; all others are sealed, for nobody said that they are not about persons."""
        named = set(self.columns.named().values()) | set(self.plain)
        return tuple(column for column in header if ALL in self.plain or column in named)


def parse_profile(text: str, name: str) -> Profile:
    """The profile a TOML text describes. Raises ProfileRefused with all that is wrong."""
    try:
        return Profile.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise ProfileRefused(name, [Fault("profile.not_toml", str(error))]) from error
    except ValidationError as error:
        raise ProfileRefused(name, [_fault(one["loc"], plainly(one)) for one in error.errors()]) from error


def _fault(place: tuple[int | str, ...], said: str) -> Fault:
    where = ".".join(str(part) for part in place)
    return Fault("profile.malformed", f"{where}: {said}" if where else said)


@cache
def built_in() -> tuple[Profile, ...]:
    """The profiles that come with Minga, by name."""
    folder = files("services.importing").joinpath("profiles")
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in folder.iterdir() if one.name.endswith(".toml")]
    return tuple(parse_profile(text, name) for name, text in sorted(texts))


def profile_named(name: str) -> Profile:
    """A built-in profile by its name, or one from a TOML file. Raises ProfileNotFound, ProfileRefused."""
    for profile in built_in():
        if profile.name == name:
            return profile
    path = Path(name)
    if path.suffix != ".toml" or not path.is_file():
        known = ", ".join(profile.name for profile in built_in())
        raise ProfileNotFound(f"no profile {name}: one of {known}, or a file that ends in .toml", profile=name)
    return parse_profile(_text_of(path), name)


def profile_for(header: Iterable[str]) -> Profile:
    """The one built-in profile that reads such a sheet. Raises ProfileNotFound."""
    columns = tuple(header)
    fitting = [profile for profile in built_in() if profile.reads(columns)]
    if len(fitting) != 1:
        raise ProfileNotFound("no built-in profile reads these columns: say which one with --profile", columns=columns)
    return fitting[0]


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_PROFILE + 1)
    except OSError as error:
        raise ProfileNotFound(f"{path} cannot be read: {error.strerror}", profile=str(path)) from error
    if len(raw) > LARGEST_PROFILE:
        raise ProfileRefused(path.name, [Fault("profile.too_large", f"at most {LARGEST_PROFILE} bytes")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileRefused(path.name, [Fault("profile.not_utf8", "a profile is UTF-8 text")]) from error
