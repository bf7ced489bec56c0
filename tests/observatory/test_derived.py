# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import random
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from observatory.audit import verify
from observatory.derived import derive, flow_rows
from people.actors import Actor, Role
from services import agreements, exchanges
from services.asking import Asking
from services.desk import Desk
from services.errors import ServiceError
from storage import agreements as stored_agreements
from storage import exchanges as stored_exchanges
from storage import flow
from storage.streams import all_streams, read_stream
from tests.observatory.forgery import explained
from tests.observatory.ledgers import (
    ANA,
    BENCHES,
    BRUNO,
    PAULA,
    Settings,
    committed,
    copy_of_sqlite,
    desk_on,
    drafted,
)

CARLA = Asking(Actor("carla", Role.FOCAL_POINT, "CL"))
SPEAKERS = {"BR": BRUNO, "PE": PAULA, "CL": CARLA}
OFFER = {"institution": "MTE", "shares": "method", "theme": "supply-chains", "modality": "training", "language": "pt"}
DEMAND = {"institution": "MTPE", "problem": "p", "learns": "l", "national": True, "population": "q", "baseline": "b"}
BOTH = ("agreement", "roadmap")

SAYINGS: list[tuple[str, dict[str, Any]]] = [
    ("sheet", {"side": "offer", "availability": "May", "no_evidence_yet": True, "contact": "Bruno", **OFFER}),
    ("sheet", {"side": "demand", **DEMAND}),
    *[("answer", {"party": party, "institution": "Ministerio"}) for party in ("PE", "CL")],
    *[("acceptance", {"party": party}) for party in SPEAKERS],
    *[("contribution", {"party": party, "none": True}) for party in SPEAKERS],
    *[("consultation", {"party": "PE", "bench": bench, "paper": paper}) for bench in BENCHES for paper in BOTH],
    *[(kind, {"party": party, "text": "t"}) for kind in ("lessons", "evaluation") for party in ("BR", "PE")],
    *[("succession", {"party": new, "replaces": old}) for new, old in (("CL", "PE"), ("PE", "CL"), ("CL", "BR"))],
    *[("succession_agreed", {"replaces": party}) for party in ("BR", "PE")],
    *[("leave_party", {"party": party, "reason": "r"}) for party in ("PE", "CL")],
    *[("join_party", {"party": "CL", "role": role}) for role in ("facilitates", "asks")],
    ("change_role", {"party": "CL", "role": "supports", "reason": "r"}),
    ("instrument", {"title": "Memorandum", "signed_on": "2020-01-01"}),
    ("activity_planned", {"title": "a", "on": "2026-12-01", "mode": "virtual"}),
    ("activity_held", {"item": "activity-1", "on": "2026-11-02", "women": 2, "benches": {"workers": 2}}),
    ("activity_waived", {"item": "activity-2", "reason": "r"}),
    ("attendance", {"item": "activity-1", "men": 3, "benches": {"workers": 3}}),
    ("reflection_record", {"on": "2026-11-02", "text": "t"}),
    ("decision", {"decision": "adopt", "text": "t"}),
    ("measure", {"title": "m", "responsible": "x", "on": "2026-12-01"}),
    ("measure_done", {"item": "measure-1", "done_on": "2026-11-02"}),
    ("indicator", {"name": "i", "baseline": "0", "target": "1"}),
    ("roadmap_approval", {"party": "PE", "authority": "Ministra", "on": "2026-11-02"}),
    ("text_revised", {"paper": "roadmap", "summary": "s"}),
    ("check_in", {"on": "2026-11-02", "mode": "virtual"}),
    ("practice", {"none_because": "early"}),
    ("confirmation", {"move": "return_to_demand"}),
    ("flag", {"flag": "shared dates"}),
    *[("correct", {"event": event, "reason": "r", "whole": "struck"}) for event in (3, 9, 21, 24)],
]
MOVES = (
    *("publish_offer", "answer_offer", "begin_commitment", "begin_execution", "begin_reflection", "adopt_action"),
    *("begin_accompaniment", "open_feedback", "close", "return_to_offer", "return_to_demand", "return_to_execution"),
    *("replace_party", "suspend", "resume", "withdraw", "terminate", "reopen", "renew"),
)
STEPS = ("draft another", "order a paper", "fold the flow", "open_negotiation", "terminate", "expire")


