# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evolve: a standing and one event give the next standing. The fold of a stream is exactly the stored row.

It never decides and never looks outside the event: replay is the same on every machine and in every year.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from cycle import events as e
from cycle.corrections import put_right
from cycle.events import Told
from cycle.facts import BY_EVENT
from cycle.standing import Standing, remembering, roles_of
from cycle.words import Stage

Payload = Mapping[str, Any]


def begin(exchange: str, event: Told) -> Standing:
    """The standing after a stream's first event."""
    payload = event.payload
    imported = event.type == e.EXCHANGE_IMPORTED
    placed = not imported or not payload["dated"]
    return Standing(
        exchange=exchange,
        programme=payload["programme"],
        programme_version=payload["programme_version"],
        title=payload["title"],
        origin=payload["origin"],
        weight=payload["weight"],
        door=payload["door"],
        stage=payload.get("stage", Stage.DRAFT.value),
        lifecycle=payload.get("lifecycle", "active"),
        first_party=payload["first_party"],
        reference=payload.get("reference"),
        entered_on=payload["on"] if placed else None,
        moved_at=event.occurred_at if imported and placed else None,
        source=payload.get("source"),
        before_minga=payload.get("before_minga"),
        seq=event.seq,
        recorded_at=event.recorded_at,
        changed_seq=event.seq,
        parties={p["party"]: _member(p, payload["on"], event.seq) for p in payload["parties"]},
        said={f"flag.{flag}": True for flag in payload.get("flags", ())},
    )


def _member(party: Payload, on: str, seq: int) -> dict[str, Any]:
    return {
        "kind": party["kind"],
        "roles": sorted(roles_of(party["role"])),
        "status": "member",
        "institution": party.get("institution"),
        "joined_on": on,
        "left_on": None,
        "seq": seq,
    }


def evolve(standing: Standing, event: Told) -> Standing:
    """The standing after one more event of its stream."""
    changed = standing.changed_seq if event.type in e.BESIDE else event.seq
    last: dict[str, Any] = {"seq": event.seq, "changed_seq": changed, "recorded_at": event.recorded_at}
    if event.type in _MOVES:  # the hottest of all: the standing is copied once, not twice
        return _MOVES[event.type](standing, event, last)
    told = replace(standing, **last)
    if event.type in BY_EVENT:
        return _state(told, event)
    return _EFFECTS[event.type](told, event) if event.type in _EFFECTS else told


def fold(exchange: str, events: Iterable[Told]) -> Standing:
    """The standing after all the events of a stream, in order of seq. Raises StopIteration for none."""
    telling = iter(events)
    standing = begin(exchange, next(telling))
    for event in telling:
        standing = evolve(standing, event)
    return standing


def _state(standing: Standing, event: Told) -> Standing:
    rule, payload = BY_EVENT[event.type], event.payload
    changes: dict[str, Any] = {}
    if remembered := rule.remembers(payload):
        changes["said"] = remembering(standing.said, remembered)
    if counts := payload.get("counts"):
        changes["counts"] = _added(standing.counts, counts)
    if number := payload.get("number"):
        changes["counts"] = {**changes.get("counts", standing.counts), f"said.{rule.item_kind}": number}
    after = replace(standing, **changes) if changes else standing
    return _SPECIAL[rule.kind](after, payload) if rule.kind in _SPECIAL else after


def _added(counts: Mapping[str, int], changes: Mapping[str, int]) -> dict[str, int]:
    return {**counts, **{name: counts.get(name, 0) + change for name, change in changes.items()}}


def _known(standing: Standing, code: str) -> Mapping[str, Any]:
    """A party, or what its code says of it: on a past day an event told late may be there before the one it follows."""
    nobody: dict[str, Any] = {"roles": [], "institution": None, "joined_on": None, "left_on": None, "seq": standing.seq}
    return standing.parties.get(code, {"kind": "country" if len(code) == 2 else "partner", **nobody})


def _with_party(standing: Standing, code: str, on: str, status: str, **changes: Any) -> Standing:
    old = _known(standing, code)
    party = {**old, **changes, **_dates(old, on, status), "status": status, "seq": standing.seq}
    return replace(standing, parties={**standing.parties, code: party})


