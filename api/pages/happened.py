# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What happened to an exchange, event by event, in the words of a reader; what only machines need is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from api.pages.event_words import event_in_words
from api.pages.move_words import move_in_words
from api.pages.saying import Speech
from api.pages.words import day_in_words
from cycle import events as e
from cycle.facts import BY_EVENT, FACTS
from cycle.moment import day_in
from observatory.history import NOT_TOLD, Happened

_OF_A_MOVE = ("counterpart", "old", "new", "reason", "review_on", "due_on", "lapsed", "excused")
_ONLY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((e.STAGE_MOVED, e.LIFECYCLE_CHANGED, e.PARTY_REPLACED), _OF_A_MOVE),
    e.EXCHANGE_DRAFTED: ("door", "weight", "origin", "parties"),
    e.EXCHANGE_IMPORTED: ("parties", "reference"),
    e.STAGE_RECORDED: ("to", "lifecycle"),
    e.CORRECTED: ("reason", "right"),
    e.PAPER_ORDERED: ("kind", "languages"),
    e.PAPER_DRAWN_UP: ("pages",),
    e.BREACH_EXCUSED: ("move",),
    e.ENTRY_CONFIRMED: ("party",),
    e.ENTRY_CONTESTED: ("party", "reason"),
    **dict.fromkeys(
        (e.AGREEMENT_TOOK_EFFECT, e.AGREEMENT_LOST_EFFECT, e.AGREEMENT_SUPERSEDED), ("reference", "parties")
    ),
}
"""Of these events, the fields that people read; of a fact, all but those of `_TECHNICAL`."""
_TECHNICAL = (
    NOT_TOLD
    | {"bytes", "came", "delegation", "seat", "sha256", "since", "version"}
    | {f"redacted_{name}" for name in ("bytes", "media_type", "sha256")}
)
_NEEDS = frozenset({"NeedWaived", "NeedNotAvailable"})


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event. `day`: for machines; `about`: from which stage to which, or what it concerns; `said`: names and values."""

    day: str
    on: str
    what: str
    about: str
    who: str
    said: tuple[tuple[str, str], ...]
    struck: str | None


def event_line(
    one: Happened, names: Mapping[str, str], words: Mapping[str, str], speech: Speech, zone: str
) -> EventLine:
    """One event as its reader sees it, on the day it was where the exchange is at home.

    names: of the items and papers that events tell of, by id
    """
    day = day_in(one.occurred_at, zone)
    behalf = words["behalf"].format(party=speech.label(one.on_behalf_of)) if one.on_behalf_of else ""
    return EventLine(
        day=day,
        on=day_in_words(day, speech.lang),
        what=_what(one, speech.lang),
        about=_about(one, names, speech),
        who=", ".join(part for part in (one.who, behalf) if part),
        said=tuple((speech.named(name), speech.said(name, value)) for name, value in _said(one, day)),
        struck=words["struck"] if one.struck else None,
    )


def _what(one: Happened, lang: str) -> str:
    """A move by its name, anything else by that of the event."""
    is_move = one.type in (e.STAGE_MOVED, e.LIFECYCLE_CHANGED)
    return move_in_words(one.payload["move"], lang) if is_move else event_in_words(one.type, lang)


def _about(one: Happened, names: Mapping[str, str], speech: Speech) -> str:
    said = one.payload
    if one.type == e.STAGE_MOVED:
        return f"{speech.label(said['from'])} → {speech.label(said['to'])}"
    named = "" if {"title", "name"} & set(said) else names.get(said.get("item") or said.get("paper") or "", "")
    corrected = event_in_words(FACTS[said["corrects"]].event, speech.lang) if one.type == e.CORRECTED else ""
    return " · ".join(part for part in (corrected, named) if part)


def _in_order(one: Happened) -> tuple[str, ...]:
    """The fields as the fact declares them, then the others."""
    declared = [field.name for field in BY_EVENT[one.type].fields] if one.type in BY_EVENT else []
    return tuple(dict.fromkeys([*declared, *sorted(one.payload)]))


def _said(one: Happened, day: str) -> Iterator[tuple[str, Any]]:
    only = _ONLY.get(one.type)
    for name in only or _in_order(one):
        value = one.payload.get(name)
        if value in (None, "", [], {}) or (only is None and name in _TECHNICAL) or (name, value) == ("on", day):
            continue
        yield ("need", value) if name == "code" and one.type in _NEEDS else (name, value)
