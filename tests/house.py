# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A house for tests: a desk whose clock stands until it is moved on, and exchanges carried as far as a test needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from services import exchanges
from services.asking import Answer, Asking
from services.desk import Desk
from services.programmes import ensure_built_in
from storage.exchanges import load
from storage.store import Store
from tests.cast import ANA, BRUNO, PAULA

PROGRAMME = "regional-initiative"
BEGAN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
OFFER_SHEET: Mapping[str, Any] = {
    "side": "offer",
    "institution": "Ministério do Trabalho",
    "shares": "how rubber is traced",
    "theme": "supply-chains",
    "modality": "training",
    "language": "pt",
    "availability": "from January",
    "no_evidence_yet": True,
}
DEMAND_SHEET: Mapping[str, Any] = {
    "side": "demand",
    "institution": "Ministerio de Trabajo",
    "problem": "harvests with children",
    "learns": "tracing",
    "national": True,
    "population": "families of tappers",
    "baseline": "none",
}


@dataclass
class Clock:
    """Stands at an instant until it is moved on."""

    now: datetime = BEGAN

    def __call__(self) -> datetime:
        return self.now

    def on(self, **more: float) -> None:
        """Moves on by so much."""
        self.now += timedelta(**more)


@dataclass
class House:
    """A desk with its clock. The verbs act as the one whose act it is."""

    desk: Desk
    clock: Clock = field(default_factory=Clock)

    def draft(self, title: str = "Natural rubber", who: Asking = BRUNO, origin: str = "entered") -> str:
        said = {"programme": PROGRAMME, "title": title, "door": "offer", "weight": "standard", "origin": origin}
        parties = [{"party": "BR", "role": "offers", "institution": "Ministério do Trabalho"}]
        return str(exchanges.draft_exchange(self.desk, who, **said, parties=parties)["exchange"])

    def state(self, who: Asking, exchange: str, kind: str, item: str | None = None, **fields: Any) -> Answer:
        return exchanges.state_fact(self.desk, who, exchange, kind, fields, item)

    def move(self, who: Asking, exchange: str, move: str, **says: Any) -> Answer:
        return exchanges.make_move(self.desk, who, exchange, move, says)

    def offered(self, title: str = "Natural rubber", origin: str = "entered") -> str:
        exchange = self.draft(title, origin=origin)
        self.state(BRUNO, exchange, "sheet", **OFFER_SHEET)
        self.move(BRUNO, exchange, "publish_offer")
        return exchange

    def matched(self, title: str = "Natural rubber", origin: str = "entered") -> str:
        """An offer of Brasil that Perú answered: it stands in demand."""
        exchange = self.offered(title, origin)
        self.state(PAULA, exchange, "answer", party="PE", institution="Ministerio de Trabajo")
        self.move(ANA, exchange, "answer_offer", counterpart="PE")
        return exchange

    def committed(self, title: str = "Natural rubber", origin: str = "entered") -> str:
        exchange = self.matched(title, origin)
        self.state(PAULA, exchange, "sheet", **DEMAND_SHEET)
        for bench in ("employers", "workers"):
            self.state(ANA, exchange, "consultation", party="PE", bench=bench, paper="agreement")
        for who, party in ((BRUNO, "BR"), (PAULA, "PE")):
            self.state(who, exchange, "acceptance", party=party)
        return exchange

    def reference(self, exchange: str) -> str:
        with self.desk.store.read() as connection:
            loaded = load(connection, exchange)
        assert loaded is not None, "a test asks for exchanges it made"
        return str(loaded.standing.reference)


def furnish(store: Store, folder: Path) -> House:
    """A house with the built-in programme and nothing else."""
    clock = Clock()
    desk = Desk(store, folder, clock=clock)
    ensure_built_in(desk)
    return House(desk, clock)
