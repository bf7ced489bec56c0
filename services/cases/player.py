# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The player: walks a case on its own clock, as its named actors, in one transaction.

All of it is written or nothing. Clock and identifiers come from the case, so the same case in a fresh folder gives the
same ledger and, with it, the same papers (docs/decisions/0007-walked-cases.md).
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from cycle.programme import Programme
from cycle.refusals import Refusal
from cycle.standing import Standing
from ledger.identifiers import Identifiers, seeded
from people.actors import Actor, Role
from services.asking import Asking
from services.behalf import entered
from services.cases.acting import Scene, act
from services.cases.checking import check
from services.cases.clock import CaseClock, instants_of
from services.cases.format import CaseActor, Step
from services.cases.one_work import OneWork
from services.cases.reading import Case, CaseUnusable, Finding
from services.desk import Desk
from services.errors import NotFound, Refused, ServiceError, refused
from services.persons import add_specimen, hold_real_seats
from storage import agreements, counters, exchanges

ROLES = {
    "focal_point": Role.FOCAL_POINT,
    "signatory_officer": Role.FOCAL_POINT,
    "bench_delegate": Role.BENCH_DELEGATE,
    "partner": Role.PARTNER,
    "secretariat": Role.SECRETARIAT,
}


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step as it was walked. `refused`: the codes with which it was refused, as the case expected."""

    number: int
    step: Step
    who: CaseActor
    illustrative: bool
    stage: str
    lifecycle: str
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk left behind. `entered`: each stage with the day it was entered, in order, returns included."""

    exchange: str
    reference: str | None
    agreements: tuple[str, ...]
    stage: str
    lifecycle: str
    events: int
    entered: tuple[tuple[str, str], ...]
    steps: tuple[StepTold, ...] = field(repr=False)

    @property
    def illustrative(self) -> int:
        return sum(1 for told in self.steps if told.illustrative)


class StepFailed(Refused):
    """A step was not made: the code and the reasons are those of the rules, the text says which step."""

    def __init__(self, place: str, deed: str, error: ServiceError) -> None:
        refusal = error.refusal if isinstance(error, Refused) else Refusal.because(error.code, str(error))
        super().__init__(refusal)
        self.args = (f"{place}: {deed} was refused, so nothing of the case was written",)


def walk(desk: Desk, case: Case, *, origin: str = "walked") -> Walked:
    """Walks a whole case. Raises CaseUnusable, StepFailed, Refused (walk.real_people); then nothing is written."""
    walked = desk.store.write(lambda connection: walk_within(desk, connection, case, origin=origin))
    desk.nudge()
    return walked


def walk_within(
    desk: Desk, connection: Connection, case: Case, *, origin: str, until: datetime | None = None
) -> Walked:
    """The same inside a transaction of the caller's; steps later than `until` are left out."""
    if hold_real_seats(connection):
        raise refused(
            "walk.real_people", "a place where nobody holds a seat yet: a walk acts in the name of its actors"
        )
    programme = _programme(desk, connection, case)
    instants = instants_of(case.file.steps, programme.timezone)
    if until is None:
        check(case, programme, instants, desk.clock())
    ordinal = counters.take(connection, f"walk/{case.digest[:32]}", 0)
    clock = CaseClock()
    at_the_case = replace(
        desk,
        store=OneWork(connection),
        clock=clock,
        identifiers=Identifiers(seeded(f"{case.digest}/{ordinal}"), clock.milliseconds),
        nudge=lambda: None,
    )
    player = _Player(at_the_case, connection, case, clock, Scene(at_the_case, case.file, origin))
    return player.play(tuple(at for at in instants if until is None or at <= until))


def _programme(desk: Desk, connection: Connection, case: Case) -> Programme:
    try:
        return desk.programme(connection, case.file.programme)
    except NotFound as error:
        raise CaseUnusable([Finding("programme.unknown", "programme", str(error))]) from error