class Cycle(RuleBasedStateMachine):
    """Anybody says and tries anything on an exchange and its agreement; what is not refused must be explained."""

    template: Settings

    @initialize(start=st.sampled_from(("drafted", "committed", "executing", "executing")))
    def begin(self, start: str) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="minga-derived-"))
        self.ledger = copy_of_sqlite(self.template, self.folder)
        self.opened = desk_on(self.ledger)
        self.desk: Desk = self.opened.__enter__()
        self.agreement: str | None = None
        if start == "executing":
            self.exchange, self.agreement = (self._longest(kind) for kind in ("exchange", "agreement"))
        else:
            self.exchange = drafted(self.desk, "Rubber") if start == "drafted" else committed(self.desk)

    def _longest(self, kind: str) -> str:
        with self.desk.store.read() as connection:
            found = max((row.tip.seq, row.id) for row in all_streams(connection) if row.kind == kind)
        return found[1].partition("/")[2]

    @rule(said=st.sampled_from(SAYINGS))
    def say(self, said: tuple[str, dict[str, Any]]) -> None:
        kind, fields = said[0], dict(said[1])
        item = fields.pop("item", None)
        for who in (ANA, SPEAKERS.get(str(fields.get("party")), PAULA)):
            self.tried(exchanges.state_fact, who, self.exchange, kind, fields, item)

    @rule(word=st.sampled_from(("endorsed", "refused")), bench=st.sampled_from(BENCHES), paper=st.sampled_from(BOTH))
    def endorse(self, word: str, bench: str, paper: str) -> None:
        delegate = Asking(Actor(f"delegate-{bench}", Role.BENCH_DELEGATE, "PE", bench))
        said = {"party": "PE", "bench": bench, "paper": paper, "word": word}
        self.tried(exchanges.state_fact, delegate, self.exchange, "endorsement", said)

    @rule(move=st.sampled_from(MOVES), old=st.sampled_from(("BR", "PE")))
    def move(self, move: str, old: str) -> None:
        says: dict[str, Any] = {"reason": "r", "review_on": "2027-03-01"}
        says |= {"old": old, "new": "CL"} if move == "replace_party" else {}
        says |= {"counterpart": "PE"} if move == "answer_offer" else {}
        for who in (ANA, PAULA, BRUNO):
            if self.tried(exchanges.make_move, who, self.exchange, move, says):
                return

    @rule(step=st.sampled_from(STEPS), limit=st.integers(1, 6))
    def do_something_else(self, step: str, limit: int) -> None:
        match step:
            case "draft another":
                more = {"exchange": self.exchange, "title": "Another", "register": "binding"}
                drawn = self.tried(agreements.draft_agreement, ANA, **more)
                self.agreement = drawn["agreement"] if drawn else self.agreement
            case "order a paper":
                self.tried(exchanges.order_paper, PAULA, self.exchange, "roadmap")
            case "fold the flow":
                self.desk.store.write(lambda connection: flow.fold(connection, limit))
            case _:
                says = {"reason": "r", "running": "continue"}
                self.tried(agreements.take_step, ANA, self.agreement or "none yet", step, says)

    def tried(self, act: Any, *arguments: Any, **more: Any) -> Any:
        try:
            return act(self.desk, *arguments, **more)
        except ServiceError:
            return None

    def teardown(self) -> None:
        if not hasattr(self, "opened"):
            return
        with self.desk.store.read() as connection:
            found = list(verify(connection, self.desk.papers))
        self.opened.__exit__(None, None, None)
        shutil.rmtree(self.folder)
        assert found == []


def test_whatever_is_done_its_events_explain_every_row_and_figure(populated_sqlite: Settings, tmp_path: Path) -> None:
    machine = type("Cycle", (Cycle,), {"template": populated_sqlite})
    bounds = settings(
        max_examples=40,
        stateful_step_count=50,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=bounds)


def test_the_rows_of_a_stream_are_those_that_are_stored(ledger: Settings) -> None:
    rows, _ = explained(ledger)
    with desk_on(ledger) as desk, desk.store.read() as connection:
        for row in rows["exchanges"]:
            loaded = stored_exchanges.load(connection, row["id"])
            assert loaded is not None
            assert stored_exchanges.row_of(loaded.standing) == row
            items = stored_exchanges.load_items(connection, row["id"])
            stored = {item.item: stored_exchanges.item_row(row["id"], item) for item in items}
            assert stored == {fact["item"]: fact for fact in rows["facts"] if fact["exchange"] == row["id"]}
        for row in rows["agreements"]:
            agreement = stored_agreements.load(connection, row["id"])
            assert agreement is not None
            assert stored_agreements.row_of(agreement.standing) == row
    assert len(rows["exchanges"]) == 2
    assert len(rows["programmes"]) == len(rows["agreements"]) == len(rows["coverage"]) == 1


def test_the_flow_adds_up_to_where_every_exchange_stands(ledger: Settings) -> None:
    _, sums = explained(ledger)
    with desk_on(ledger) as desk, desk.store.read() as connection:
        totals = flow.totals(connection, "regional-initiative", "2026-12-31", "2026-12-31")
    recounted: dict[tuple[str, str], int] = {}
    for row in flow_rows(sums):
        if row["country"] == "*":
            place = (row["stage"], row["lifecycle"])
            recounted[place] = recounted.get(place, 0) + row["delta"]
    standing = {place: n for place, n in recounted.items() if n}
    assert (
        standing
        == {(t.stage, t.lifecycle): t.n for t in totals}
        == {
            ("draft", "active"): 1,
            ("execution", "active"): 1,
        }
    )


def test_a_stream_cut_in_two_is_explained_by_its_first_part_alone(ledger: Settings) -> None:
    with desk_on(ledger) as desk, desk.store.read() as connection:
        stream = connection.exec_driver_sql("SELECT id FROM streams WHERE kind = 'exchange' ORDER BY seq DESC").scalar()
        events = list(read_stream(connection, str(stream)))
    middle = random.Random(1).randrange(5, len(events))
    rows = derive(str(stream), events[:middle], lambda slug, version: "America/Lima")
    assert rows["exchanges"][0]["seq"] == middle
    assert {fact["changed_seq"] <= middle for fact in rows["facts"]} == {True}


def test_a_kind_of_stream_without_tables_explains_nothing() -> None:
    assert derive("calendar/0", (), lambda slug, version: "UTC") == {}
