# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Checking a case against its programme and today: every word it uses exists there, and no day lies ahead."""

from collections.abc import Iterator
from datetime import datetime

from agreements.rules import STEPS
from cycle.checking import party_kind
from cycle.programme import Programme
from services.cases.format import CaseActor, Step
from services.cases.reading import Case, CaseUnusable, Finding


def check(case: Case, programme: Programme, instants: tuple[datetime, ...], now: datetime) -> None:
    """Raises CaseUnusable with all that is unknown or still to come. Steps that expect a refusal may say anything."""
    findings = [f for key, actor in case.file.actors.items() for f in _seat(programme, f"actors.{key}", actor)]
    for place, step, instant in zip(case.places, case.file.steps, instants, strict=True):
        if instant > now:
            findings.append(Finding("moment.in_the_future", place, f"{step.on} is still to come"))
        if step.refused is None:
            findings += _words(programme, place, step)
    if findings:
        raise CaseUnusable(findings)


def _seat(programme: Programme, at: str, actor: CaseActor) -> Iterator[Finding]:
    if actor.party and party_kind(programme, actor.party) is None:
        yield _stranger(programme, at, actor.party)
    elif actor.party and (actor.role == "partner") == (actor.party in programme.countries):
        yield Finding("case.malformed", at, f"a partner is no member country; {actor.party} does not fit {actor.role}")
    if actor.bench and actor.bench not in programme.benches:
        yield Finding("bench.unknown", at, f"{actor.bench} is none of {', '.join(programme.benches)}")


def _stranger(programme: Programme, at: str, party: str) -> Finding:
    return Finding("country.unknown", at, f"{party} is no member country of {programme.slug}")


def _words(programme: Programme, place: str, step: Step) -> Iterator[Finding]:
    for party in step.draft.parties if step.draft else ():
        if party_kind(programme, party.party) is None:
            yield _stranger(programme, place, party.party)
    if step.move and step.move not in programme.moves:
        yield Finding("move.unknown", place, f"{step.move} is no move of {programme.slug}")
    if step.fact and step.fact not in programme.facts:
        yield Finding("fact.unknown", place, f"{step.fact} is no fact of {programme.slug}")
    if step.paper and step.paper not in programme.document["papers"]:
        yield Finding("paper.unknown", place, f"{step.paper} is no paper of {programme.slug}")
    if step.agreement == "step" and step.fields.get("step") not in STEPS:
        yield Finding("agreement.step_unknown", place, f"{step.fields.get('step')} is none of {', '.join(STEPS)}")
