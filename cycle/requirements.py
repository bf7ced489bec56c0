# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The vocabulary of needs: small predicates, each with a reason.

A requirement returns None when it holds, else a Lack that says who is silent and since when. Each is pure and reads the
standing only. A programme names them and sets their parameters; it cannot bring code of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cycle.rules import Asked, Lack, Requirement, Test
from cycle.words import Door, PartyRole, Stage, Weight

VOCABULARY: dict[str, "Word"] = {}


@dataclass(frozen=True, slots=True)
class Word:
    """A requirement's name, predicate, explanation and the fact that would satisfy it (both may use the parameters).

    is_rule: it waits for nobody's word, so that no waiver, lapse or "not available" stands in for it.
    """

    name: str
    test: Test
    text: str
    cure: str
    is_rule: bool = False

    def __call__(self, *params: Any) -> Requirement:
        names = {str(place): param for place, param in enumerate(params)}
        text = self.text.format(*(_listed(param) for param in params))
        return Requirement(self.name, params, self.test, text, self.cure.format(*names.values()), self.is_rule)


def _listed(param: Any) -> str:
    return " or ".join(param) if isinstance(param, tuple) else _SPOKEN.get(str(param), str(param))


_SPOKEN = {
    "activities_dated": "dated activities",
    "activities_held": "activities held",
    "activities_open": "activities neither held, re-dated nor waived",
    "attendance_owed": "activities held without attendance by sex and bench, or why it was not recorded",
    "measures_incomplete": "measures without somebody responsible and a date",
    "measures_open": "measures neither done, under way nor dropped",
    "indicators_complete": "indicators with a target and a baseline, or the measure that produces it",
    "indicators_incomplete": "indicators without a target, or without a baseline or the measure that produces it",
    "each": "each party that offers or asks",
    "all": "every party",
    "asks": "each party that asks",
    "offers": "each party that offers",
}
"""Parameters as people call them; others stand for themselves."""


def word(text: str, *, cure: str, is_rule: bool = False) -> Callable[[Test], Word]:
    """Enter a predicate into the vocabulary under its own name."""

    def enter(test: Test) -> Word:
        VOCABULARY[test.__name__] = entered = Word(test.__name__, test, text, cure, is_rule)
        return entered

    return enter


def _silent(asked: Asked, parties: tuple[str, ...], **facts: Any) -> Lack:
    return Lack(parties, since=asked.standing.entered_on, facts=facts)


def _side(asked: Asked, side: str) -> tuple[str, ...]:
    return asked.standing.members(PartyRole.OFFERS if side == Door.OFFER else PartyRole.ASKS)


@word("the exchange was opened through the door: {0}", cure="move", is_rule=True)
def comes_through(asked: Asked, door: str) -> Lack | None:
    return None if asked.standing.door == door else Lack(facts={"door": asked.standing.door})


@word("the {0} sheet names its {1}", cure="sheet")
def field_present(asked: Asked, side: str, name: str) -> Lack | None:
    return None if f"sheet.{side}.{name}" in asked.standing.said else _silent(asked, _side(asked, side), side=side)


@word("the {0} sheet names {1}", cure="sheet")
def any_field_present(asked: Asked, side: str, names: tuple[str, ...]) -> Lack | None:
    if any(f"sheet.{side}.{name}" in asked.standing.said for name in names):
        return None
    return _silent(asked, _side(asked, side), side=side)


@word("the secretariat has validated the {0} sheet", cure="validation")
def sheet_validated(asked: Asked, side: str) -> Lack | None:
    return None if f"validation.{side}" in asked.standing.said else Lack(facts={"side": side})


@word(
    "one counterpart other than the first party has answered, or is named where several did",
    cure="answer",
    is_rule=True,
)
def counterpart_present(asked: Asked) -> Lack | None:
    standing = asked.standing
    chosen = asked.said.get("counterpart")
    if chosen:
        return None if chosen in standing.others() else Lack()
    possible = standing.counterparts()
    return None if len(possible) == 1 else Lack(facts={"counterparts": list(possible)} if possible else {})


