# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Reading a case file: TOML text to a case, or every mistake at once, each with its place in the file."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from cycle.misfits import plainly
from services.cases.format import BESIDE, VERBS, CaseFile
from services.errors import ServiceError


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: its code, where it stands, what is wrong."""

    code: str
    at: str
    text: str

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "need": f"{self.at}: {self.text}" if self.at else self.text, "at": self.at}


class CaseUnusable(ServiceError):
    """A case that cannot be walked. Its code is the one that all findings share, else `case.malformed`."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"{len(findings)} mistake{'s' if len(findings) > 1 else ''} in the case")
        codes = {finding.code for finding in findings}
        self.code = codes.pop() if len(codes) == 1 else "case.malformed"
        self.findings = tuple(findings)

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return [finding.as_dict() for finding in self.findings]


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its file has it. `digest`: SHA-256 of the file; `places`: where each step stands."""

    file: CaseFile
    digest: str
    places: tuple[str, ...]


def read_case(text: str) -> Case:
    """The case a file holds. Raises CaseUnusable with every mistake that can be seen without its programme."""
    document = _parsed(text)
    places = _places(text, document)
    findings = [*_misfits(document, places), *_strays(document, places)]
    if findings:
        raise CaseUnusable(findings)
    return Case(CaseFile.model_validate(document), sha256(text.encode()).hexdigest(), places)


def case_of(file: CaseFile) -> Case:
    """A case made by a program instead of a file."""
    digest = sha256(file.model_dump_json().encode()).hexdigest()
    return Case(file, digest, tuple(f"step {number}" for number in range(1, len(file.steps) + 1)))


def as_json(value: Any) -> Any:
    """TOML values as JSON has them: days and times become ISO text."""
    match value:
        case dict():
            return {name: as_json(inner) for name, inner in value.items()}
        case list():
            return [as_json(inner) for inner in value]
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return value


def _parsed(text: str) -> dict[str, Any]:
    try:
        document = as_json(tomllib.loads(text))
        json.dumps(document, allow_nan=False)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise CaseUnusable([Finding("case.malformed", "", f"no TOML: {error}")]) from error
    known: dict[str, Any] = document
    return known


def _places(text: str, document: Mapping[str, Any]) -> tuple[str, ...]:
    """`step 12 (line 140)`: TOML readers tell no lines, but every step begins with its own header."""
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip() == "[[steps]]"]
    steps = len(_steps(document))
    known = lines if len(lines) == steps else [0] * steps
    return tuple(f"step {n} (line {line})" if line else f"step {n}" for n, line in enumerate(known, 1))


def _steps(document: Mapping[str, Any]) -> list[Any]:
    steps = document.get("steps")
    return steps if isinstance(steps, list) else []


def _misfits(document: Mapping[str, Any], places: Sequence[str]) -> Iterator[Finding]:
    """What the format itself does not admit."""
    try:
        CaseFile.model_validate(document)
    except ValidationError as error:
        for wrong in error.errors(include_url=False, include_input=False):
            yield Finding("case.malformed", _at(wrong["loc"], places), plainly(wrong))


def _at(path: Sequence[str | int], places: Sequence[str]) -> str:
    if len(path) > 1 and path[0] == "steps" and isinstance(path[1], int) and path[1] < len(places):
        return ": ".join((places[path[1]], *([".".join(map(str, path[2:]))] if path[2:] else [])))
    return ".".join(map(str, path))


def _strays(document: Mapping[str, Any], places: Sequence[str]) -> Iterator[Finding]:
    """What no single field shows: verbs, actors, keys, the order of days."""
    steps = [(place, step) for place, step in zip(places, _steps(document), strict=True) if isinstance(step, dict)]
    for place, step in steps:
        yield from _verb_mistakes(place, step)
        yield from _actor_mistakes(place, step, document.get("actors"))
    yield from _actors_seats(document.get("actors"))
    yield from _first_and_only(steps)
    yield from _unknown_keys(steps)
    yield from _going_back(steps)


def _verb_mistakes(place: str, step: Mapping[str, Any]) -> Iterator[Finding]:
    verbs = [verb for verb in VERBS if verb in step]
    if len(verbs) != 1:
        found = f"found {' and '.join(verbs)}" if verbs else "found none"
        yield Finding("case.malformed", place, f"a step has exactly one of {', '.join(VERBS)}; {found}")
        return
    for name, beside in BESIDE.items():
        if name in step and verbs[0] not in beside:
            yield Finding("case.malformed", place, f"{name} stands beside {' or '.join(beside)}, not {verbs[0]}")


def _actor_mistakes(place: str, step: Mapping[str, Any], actors: Any) -> Iterator[Finding]:
    named = step.get("actor")
    if isinstance(actors, dict) and isinstance(named, str) and named not in actors:
        yield Finding("case.actor_unknown", place, f"{named} is one of the case's actors: {', '.join(actors)}")


def _actors_seats(actors: Any) -> Iterator[Finding]:
    """Whoever speaks for a party says which, a delegate also for which bench of it."""
    for key, actor in actors.items() if isinstance(actors, dict) else ():
        if not isinstance(actor, dict):
            continue
        role = actor.get("role")
        if role != "secretariat" and not actor.get("party"):
            yield Finding("case.malformed", f"actors.{key}", f"a {role} names its party")
        if role == "bench_delegate" and not actor.get("bench"):
            yield Finding("case.malformed", f"actors.{key}", "a bench delegate names the bench")


def _first_and_only(steps: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Finding]:
    begun = False
    for place, step in steps:
        drafts = "draft" in step
        if begun and drafts:
            yield Finding("case.malformed", place, "a case drafts one exchange")
        if not begun and not drafts:
            yield Finding("case.malformed", place, "the exchange is drafted before anything else happens")
            return
        begun = begun or (drafts and "refused" not in step)


def _unknown_keys(steps: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Finding]:
    facts: set[str] = set()
    agreements: set[str] = set()
    for place, step in steps:
        called = step.get("called", "agreement")
        if "agreement" in step and step["agreement"] != "draft" and called not in agreements:
            yield Finding("case.malformed", place, f"agreement {called!r} was not drafted by an earlier step")
        if "corrects" in step and step["corrects"] not in facts:
            yield Finding("case.malformed", place, f"{step['corrects']!r} is the key of an earlier fact")
        facts |= {str(step["key"])} if "key" in step else set()
        agreements |= {str(called)} if step.get("agreement") == "draft" else set()


def _going_back(steps: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Finding]:
    latest = ("", "")
    for place, step in steps:
        on, at = str(step.get("on", "")), str(step.get("at", ""))
        if not on:
            continue
        if on < latest[0] or (on == latest[0] and at and at < latest[1]):
            yield Finding("case.days_go_back", place, f"{f'{on} {at}'.strip()} lies before {' '.join(latest).strip()}")
            continue
        latest = (on, at or (latest[1] if on == latest[0] else ""))