def _dates(old: Mapping[str, Any], on: str, status: str) -> dict[str, Any]:
    """When a party joined and left; somebody who only answers keeps the days of an earlier membership."""
    if status == "member":
        joined = old["joined_on"] if old.get("status") == "member" else on
        return {"joined_on": joined, "left_on": None}
    return {"joined_on": old["joined_on"], "left_on": on if status == "left" else old["left_on"]}


def _place(standing: Standing, event: Told, last: Mapping[str, Any]) -> Standing:
    payload = event.payload
    lifecycle = payload.get("lifecycle", standing.lifecycle)
    resting = None if lifecycle == "active" else standing.said.get("resting_since", payload["on"])
    return replace(
        standing,
        stage=payload.get("to", standing.stage),
        lifecycle=lifecycle,
        reference=payload.get("reference", standing.reference),
        lap=payload.get("lap", standing.lap),
        entered_on=payload["on"] if "to" in payload else standing.entered_on,
        moved_at=event.occurred_at,
        due_on=payload.get("due_on", standing.due_on if "to" not in payload else None),
        review_on=payload.get("review_on"),
        said=remembering(standing.said, {"resting_since": resting}),
        owed=tuple(payload.get("owed", standing.owed)),
        **last,
    )


def _move(standing: Standing, event: Told, last: Mapping[str, Any]) -> Standing:
    moved = _place(standing, event, last)
    chosen = event.payload.get("counterpart")
    if chosen:
        role = "asks" if standing.door == "offer" else "offers"
        known = _known(moved, chosen)
        if role not in known["roles"]:
            moved = replace(moved, said=_without(moved.said, "acceptance/"))
        moved = _with_party(moved, chosen, event.payload["on"], "member", roles=sorted({*known["roles"], role}))
    for thanked in event.payload.get("declined_with_thanks", ()):
        moved = _with_party(moved, thanked, event.payload["on"], "declined")
    return _pass_over(moved, event)


def _pass_over(standing: Standing, event: Told) -> Standing:
    """Benches whose word the move did not wait for; each has a right of reply from here on."""
    passed = {f"passed/{key}": event.seq for key in event.payload.get("unheard", ())}
    return replace(standing, said=remembering(standing.said, passed)) if passed else standing


def _without(said: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if not key.startswith(prefix)}


def _record_stage(standing: Standing, event: Told) -> Standing:
    payload = event.payload
    return replace(
        standing,
        stage=payload["to"],
        lifecycle=payload["lifecycle"],
        entered_on=payload["on"],
        moved_at=event.occurred_at,
    )


def _replace_party(standing: Standing, event: Told) -> Standing:
    payload = event.payload
    old = _known(standing, payload["old"])
    after = _with_party(standing, payload["old"], payload["on"], "left")
    known = standing.parties.get(payload["new"], {"kind": payload["kind"], "institution": None, "roles": []})
    institution = payload.get("institution", known["institution"])
    roles = sorted({*old["roles"], *(known["roles"] if known.get("status") == "member" else ())})
    after = _with_party(
        after, payload["new"], payload["on"], "member", kind=known["kind"], roles=roles, institution=institution
    )
    texts = {**after.texts, **payload["texts"]}
    used = (f"succession.{payload['old']}", f"succession_agreed.{payload['old']}")
    said = {
        key: value
        for key, value in after.said.items()
        if key.partition("/")[0] not in payload["forgets"] and key not in used
    }
    accepted = {f"{kind}/{payload['new']}": True for kind in payload["carries"]}
    first = payload["new"] if standing.first_party == payload["old"] else standing.first_party
    return replace(after, texts=texts, said={**said, **accepted}, first_party=first, moved_at=event.occurred_at)


def _renew(standing: Standing, event: Told) -> Standing:
    said = {**standing.said, "renewed_as": event.payload.get("renewed_as", True)}
    return replace(standing, said=said, moved_at=event.occurred_at)


def _excuse_breach(standing: Standing, event: Told) -> Standing:
    return replace(standing, said={**standing.said, "excused_breach": event.payload["missed"]})


