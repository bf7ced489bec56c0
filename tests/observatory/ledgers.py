# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A small ledger with every kind of row in it, and an attacker who owns the database."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from cycle import events as e
from cycle.entries import Came
from cycle.events import Happening
from ledger.identifiers import Identifiers, seeded
from observatory.audit import Report, take_stock
from people.actors import SYSTEM_ACTOR, Actor, Role
from services import agreements, exchanges
from services.act import Act
from services.asking import Asking
from services.desk import Desk
from services.entries import contest_entry
from services.opening import open_desk
from services.paper_files import keep
from services.recording import record_on_exchange
from storage import exchanges as stored
from storage import flow, papers
from storage.store import Store
from storage.triggers import POSTGRESQL, SQLITE, statements

ANA = Asking(Actor("ana", Role.SECRETARIAT))
BRUNO = Asking(Actor("bruno", Role.FOCAL_POINT, "BR"))
BRUNO_SECOND = Asking(Actor("bruno-2", Role.FOCAL_POINT, "BR"))
PAULA = Asking(Actor("paula", Role.FOCAL_POINT, "PE"))
PAULA_SECOND = Asking(Actor("paula-2", Role.FOCAL_POINT, "PE"))
BENCHES = ("employers", "workers")
NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
PAPER = b"%PDF-1.7 a paper as it was drawn"


@dataclass(frozen=True)
class Settings:
    """The settings a desk reads."""

    data: Path
    database_url: str
    public_url: str | None = None
    port: int = 8000
    smtp_url: str | None = None
    mail_from: str = "minga@localhost"

    @property
    def papers(self) -> Path:
        return self.data / "papers"

    @property
    def keys(self) -> Path:
        return self.data.parent / f"{self.data.name}-keys"


@contextmanager
def desk_on(settings: Settings, *, began: datetime = NOON) -> Iterator[Desk]:
    """A desk whose every look at the clock is a second later than the one before."""
    with open_desk(settings, group_commit=False) as desk:
        ticks = count()
        desk.clock = lambda: began + timedelta(seconds=next(ticks))
        desk.identifiers = Identifiers(
            seeded(f"{settings.database_url} {began}"), lambda: int(desk.clock().timestamp() * 1000)
        )
        yield desk


def populate(desk: Desk) -> str:
    """One exchange in execution under an agreement in force, with a drawn paper, another in draft; the first."""
    exchange = committed(desk)
    under_agreement(desk, exchange)
    exchanges.state_fact(
        desk, BRUNO, exchange, "activity_planned", {"title": "Visit", "on": "2026-12-01", "mode": "virtual"}
    )
    for party, who in (("BR", BRUNO), ("PE", PAULA)):
        exchanges.state_fact(desk, who, exchange, "contribution", {"party": party, "none": True})
    for bench in BENCHES:
        delegate = Asking(Actor(f"delegate-{bench}", Role.BENCH_DELEGATE, "PE", bench))
        word = {"party": "PE", "bench": bench, "paper": "agreement", "word": "endorsed"}
        exchanges.state_fact(desk, delegate, exchange, "endorsement", word)
    exchanges.make_move(desk, PAULA, exchange, "begin_execution")
    exchanges.order_paper(desk, ANA, exchange, "roadmap")
    draw_up(desk, exchange)
    desk.store.write(flow.fold)
    entered(desk, drafted(desk, "Rubber without child labour"))
    return exchange


def entered(desk: Desk, exchange: str) -> None:
    """What Brasil said by mail, entered by an officer and contested."""
    told = replace(ANA, actor=replace(ANA.actor, on_behalf_of="BR"), came=Came("mail", "2026-11-20"))
    done = exchanges.state_fact(desk, told, exchange, "sheet", {"side": "offer", "availability": "from May"})
    contest_entry(desk, BRUNO, exchange, int(done["version"]), "from March")


def drafted(desk: Desk, title: str) -> str:
    said = {"programme": "regional-initiative", "title": title, "door": "offer", "weight": "standard"}
    parties = [{"party": "BR", "role": "offers", "institution": "Ministério do Trabalho"}]
    return str(exchanges.draft_exchange(desk, BRUNO, **said, parties=parties)["exchange"])


def committed(desk: Desk) -> str:
    """An exchange that reached commitment, its match accepted by both."""
    exchange = drafted(desk, "Inspection against child labour")

    def say(who: Asking, kind: str, **fields: Any) -> None:
        exchanges.state_fact(desk, who, exchange, kind, fields)

    offer = {"institution": "MTE", "shares": "method", "theme": "supply-chains", "modality": "training"}
    say(BRUNO, "sheet", side="offer", **offer, language="pt", availability="2027", no_evidence_yet=True)
    exchanges.make_move(desk, BRUNO, exchange, "publish_offer")
    say(PAULA, "answer", party="PE", institution="MTPE")
    exchanges.make_move(desk, ANA, exchange, "answer_offer", {"counterpart": "PE"})
    demand = {"institution": "MTPE", "problem": "p", "learns": "l", "national": True}
    say(PAULA, "sheet", side="demand", **demand, population="families", baseline="none")
    for bench in BENCHES:
        say(ANA, "consultation", party="PE", bench=bench, paper="agreement")
    say(BRUNO, "acceptance", party="BR")
    say(PAULA, "acceptance", party="PE")
    return exchange