@dataclass
class _Player:
    desk: Desk
    connection: Connection
    case: Case
    clock: CaseClock
    scene: Scene

    def play(self, instants: tuple[datetime, ...]) -> Walked:
        self.clock.set(instants[0])
        cast = self.case.file.actors.items()
        self.actors = {key: self._seated(actor) for key, actor in cast}
        self.stands = ("draft", "active")
        self.entered: list[tuple[str, str]] = []
        numbered = enumerate(zip(self.case.file.steps, instants, strict=False))
        told = tuple(self._take(number, step, at) for number, (step, at) in numbered)
        return self._ended(told)

    def _seated(self, actor: CaseActor) -> Actor:
        person = add_specimen(self.desk, self.connection, actor.name)
        return Actor(person, ROLES[actor.role], actor.party, actor.bench)

    def _take(self, number: int, step: Step, at: datetime) -> StepTold:
        self.clock.set(at)
        codes = self._refused_with(number, step)
        self._look(step)
        who, illustrative = self.case.file.actors[step.actor], self.case.file.is_illustrative(step)
        return StepTold(number + 1, step, who, illustrative, *self.stands, codes)

    def _refused_with(self, number: int, step: Step) -> tuple[str, ...]:
        place, came_on = self.case.places[number], step.on.isoformat() if step.came_by else None
        try:
            asking = entered(Asking(self.actors[step.actor]), step.on_behalf_of, step.came_by, came_on)
            act(self.scene, asking, step)
        except (Refused, NotFound) as error:
            codes = _codes(error)
            if step.refused is None:
                raise StepFailed(place, deed_of(step), error) from error
            if sorted(codes) != sorted(step.refused):
                raise _unexpected(place, step, f"it was refused with {', '.join(codes)}") from error
            return codes
        if step.refused is not None:
            raise _unexpected(place, step, "it was not refused")
        return ()

    def _look(self, step: Step) -> None:
        if not self.scene.exchange:
            return
        standing = self._standing()
        if not self.entered or standing.stage != self.stands[0]:
            self.entered.append((standing.stage, step.on.isoformat()))
        self.stands = (standing.stage, standing.lifecycle)

    def _standing(self) -> Standing:
        loaded = exchanges.load(self.connection, self.scene.exchange)
        if loaded is None:
            raise NotFound(f"no exchange {self.scene.exchange}", exchange=self.scene.exchange)
        return loaded.standing

    def _ended(self, told: tuple[StepTold, ...]) -> Walked:
        standing, wished = self._standing(), self.case.file.ends
        if wished and wished != standing.stage and len(told) == len(self.case.file.steps):
            need = f"the case says it ends in {wished}; it ends in {standing.stage}"
            raise CaseUnusable([Finding("case.ends_elsewhere", "ends", need)])
        made = tuple(self.scene.agreements.values())
        covered = [agreements.load(self.connection, agreement) for agreement in made]
        events = standing.seq + sum(each.standing.seq for each in covered if each)
        where = (standing.stage, standing.lifecycle)
        return Walked(standing.exchange, standing.reference, made, *where, events, tuple(self.entered), told)


def _codes(error: ServiceError) -> tuple[str, ...]:
    """The codes of a refusal's reasons; of an error without reasons its own."""
    return tuple(reason["code"] for reason in error.reasons) or (error.code,)


def _unexpected(place: str, step: Step, found: str) -> CaseUnusable:
    need = f"{deed_of(step)} should be refused with {', '.join(step.refused or ())}; {found}"
    return CaseUnusable([Finding("case.not_refused_so", place, need)])


def deed_of(step: Step) -> str:
    """A step in a few words."""
    match step.verb:
        case "draft":
            return "draft the exchange"
        case "agreement":
            return f"agreement: {step.fields.get('step', step.agreement)}"
        case verb:
            what = f"{verb} {getattr(step, verb)}"
            return f"{what} ({step.item})" if step.item else what
