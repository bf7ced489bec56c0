# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Items: the current state of what was said, one per activity, measure, sheet, word …

Each fact event carries its item's name; folding a stream's facts gives exactly the rows of the table `facts`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cycle.events import Told
from cycle.facts import BY_EVENT
from cycle.facts.rule import Fact, Place

_NOT_BODY = frozenset({"item", "counts", "party", "backdated", "came"})


@dataclass(frozen=True, slots=True)
class Item:
    """What is known of one thing that was said. `struck` items stay visible and count for nothing."""

    item: str
    kind: str
    party: str | None
    happens_on: str | None
    status: str
    body: Mapping[str, Any]
    struck: bool
    said_seq: int
    changed_seq: int


def item_name(rule: Fact, payload: Mapping[str, Any], number: int) -> str:
    """The name a fact's item bears: `activity-3`, `decision`, `lessons-PE`, `word-agreement-PE-workers`."""
    match rule.place:
        case Place.NEW:
            return f"{rule.item_kind}-{number}"
        case Place.PER_PARTY:
            return f"{rule.item_kind}-{payload['party']}"
        case Place.KEYED:
            return "-".join([rule.item_kind, *(str(payload[name]) for name in rule.key)])
        case _:
            return rule.item_kind


def apply(item: Item | None, event: Told) -> Item:
    """The item after a fact event; the first event of an item opens it."""
    rule = BY_EVENT[event.type]
    payload = event.payload
    if rule.kind == "correct":
        return _corrected(item, payload, event.seq)
    said = {name: value for name, value in payload.items() if name not in _NOT_BODY}
    merged = rule.adds or rule.place is Place.NAMED
    body = {**item.body, **said} if item is not None and merged else said
    return Item(
        item=payload["item"],
        kind=rule.item_kind,
        party=payload.get("party") or (item.party if item else None),
        happens_on=body.get("on"),
        status=rule.status or (item.status if item else "said"),
        body=body,
        struck=False,
        said_seq=item.said_seq if item else event.seq,
        changed_seq=event.seq,
    )


def _corrected(item: Item | None, payload: Mapping[str, Any], seq: int) -> Item:
    if item is None:
        raise ValueError(f"event {seq} corrects {payload['item']}, which nobody said")
    body = {**item.body, **payload["right"]}
    struck = payload.get("whole") == "struck"
    return replace(item, body=body, happens_on=body.get("on"), struck=struck, changed_seq=seq)


def fold_items(events: Iterable[Told]) -> dict[str, Item]:
    """Every item of a stream, by name."""
    items: dict[str, Item] = {}
    for event in events:
        if event.type in BY_EVENT:
            name = event.payload["item"]
            items[name] = apply(items.get(name), event)
    return items