@word("the exchange has passed its second door: both an offer and a demand stand", cure="answer", is_rule=True)
def both_doors_passed(asked: Asked) -> Lack | None:
    return None if asked.standing.place() >= 2 else Lack()


def _voices(asked: Asked, role: str) -> tuple[str, ...]:
    standing = asked.standing
    if role == "each":
        return tuple(sorted({*standing.members(PartyRole.OFFERS), *standing.members(PartyRole.ASKS)}))
    return standing.members() if role == "all" else standing.members(role)


@word("{0} has said: {1}", cure="{1}")
def each_has_said(asked: Asked, role: str, kind: str) -> Lack | None:
    voices, standing = _voices(asked, role), asked.standing
    silent = tuple(p for p in voices if f"{kind}/{p}" not in standing.said and not standing.count(f"{kind}/{p}"))
    if voices and not silent:
        return None
    return _silent(asked, silent, **({} if voices else {"role": role}))


@word("it has been said: {0}", cure="{0}")
def said(asked: Asked, kind: str) -> Lack | None:
    return None if kind in asked.standing.said else Lack(since=asked.standing.entered_on)


@word("the decision is {0}", cure="decision")
def decided(asked: Asked, decisions: tuple[str, ...]) -> Lack | None:
    taken = asked.standing.said.get("decision")
    return None if taken in decisions else Lack(facts={"decision": taken} if taken else {})


@word("at least {1} of: {0}", cure="{2}")
def count_at_least(asked: Asked, counter: str, least: int, cure: str) -> Lack | None:
    counted = asked.standing.count(counter)
    return None if counted >= least else Lack(since=asked.standing.entered_on, facts={"counted": counted})


@word("none left of: {0}", cure="{1}")
def none_left(asked: Asked, counter: str, cure: str) -> Lack | None:
    counted = asked.standing.count(counter)
    return Lack(since=asked.standing.entered_on, facts={"counted": counted}) if counted else None


@word(
    "the instrument fits the weight: a minute (light), an instrument cited, or an agreement in force between the parties",
    cure="instrument",
)
def instrument_fits_the_weight(asked: Asked) -> Lack | None:
    standing = asked.standing
    cited = standing.said.get("instrument")
    fits = not standing.unbound or cited is True or (cited is not None and asked.on <= cited)
    light = standing.weight == Weight.LIGHT and "minute" in standing.said
    return None if fits or light else Lack(facts={"weight": standing.weight, "unbound": list(standing.unbound)})


@word("a light exchange has at most the programme's activity days and moves no money", cure="weight", is_rule=True)
def light_weight_is_true(asked: Asked) -> Lack | None:
    standing = asked.standing
    days, money = standing.count("activity_days"), standing.count("money")
    if standing.weight != Weight.LIGHT or (days <= asked.limits["light_activity_days"] and not money):
        return None
    return Lack(facts={"activity_days": days, "contributions_in_money": money})


def _consulted(asked: Asked, paper: str) -> tuple[tuple[str, str], ...]:
    askers = asked.standing.members(PartyRole.ASKS, kind="country")
    return tuple((party, bench) for party in askers for bench in asked.benches)


@word("the requester's benches are consulted on the {0} (notice sent, term running)", cure="consultation")
def requester_benches_consulted(asked: Asked, paper: str) -> Lack | None:
    left = [(p, b) for p, b in _consulted(asked, paper) if f"{paper}/{p}/{b}" not in asked.standing.words]
    return _unheard(paper, left) if left else None


@word("the provider's benches are informed of the {0}", cure="consultation")
def provider_benches_informed(asked: Asked, paper: str) -> Lack | None:
    givers = asked.standing.members(PartyRole.OFFERS, kind="country")
    left = [(p, b) for p in givers for b in asked.benches if f"{paper}/{p}/{b}" not in asked.standing.words]
    return _unheard(paper, left) if left else None