def under_agreement(desk: Desk, exchange: str) -> str:
    """An agreement in force between Brasil and Perú that covers the exchange."""
    drawn = agreements.draft_agreement(desk, ANA, exchange=exchange, title="Agreement", register="non_binding")
    agreement = str(drawn["agreement"])
    agreements.take_step(desk, ANA, agreement, "open_negotiation")
    agreements.propose_text(desk, ANA, agreement, "first", {"object": "inspection"})
    for party, who in (("BR", BRUNO), ("PE", PAULA)):
        says = {"party": party, "name": "Paula Firma", "title": "Minister", "institution": "Ministry"}
        agreements.list_signatory(desk, who, agreement, says)
    agreements.take_step(desk, ANA, agreement, "send_for_clearance")
    agreements.take_step(desk, ANA, agreement, "open_for_signature")
    for party, who, second in (("BR", BRUNO, BRUNO_SECOND), ("PE", PAULA, PAULA_SECOND)):
        agreements.receive_counterpart(desk, who, agreement, {"party": party, "signed_on": "2026-11-20"})
        agreements.confirm_counterpart(desk, second, agreement, {"party": party})
    agreements.take_step(desk, ANA, agreement, "seal")
    agreements.take_step(desk, ANA, agreement, "bring_into_force")
    return agreement


def draw_up(desk: Desk, exchange: str) -> None:
    """The exchange's first paper is drawn: its file lies in the folder, and the ledger remembers it."""
    path = keep(desk.papers, PAPER)

    def work(connection: Any) -> None:
        loaded = stored.load(connection, exchange)
        assert loaded is not None
        standing = loaded.standing
        programme = desk.programme(connection, standing.programme, standing.programme_version)
        paper = papers.of_exchange(connection, exchange)[0]
        drawn = {"paper": paper.id, "sha256": path.stem, "bytes": len(PAPER), "pages": 1}
        told = [Happening(e.PAPER_DRAWN_UP, drawn)]
        record_on_exchange(Act(desk, connection, SYSTEM_ACTOR, desk.moment(programme)), programme, loaded, told)

    desk.store.write(work)


def audited(settings: Settings, *, only: frozenset[str] | None = None) -> Report:
    """What the audit says, through a store of its own."""
    store = Store.open(settings.database_url, group_commit=False)
    try:
        return take_stock(store, settings.papers, only=only)
    finally:
        store.close()


class Attacker:
    """Somebody with the database's own password and no use for Minga's manners."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.dialect = settings.database_url.partition(":")[0].partition("+")[0]
        self._driver: Any = self._connected()

    def _connected(self) -> Any:
        if self.dialect == "sqlite":
            # No pragma of Minga's: recursive_triggers stays OFF, as in any tool that opens the file.
            driver = sqlite3.connect(str(make_url(self.settings.database_url).database), isolation_level=None)
            driver.text_factory = bytes
            return driver
        return psycopg.connect(make_url(self.settings.database_url).render_as_string(False), autocommit=True)

    def run(self, statement: str, *values: Any) -> int:
        """One statement with `?` for its values; how many rows it touched."""
        if self.dialect == "postgresql":
            statement = statement.replace("%", "%%").replace("?", "%s")
        cursor = self._driver.execute(statement, values)
        return int(cursor.rowcount)

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        query = query.replace("?", "%s") if self.dialect == "postgresql" else query
        found = self._driver.execute(query, values).fetchall()
        return [
            tuple(one.decode() if isinstance(one, bytes) and _is_text(one) else one for one in row) for row in found
        ]

    def disarm(self) -> None:
        """Drops every trigger."""
        for trigger in SQLITE if self.dialect == "sqlite" else POSTGRESQL:
            on = "" if self.dialect == "sqlite" else f" ON {trigger.table}"
            self.run(f"DROP TRIGGER {trigger.name}{on}")
        if self.dialect == "postgresql":
            self.run("DROP FUNCTION minga_refuses()")

    def rearm(self) -> None:
        """Puts every trigger back, as if nothing had been."""
        for statement in statements(self.dialect):
            self.run(statement)

    @contextmanager
    def unseen(self) -> Iterator["Attacker"]:
        """Inside, no trigger is in the way; afterwards all are back."""
        self.disarm()
        try:
            yield self
        finally:
            self.rearm()

    def close(self) -> None:
        self._driver.close()


def _is_text(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


@contextmanager
def attacking(settings: Settings) -> Iterator[Attacker]:
    attacker = Attacker(settings)
    try:
        yield attacker
    finally:
        attacker.close()


def copy_of_sqlite(template: Settings, folder: Path) -> Settings:
    """A copy of a SQLite ledger with its papers."""
    shutil.copytree(template.data, folder / "copy")
    return Settings(folder / "copy", f"sqlite:///{folder / 'copy' / 'minga.db'}")


Copier = Callable[[], Settings]
