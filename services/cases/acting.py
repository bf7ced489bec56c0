# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Acting a step: which service a verb of the case format stands for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from services import agreements, exchanges
from services.asking import Answer, Asking
from services.cases.format import CaseFile, Step
from services.desk import Desk
from storage import exchanges as stored


@dataclass
class Scene:
    """Where a case is played: its desk, and the ids behind what the case calls by names of its own."""

    desk: Desk
    case: CaseFile
    origin: str
    exchange: str = ""
    agreements: dict[str, str] = field(default_factory=dict)
    facts: dict[str, int] = field(default_factory=dict)


def act(scene: Scene, asking: Asking, step: Step) -> Answer:
    """Asks the one service that the step's verb stands for. Raises what the service raises."""
    return _VERBS[step.verb](scene, asking, step)


def _draft(scene: Scene, asking: Asking, step: Step) -> Answer:
    case, parties = scene.case, step.draft.parties if step.draft else ()
    told = exchanges.draft_exchange(
        scene.desk,
        asking,
        programme=case.programme,
        title=case.title,
        door=case.door,
        weight=case.weight,
        parties=[party.model_dump(exclude_none=True) for party in parties],
        origin=scene.origin,
    )
    scene.exchange = told["exchange"]
    return told


def _move(scene: Scene, asking: Asking, step: Step) -> Answer:
    return exchanges.make_move(scene.desk, asking, scene.exchange, str(step.move), step.says)


def _fact(scene: Scene, asking: Asking, step: Step) -> Answer:
    corrected = {"event": scene.facts[step.corrects]} if step.corrects else {}
    fields = {**step.fields, **corrected}
    if step.key:
        scene.facts[step.key] = _events(scene) + 1
    return exchanges.state_fact(scene.desk, asking, scene.exchange, str(step.fact), fields, step.item)


def _events(scene: Scene) -> int:
    with scene.desk.store.read() as connection:
        loaded = stored.load(connection, scene.exchange)
    return loaded.standing.seq if loaded else 0


def _paper(scene: Scene, asking: Asking, step: Step) -> Answer:
    return exchanges.order_paper(scene.desk, asking, scene.exchange, str(step.paper))


def _agreement(scene: Scene, asking: Asking, step: Step) -> Answer:
    if step.agreement == "draft":
        told = _draft_agreement(scene, asking, step)
        scene.agreements[step.called] = told["agreement"]
        return told
    return _AGREEMENT[str(step.agreement)](scene.desk, asking, scene.agreements[step.called], dict(step.fields))


def _draft_agreement(scene: Scene, asking: Asking, step: Step) -> Answer:
    title, register = str(step.fields.get("title", "")), str(step.fields.get("register", ""))
    amends = step.fields.get("amends")
    amended = scene.agreements.get(amends, amends) if amends else None
    return agreements.draft_agreement(
        scene.desk, asking, exchange=scene.exchange, title=title, register=register, amends=amended
    )


def _step(desk: Desk, asking: Asking, agreement: str, fields: dict[str, Any]) -> Answer:
    return agreements.take_step(desk, asking, agreement, str(fields.pop("step", "")), fields)


def _text(desk: Desk, asking: Asking, agreement: str, fields: dict[str, Any]) -> Answer:
    summary, terms = str(fields.get("summary", "")), fields.get("terms", {})
    return agreements.propose_text(desk, asking, agreement, summary, terms)


def _provisional(desk: Desk, asking: Asking, agreement: str, fields: dict[str, Any]) -> Answer:
    return agreements.apply_provisionally(desk, asking, agreement, str(fields.get("reason", "")))


_AGREEMENT: dict[str, Callable[[Desk, Asking, str, dict[str, Any]], Answer]] = {
    "step": _step,
    "text": _text,
    "signatory": agreements.list_signatory,
    "receive": agreements.receive_counterpart,
    "confirm": agreements.confirm_counterpart,
    "provisional": _provisional,
}

_VERBS: dict[str, Callable[[Scene, Asking, Step], Answer]] = {
    "draft": _draft,
    "move": _move,
    "fact": _fact,
    "agreement": _agreement,
    "paper": _paper,
}
