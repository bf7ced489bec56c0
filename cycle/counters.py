# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What an item weighs in the counters that requirements read.

A fact's event carries the difference it made (`counts`), so that the standing is folded without looking at any item.
"""

from collections.abc import Callable, Mapping
from typing import Any

from cycle.items import Item

Counts = dict[str, int]


def _activity(item: Item) -> Counts:
    body, status = item.body, item.status
    if status == "waived":
        return {"activities": 1}
    by_sex = any(body.get(name) is not None for name in ("women", "men", "other"))
    attended = bool(body.get("not_recorded")) or (by_sex and bool(body.get("benches")))
    return {
        "activities": 1,
        "activities_open": int(status == "planned"),
        "activities_held": int(status == "held"),
        "activities_dated": int("on" in body),
        "activity_days": int(body.get("days", 1)),
        "attendance_owed": int(status == "held" and not attended),
        "participants": sum(int(body.get(name) or 0) for name in ("women", "men", "other")),
    }


def _contribution(item: Item) -> Counts:
    return {"contributions": 1, "money": int("amount" in item.body), f"contribution/{item.party}": 1}


def _measure(item: Item) -> Counts:
    complete = bool(item.body.get("responsible")) and bool(item.body.get("on"))
    return {
        "measures": 1,
        "measures_incomplete": int(not complete and item.status in ("open", "under_way")),
        "measures_open": int(item.status == "open"),
        "measures_under_way": int(item.status == "under_way"),
        "measures_done": int(item.status == "done"),
    }


def _indicator(item: Item) -> Counts:
    body: Mapping[str, Any] = item.body
    complete = bool(body.get("target")) and bool(body.get("baseline") or body.get("baseline_measure"))
    return {"indicators": 1, "indicators_complete": int(complete), "indicators_incomplete": int(not complete)}


_WEIGHTS: dict[str, Callable[[Item], Counts]] = {
    "activity": _activity,
    "contribution": _contribution,
    "measure": _measure,
    "indicator": _indicator,
    "check_in": lambda _: {"check_ins": 1},
    "product": lambda _: {"products": 1},
    "evidence": lambda item: {"evidence": int(item.status not in ("withdrawn", "erased"))},
}


def weigh(item: Item | None) -> Counts:
    """What an item adds to the counters; a struck one adds nothing."""
    if item is None or item.struck or item.kind not in _WEIGHTS:
        return {}
    return _WEIGHTS[item.kind](item)


def difference(before: Item | None, after: Item) -> Counts:
    """What changed in the counters when an item changed; only what is not zero."""
    old, new = weigh(before), weigh(after)
    changes = {name: new.get(name, 0) - old.get(name, 0) for name in sorted({*old, *new})}
    return {name: change for name, change in changes.items() if change}