def _agreement(effect: str) -> Callable[[Standing, Told], Standing]:
    def hear(standing: Standing, event: Told) -> Standing:
        payload = event.payload
        heard = {"effect": payload.get("effect", effect), "reference": payload["reference"]}
        heard["parties"] = payload.get("parties", [])
        return replace(standing, agreements={**standing.agreements, payload["agreement"]: heard})

    return hear


def _answer(standing: Standing, payload: Payload) -> Standing:
    known = _known(standing, payload["party"])
    belongs = known.get("status") == "member"
    roles = known["roles"] if belongs else []
    institution = payload.get("institution", known["institution"])
    changes = {"kind": payload["kind"], "roles": roles, "institution": institution}
    return _with_party(standing, payload["party"], payload["on"], "member" if belongs else "candidate", **changes)


def _join(standing: Standing, payload: Payload) -> Standing:
    known = _known(standing, payload["party"])
    before = known["roles"] if known.get("status") == "member" else ()
    roles = sorted({*before, *roles_of(payload["role"])})
    institution = payload.get("institution", known["institution"])
    changes = {"kind": payload["kind"], "roles": roles, "institution": institution}
    return _with_party(standing, payload["party"], payload["on"], "member", **changes)


def _leave(standing: Standing, payload: Payload) -> Standing:
    return _with_party(standing, payload["party"], payload["on"], "left")


def _change_role(standing: Standing, payload: Payload) -> Standing:
    return _with_party(standing, payload["party"], payload["on"], "member", roles=sorted(roles_of(payload["role"])))


def _word(standing: Standing, payload: Payload) -> Standing:
    """A bench is asked or speaks. The term on a text runs from the day it was first asked about that very one."""
    key = f"{payload['paper']}/{payload['party']}/{payload['bench']}"
    before = standing.words.get(key)
    asked = before["since"] if before and before["version"] == payload["version"] else payload["since"]
    word = {"word": payload.get("word", "asked"), "version": payload["version"], "since": asked}
    return replace(standing, words={**standing.words, key: word})


def _revise_text(standing: Standing, payload: Payload) -> Standing:
    texts = {**standing.texts, payload["paper"]: payload["version"]}
    said = _without(standing.said, "roadmap_approval/") if payload["paper"] == "roadmap" else standing.said
    return replace(standing, texts=texts, said=said)


def _meet(how: str) -> Callable[[Standing, Payload], Standing]:
    def meet(standing: Standing, payload: Payload) -> Standing:
        return replace(standing, met={**standing.met, payload["code"]: how})

    return meet


def _confirm(standing: Standing, payload: Payload) -> Standing:
    return replace(standing, said={**standing.said, f"confirmation.{payload['move']}": standing.lap})


def _order_paper(standing: Standing, event: Told) -> Standing:
    payload = event.payload
    key = f"paper.{payload['kind']}.{'-'.join(payload['languages'])}"
    return replace(standing, counts={**standing.counts, key: payload["version"]})


_MOVES: dict[str, Callable[[Standing, Told, Mapping[str, Any]], Standing]] = {
    e.STAGE_MOVED: _move,
    e.LIFECYCLE_CHANGED: _place,
}

_EFFECTS: dict[str, Callable[[Standing, Told], Standing]] = {
    e.STAGE_RECORDED: _record_stage,
    e.PARTY_REPLACED: _replace_party,
    e.EXCHANGE_RENEWED: _renew,
    e.BREACH_EXCUSED: _excuse_breach,
    e.PAPER_ORDERED: _order_paper,
    e.AGREEMENT_TOOK_EFFECT: _agreement("in_force"),
    e.AGREEMENT_LOST_EFFECT: _agreement("ended"),
    e.AGREEMENT_SUPERSEDED: _agreement("superseded"),
}

_SPECIAL: dict[str, Callable[[Standing, Payload], Standing]] = {
    "answer": _answer,
    "join_party": _join,
    "leave_party": _leave,
    "change_role": _change_role,
    "consultation": _word,
    "endorsement": _word,
    "text_revised": _revise_text,
    "waiver": _meet("waived"),
    "not_available": _meet("not available"),
    "weight": lambda standing, payload: replace(standing, weight=payload["weight"]),
    "confirmation": _confirm,
    "correct": put_right,
}
