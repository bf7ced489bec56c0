# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The board, overdue pages and as-of at 100,000 exchanges over five years; the rows are made in bulk, as moves would leave them."""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from benchmarks.ground import ANA, Ground, desk_on, ready_exchange
from cycle.words import Stage
from ledger.identifiers import new_id
from observatory import board, exchanges
from services.desk import Desk
from storage import exchanges as stored
from storage.tables import exchanges as exchange_table
from storage.tables import flow_base

EXCHANGES = 100_000
FIRST = date(2021, 11, 23)
TODAY = date(2026, 11, 23)
SLUG = "regional-initiative"
PAGE = 50
COUNTRIES = ("BR", "PE", "CO", "MX", "AR", "CL", "UY", "EC", "CR", "DO")


def run(grounds: list[Ground]) -> list[str]:
    """Per database: the median of each question, in milliseconds."""
    return [line for ground in grounds for line in _measure(ground)]


def _measure(ground: Ground) -> list[str]:
    with desk_on(ground.fresh("board")) as desk:
        _fill(desk)
        _rested(desk)
        past, later, now = date(2024, 6, 30), date(2024, 7, 1), desk.now()
        with desk.store.read() as connection:
            deep = _thousandth_page(connection)
        asked: dict[str, Callable[[Connection], object]] = {
            "board": lambda c: board.board(c, SLUG, now=now),
            "board of one country": lambda c: board.board(c, SLUG, now=now, country="PE"),
            "board as of a past day": lambda c: board.board(c, SLUG, past, now=now),
            "board as known on a past day": lambda c: board.board(c, SLUG, past, later, now=now),
            "overdue, page 1": _overdue,
            "overdue, page 1,000": lambda c: _overdue(c, deep),
        }
        return [f"{ground.name:11} {name:30} {_median_ms(desk, ask):7.2f} ms (aim <= 5)" for name, ask in asked.items()]


def _median_ms(desk: Desk, ask: Callable[[Any], Any]) -> float:
    times = []
    with desk.store.read() as connection:
        ask(connection)
        for _ in range(30):
            start = time.perf_counter()
            ask(connection)
            times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def _overdue(connection: Connection, after: str | None = None) -> exchanges.Page:
    wanted = exchanges.Filters(programme=SLUG)
    return exchanges.overdue(connection, ANA.actor, wanted, today=TODAY.isoformat(), after=after, limit=PAGE)


def _thousandth_page(connection: Connection) -> str | None:
    """The cursor of page 1,000: half of the exchanges are overdue, fifty to a page."""
    cursor: str | None = None
    for _ in range(999):
        cursor = _overdue(connection, cursor).next
    return cursor


def _fill(desk: Desk) -> None:
    """Half of the exchanges are overdue; each went through some stages, on random days, in two countries."""
    chance, path = random.Random(7), list(Stage)[1:]
    sums: Counter[tuple[str, str, str, str]] = Counter()
    rows, like = [], _template(desk)
    for number in range(EXCHANGES):
        day = FIRST + timedelta(days=chance.randrange(1500))
        reached = chance.randrange(1, len(path) + 1)
        pair = chance.sample(COUNTRIES, 2)
        before: Stage | None = None
        for stage in path[:reached]:
            for country in ("*", *pair):
                if before is not None:
                    sums[country, day.isoformat(), before, "active"] -= 1
                sums[country, day.isoformat(), stage, "completed" if stage == "closed" else "active"] += 1
            before, entered = stage, day
            day = min(TODAY, day + timedelta(days=chance.randrange(1, 60)))
        rows.append({**like, **_row(number, str(before), entered, chance)})
    _insert(desk, exchange_table, rows)
    _insert(desk, flow_base, [_flow_row(*key, delta) for key, delta in sorted(sums.items()) if delta])


def _rested(desk: Desk) -> None:
    """What PostgreSQL does by itself within a minute of so many new rows, and SQLite never needs."""
    if desk.store.dialect == "postgresql":
        with desk.store._engines.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _template(desk: Desk) -> dict[str, Any]:
    """The row of a real exchange, for all that the made ones have in common, their standing above all."""
    name = ready_exchange(desk)
    with desk.store.read() as connection:
        loaded = stored.load(connection, name)
    assert loaded is not None, "it was made a moment ago"
    return stored.row_of(loaded.standing)


def _row(number: int, stage: str, entered: date, chance: random.Random) -> dict[str, Any]:
    late, closed = number % 2, stage == "closed"
    due = min(entered + timedelta(days=60), TODAY - timedelta(days=1)) if late else TODAY + timedelta(days=30)
    return {
        "id": new_id(1_600_000_000_000 + number, chance.randbytes),
        "reference": f"SSC-2026-{number:06d}",
        "title": f"Exchange {number}",
        "stage": "execution" if closed and late else stage,
        "lifecycle": "completed" if closed and not late else "active",
        "entered_on": entered.isoformat(),
        "moved_at": f"{entered.isoformat()}T12:00:00.000Z",
        "due_on": due.isoformat(),
        "awaited_on": None if closed and not late else due.isoformat(),
    }


def _flow_row(country: str, day: str, stage: str, lifecycle: str, delta: int) -> dict[str, Any]:
    place = {"country": country, "happened_on": day, "recorded_on": day, "stage": stage, "lifecycle": lifecycle}
    return {"programme": SLUG, "specimen": 0, **place, "delta": delta}


def _insert(desk: Desk, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        desk.store.write(lambda connection, part=rows[start : start + 5000]: connection.execute(insert(table), part))  # type: ignore[misc]
