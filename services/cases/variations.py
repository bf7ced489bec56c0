# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Variations: one plain exchange told with other countries, other days and other places to stop, as cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from cycle.words import Stage
from services.cases.format import CaseFile
from services.cases.reading import Case, case_of

MADE_UP = "All of it: demonstration data, so that an empty house shows what a full one looks like."
FRIDAY = 4
BASELINE = "Sin registro previo; la primera actividad lo establece"
Told = tuple[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Variation:
    """One made-up exchange.

    stops: the stage it has not left · ending: the lifecycle move it ends in, if any, with what that move says
    told: the party that told by mail, last of all, of another activity; its answer is awaited
    """

    title: str
    offers: str
    asks: str
    chain: str
    theme: str
    begins: date
    stops: Stage
    door: str = "offer"
    ending: tuple[str, dict[str, str]] | None = None
    told: str | None = None

    @property
    def first(self) -> str:
        return "giver" if self.door == "offer" else "asker"

    @property
    def second(self) -> str:
        return "asker" if self.door == "offer" else "giver"

    def day(self, after: int) -> str:
        """So many days after it began, or the Monday that follows: on weekends nobody works."""
        on = self.begins + timedelta(after)
        return (on + timedelta(7 - on.weekday() if on.weekday() > FRIDAY else 0)).isoformat()


def case_from(variation: Variation) -> Case:
    """The case of a variation, cut where it stops."""
    return case_of(
        CaseFile.model_validate(
            {
                "title": variation.title,
                "programme": "regional-initiative",
                "weight": "standard",
                "door": variation.door,
                "made_up": MADE_UP,
                "actors": _actors(variation),
                "steps": [_dated(variation, told) for told in _kept(variation)],
                "ends": variation.stops,
            }
        )
    )


def _actors(v: Variation) -> dict[str, Any]:
    def officer(party: str) -> dict[str, str]:
        return {"name": f"Focal point of {party} (illustrative)", "role": "focal_point", "party": party}

    def delegate(bench: str) -> dict[str, str]:
        return {"name": f"Delegate of {v.asks} {bench} (illustrative)", "role": "bench_delegate", "party": v.asks}

    return {
        "office": {"name": "Officer of the technical secretariat (illustrative)", "role": "secretariat"},
        "giver": officer(v.offers),
        "asker": officer(v.asks),
        "employers": {**delegate("employers"), "bench": "employers"},
        "workers": {**delegate("workers"), "bench": "workers"},
    }


def _dated(v: Variation, told: Told) -> dict[str, Any]:
    after, step = told
    return {"on": v.day(after), **step}


def _kept(v: Variation) -> Iterator[Told]:
    """The steps up to the one that would leave the stage where the variation stops, then its ending."""
    kept = list(takewhile(lambda told: told[1].get("leaves") != v.stops, _story(v)))
    for after, step in kept:
        yield after, {name: value for name, value in step.items() if name != "leaves"}
    if v.ending:
        name, says = v.ending
        yield kept[-1][0] + 14, {"actor": "office", "move": name, "says": says}
    if v.told:
        after, told = _fact(kept[-1][0] + 14, "office", "activity_planned", title="Taller de balance", mode="virtual")
        yield after, {**told, "on_behalf_of": v.told, "came_by": "mail"}


def _fact(after: int, actor: str, kind: str, *, item: str | None = None, **fields: Any) -> Told:
    about = {"item": item} if item else {}
    return after, {"actor": actor, "fact": kind, "fields": fields, **about}


def _move(after: int, actor: str, name: str, leaves: Stage, **says: str) -> Told:
    return after, {"actor": actor, "move": name, "says": says, "leaves": leaves}


def _story(v: Variation) -> Iterator[Told]:
    yield from _matching(v)
    yield from _commitment(v)
    yield from _execution(v)
    yield from _roadmap(v)
    yield from _feedback(v)


def _matching(v: Variation) -> Iterator[Told]:
    first_code, second_code = (v.offers, v.asks) if v.door == "offer" else (v.asks, v.offers)
    role, other = ("offers", "demand") if v.door == "offer" else ("asks", "offer")
    yield 0, {"actor": v.first, "draft": {"parties": [{"party": first_code, "role": role}]}}
    yield _sheet(7, v, v.first, v.door)
    yield _move(7, v.first, f"publish_{v.door}", Stage.DRAFT)
    yield _fact(35, v.second, "answer", party=second_code, institution="Ministerio responsable (ilustrativo)")
    yield _move(49, v.first, f"answer_{v.door}", Stage(v.door), counterpart=second_code)
    yield _sheet(63, v, v.second, other)
    for bench in ("employers", "workers"):
        yield _fact(70, "office", "consultation", party=v.asks, bench=bench, paper="agreement")
    yield _fact(84, v.second, "acceptance", party=second_code)
    after, last = _fact(91, v.first, "acceptance", party=first_code)
    yield after, {**last, "leaves": Stage(other)}


def _sheet(after: int, v: Variation, actor: str, side: str) -> Told:
    common: dict[str, Any] = {
        "institution": "Ministerio responsable (ilustrativo)",
        "theme": v.theme,
        "supply_chain": v.chain,
    }
    offered: dict[str, Any] = {
        "shares": f"Experiencia en: {v.title}",
        "modality": "technical-assistance",
        "language": "es",
    }
    asked: dict[str, Any] = {
        "problem": f"Falta experiencia en: {v.title}",
        "learns": "Cómo adaptarla al territorio",
        "national": True,
    }
    more: dict[str, Any] = {"availability": "Todo el año", "no_evidence_yet": True} if side == "offer" else {}
    whom: dict[str, Any] = (
        {} if side == "offer" else {"population": "Familias y personal técnico", "baseline": BASELINE}
    )
    return _fact(after, actor, "sheet", side=side, **common, **(offered if side == "offer" else asked), **more, **whom)


def _commitment(v: Variation) -> Iterator[Told]:
    held = v.day(195)
    planned: dict[str, Any] = {
        "title": "Misión técnica",
        "on": held,
        "days": 4,
        "mode": "in_person",
        "responsible": "Ambas partes",
    }
    signed = (v.begins - timedelta(400)).isoformat()
    yield _fact(105, "giver", "activity_planned", **planned)
    yield _fact(110, "giver", "contribution", party=v.offers, code="D011", description="Especialistas", quantity=12)
    yield _fact(110, "asker", "contribution", party=v.asks, none=True)
    yield _fact(120, "asker", "instrument", title="Convenio marco de cooperación (ilustrativo)", signed_on=signed)
    yield _fact(125, "employers", "endorsement", party=v.asks, bench="employers", paper="agreement", word="endorsed")
    yield _fact(126, "workers", "endorsement", party=v.asks, bench="workers", paper="agreement", word="endorsed")
    yield _move(140, "asker", "begin_execution", Stage.COMMITMENT)


def _execution(v: Variation) -> Iterator[Told]:
    held = v.day(195)
    benches = {"government": 15, "employers": 6, "workers": 8}
    yield _fact(200, "giver", "activity_held", item="activity-1", on=held, women=16, men=13, benches=benches)
    yield _move(230, "asker", "begin_reflection", Stage.EXECUTION)
    record = v.day(238)
    yield _fact(240, "office", "reflection_record", on=record, text="Qué se traslada y qué se adapta (ilustrativo)")
    yield _fact(241, "asker", "lessons", party=v.asks, text="Empezar por un solo territorio (ilustrativo)")
    yield _fact(242, "giver", "lessons", party=v.offers, text="Escuchar antes de mostrar (ilustrativo)")
    yield _fact(243, "asker", "decision", decision="adapt", text="Se adapta al territorio (ilustrativo)")
    yield _move(250, "asker", "adopt_action", Stage.REFLECTION)


def _roadmap(v: Variation) -> Iterator[Told]:
    due = v.day(420)
    approved = v.day(290)
    done = v.day(418)
    yield _fact(270, "asker", "measure", title="Probar en un territorio", responsible="Ministerio responsable", on=due)
    yield _fact(270, "asker", "indicator", name="Municipios que aplican lo aprendido", baseline="0", target="5")
    for bench in ("employers", "workers"):
        yield _fact(275, "office", "consultation", party=v.asks, bench=bench, paper="roadmap")
    for bench in ("employers", "workers"):
        yield _fact(285, bench, "endorsement", party=v.asks, bench=bench, paper="roadmap", word="endorsed")
    yield _fact(290, "asker", "roadmap_approval", party=v.asks, authority="Viceministerio (ilustrativo)", on=approved)
    yield _move(300, "asker", "begin_accompaniment", Stage.ACTION)
    yield _fact(360, "giver", "check_in", on=approved, mode="virtual")
    yield _fact(420, "asker", "measure_done", item="measure-1", done_on=done)
    yield _move(430, "asker", "open_feedback", Stage.ACCOMPANIMENT)


def _feedback(v: Variation) -> Iterator[Told]:
    yield _fact(445, "asker", "evaluation", party=v.asks, text="Útil (ilustrativo)", satisfaction=4, horizontality=4)
    yield _fact(446, "giver", "evaluation", party=v.offers, text="Provechoso (ilustrativo)", satisfaction=4)
    yield _fact(450, "office", "practice", none_because="Demostración: no hay práctica que publicar")
    yield _move(470, "office", "close", Stage.FEEDBACK)
