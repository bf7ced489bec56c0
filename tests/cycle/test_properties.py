# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Properties of the cycle, whatever is said and tried in whatever order."""

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from cycle.counters import weigh
from cycle.evolve import fold
from cycle.explain import explain
from cycle.flow import deltas
from cycle.items import fold_items
from cycle.refusals import Refusal
from cycle.words import Stage
from tests.cycle.play import DEMAND, OFFER, Play, acting, carrying, executing, matched, programme

EXCUSED = ("counterpart", "both_doors", "earlier_stage", "contributions", "successor_accepted", "measures_complete")
SAYINGS = [
    ("sheet", {"side": "offer", "availability": "May", "evidence": "report", **OFFER}),
    ("sheet", {"side": "demand", "population": "p", "baseline": "b", **DEMAND}),
    *[
        ("consultation", {"party": "PE", "bench": b, "paper": p})
        for b in ("employers", "workers")
        for p in ("agreement", "roadmap")
    ],
    *[
        ("endorsement", {"party": "PE", "bench": b, "paper": p, "word": "endorsed"})
        for b in ("employers", "workers")
        for p in ("agreement", "roadmap")
    ],
    *[(kind, {"party": p}) for kind in ("acceptance",) for p in ("BR", "PE")],
    *[("contribution", {"party": p, "none": True}) for p in ("BR", "PE")],
    *[(kind, {"party": p, "text": "t"}) for kind in ("lessons", "evaluation") for p in ("BR", "PE")],
    ("instrument", {"title": "Memorandum", "signed_on": "2020-01-01"}),
    ("activity_planned", {"title": "a", "on": "2026-04-01", "mode": "virtual"}),
    ("activity_held", {"item": "activity-1", "on": "2026-03-02", "women": 2, "benches": {"workers": 2}}),
    ("activity_waived", {"item": "activity-2", "reason": "r"}),
    ("reflection_record", {"on": "2026-03-02", "text": "t"}),
    ("decision", {"decision": "adopt", "text": "t"}),
    ("measure", {"title": "m", "responsible": "x", "on": "2026-09-01"}),
    ("measure_done", {"item": "measure-1", "done_on": "2026-03-02"}),
    ("measure_under_way", {"item": "measure-1", "on": "2026-12-01"}),
    ("indicator", {"name": "i", "baseline": "0", "target": "1"}),
    ("roadmap_approval", {"party": "PE", "authority": "Ministra", "on": "2026-03-02"}),
    ("text_revised", {"paper": "roadmap", "summary": "s"}),
    ("check_in", {"on": "2026-03-02", "mode": "virtual"}),
    ("practice", {"none_because": "early"}),
    ("hand_over", {"owner": "Ministerio", "review_on": "2026-12-01"}),
    ("join_party", {"party": "CL", "role": "facilitates"}),
    ("leave_party", {"party": "CL", "reason": "r"}),
    ("confirmation", {"move": "return_to_demand"}),
    *[("answer", {"party": p}) for p in ("PE", "CL", "BR")],
    *[("leave_party", {"party": p, "reason": "r"}) for p in ("BR", "PE")],
    ("change_role", {"party": "CL", "role": "asks", "reason": "r"}),
    ("succession", {"party": "CL", "replaces": "BR"}),
    ("succession_agreed", {"replaces": "BR"}),
    *[(kind, {"code": code, "reason": "r"}) for kind in ("waiver", "not_available") for code in EXCUSED],
    *[("correct", {"event": n, "reason": "r", "whole": "struck"}) for n in range(2, 12)],
    *[("correct", {"event": n, "reason": "r", "text": "right"}) for n in range(2, 12)],
]
MOVES = [(name, carrying(name)) for name in sorted(programme().moves)]

Script = tuple[Callable[[], Play], list[tuple[str, dict[str, object]]]]
steps = st.tuples(
    st.sampled_from([Play.drafted, matched, executing, acting]),
    st.lists(st.one_of(st.sampled_from(SAYINGS), st.sampled_from(MOVES)), min_size=20, max_size=90),
)


def played(script: Script) -> Play:
    start, said_and_tried = script
    play = start()
    for name, fields in said_and_tried:
        said = dict(fields)
        if name in programme().moves:
            play.try_move(name, **said)
        else:
            play.try_say(name, said.pop("item", None), **said)  # type: ignore[arg-type]
    return play


@settings(max_examples=120, deadline=None)
@given(steps)
def test_history_explains_the_standing(script: Script) -> None:
    play = played(script)

    assert fold("x", play.events) == play.standing
    assert fold_items(play.events) == play.items


@settings(max_examples=120, deadline=None)
@given(steps)
def test_no_order_of_moves_skips_a_stage(script: Script) -> None:
    play = played(script)
    visited = [Stage.DRAFT.value]
    for event in play.events:
        if event.type != "StageMoved":
            continue
        assert event.payload["from"] == visited[-1]
        if "lap" not in event.payload and event.payload["move"] != "conclude_without_roadmap":
            place = play.standing.place
            assert place(event.payload["to"]) == place(event.payload["from"]) + 1
        visited.append(event.payload["to"])
    assert visited[-1] == play.standing.stage


@settings(max_examples=80, deadline=None)
@given(steps)
def test_counters_are_the_sum_of_what_the_items_weigh(script: Script) -> None:
    play = played(script)
    total: dict[str, int] = {}
    for item in play.items.values():
        for name, weight in weigh(item).items():
            total[name] = total.get(name, 0) + weight

    kept = {name: n for name, n in play.standing.counts.items() if not name.startswith("said.") and n}
    assert kept == {name: n for name, n in total.items() if n}


@settings(max_examples=80, deadline=None)
@given(steps)
def test_an_explanation_and_a_decision_never_differ(script: Script) -> None:
    play = played(script)
    before = play.standing
    for told in explain(programme(), before, play.day):
        tried = Play(before, list(play.events), dict(play.items)).try_move(told.move)
        assert isinstance(tried, Refusal) == bool(told.judgement.missing)
        if isinstance(tried, Refusal):
            assert tried.reasons == told.judgement.missing


@settings(max_examples=80, deadline=None)
@given(steps)
def test_every_exchange_is_counted_exactly_once(script: Script) -> None:
    play = played(script)
    sums: dict[tuple[str, str, str], int] = {}
    before = None
    for n in range(1, len(play.events) + 1):
        after = fold("x", play.events[:n])
        for one in deltas(before, after, "2026-03-02"):
            place = (one.stage, one.lifecycle, one.country)
            sums[place] = sums.get(place, 0) + one.delta
        before = after

    standing = play.standing
    countries = ("*", *standing.members(kind="country"))
    assert {place for place, n in sums.items() if n} == {(standing.stage, standing.lifecycle, c) for c in countries}
    assert set(sums.values()) <= {0, 1}