@word("the requester's benches have given their word on the present text of the {0}", cure="endorsement")
def requester_benches_have_spoken(asked: Asked, paper: str) -> Lack | None:
    version = asked.standing.text_version(paper)
    words = {key: word for key, word in asked.standing.words.items() if word["version"] == version}
    left = [
        (p, b)
        for p, b in _consulted(asked, paper)
        if words.get(f"{paper}/{p}/{b}", {"word": "asked"})["word"] == "asked"
    ]
    if not left:
        return None
    asked_on = [words[key]["since"] if (key := f"{paper}/{p}/{b}") in words else None for p, b in left]
    return _unheard(paper, left, since=None if None in asked_on else max(day for day in asked_on if day))


def _unheard(paper: str, left: list[tuple[str, str]], since: str | None = None) -> Lack:
    parties, benches = zip(*left, strict=True)
    words = tuple(f"{paper}/{party}/{bench}" for party, bench in left)
    return Lack(tuple(dict.fromkeys(parties)), tuple(dict.fromkeys(benches)), since, words=words)


@word("check-ins were held, or the period of accompaniment is over", cure="check_in")
def check_ins_or_period_over(asked: Asked, least: int) -> Lack | None:
    until = asked.standing.said.get("period")
    over = isinstance(until, str) and asked.on > until
    counted = asked.standing.count("check_ins")
    return None if over or counted >= least else Lack(since=asked.standing.entered_on, facts={"counted": counted})


@word("open measures are handed to the follow-up register", cure="hand_over")
def open_measures_handed_over(asked: Asked) -> Lack | None:
    left = asked.standing.count("measures_open") + asked.standing.count("measures_under_way")
    return None if not left or "hand_over" in asked.standing.said else Lack(facts={"counted": left})


@word("the move carries its {0}", cure="move", is_rule=True)
def move_says(asked: Asked, field: str) -> Lack | None:
    return None if str(asked.said.get(field) or "").strip() else Lack(facts={"field": field})


@word("the weight is light, and truly so, or the decision is not to adopt", cure="decision", is_rule=True)
def roadmap_is_not_called_for(asked: Asked) -> Lack | None:
    standing = asked.standing
    light = standing.weight == Weight.LIGHT and light_weight_is_true.test(asked) is None
    return None if light or standing.said.get("decision") == "not_adopted" else Lack()


@word("the secretariat has confirmed {0} in this lap", cure="confirmation", is_rule=True)
def secretariat_confirmed(asked: Asked, move: str) -> Lack | None:
    confirmed = asked.standing.said.get(f"confirmation.{move}")
    return None if confirmed == asked.standing.lap else Lack(facts={"move": move})


@word("the secretariat has confirmed a return below execution", cure="confirmation", is_rule=True)
def confirmed_below_execution(asked: Asked, move: str) -> Lack | None:
    before = asked.standing.place() < asked.standing.place(Stage.EXECUTION)
    return None if before else secretariat_confirmed.test(asked, move)


@word("the stage returned to lies earlier on this exchange's path", cure="move", is_rule=True)
def lies_earlier(asked: Asked, stage: str) -> Lack | None:
    return None if asked.standing.place(stage) < asked.standing.place() else Lack()


@word(
    "the party to be replaced belongs to the exchange, and its successor has accepted", cure="succession", is_rule=True
)
def successor_accepted(asked: Asked) -> Lack | None:
    old, new = asked.said.get("old"), asked.said.get("new")
    named = old in asked.standing.members() and isinstance(new, str)
    return None if named and asked.standing.said.get(f"succession.{old}") == new else Lack()


@word("the requester agrees to the succession", cure="succession_agreed")
def requester_agrees_to_successor(asked: Asked) -> Lack | None:
    old = asked.said.get("old")
    askers = asked.standing.members(PartyRole.ASKS)
    if old in askers or f"succession_agreed.{old}" in asked.standing.said:
        return None
    return _silent(asked, askers)


@word("the exchange was not renewed before", cure="move", is_rule=True)
def not_renewed_before(asked: Asked) -> Lack | None:
    renewed = asked.standing.said.get("renewed_as")
    return Lack(facts={"renewed_as": renewed}) if renewed else None
