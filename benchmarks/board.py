"""The board, overdue pages and as-of at 100,000 exchanges over five years; the rows are made in bulk, as moves would leave them."""

import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.ground import Ground, desk_on
from cycle.words import Stage
from ledger.identifiers import new_id
from observatory import board, exchanges
from services.desk import Desk
from storage.tables import exchanges as exchange_table
from storage.tables import flow_base

EXCHANGES = 100_000
FIRST = date(2021, 11, 23)
TODAY = date(2026, 11, 23)
COUNTRIES = ("BR", "PE", "CO", "MX", "AR", "CL", "UY", "EC", "CR", "DO")


def run(grounds: list[Ground]) -> list[str]:
    """Per database: the median of each question, in milliseconds."""
    return [line for ground in grounds for line in _measure(ground)]


def _measure(ground: Ground) -> list[str]:
    with desk_on(ground.fresh("board")) as desk:
        _fill(desk)
        asked = {
            "board": lambda c: board.board(c),
            "board as of a past day": lambda c: board.board(c, as_of=date(2024, 6, 30)),
            "board as known on a past day": lambda c: board.board(c, as_of=date(2024, 6, 30), known_on=date(2024, 7, 1)),
            "overdue, page 1": lambda c: exchanges.overdue(c, on=TODAY.isoformat(), limit=50),
        }
        with desk.store.read() as connection:
            deep = _deep_cursor(connection)
        asked["overdue, page 1,000"] = lambda c: exchanges.overdue(c, on=TODAY.isoformat(), after=deep, limit=50)
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


def _deep_cursor(connection: Any) -> Any:
    """Where page 1,000 of the overdue begins: after 49,950 rows."""
    page = exchanges.overdue(connection, on=TODAY.isoformat(), limit=49_950)
    return page.next


def _fill(desk: Desk) -> None:
    """Half of the exchanges are overdue; each went through some stages, on random days, in two countries."""
    chance, path = random.Random(7), list(Stage)[1:]
    sums: Counter[tuple[str, str, str, str]] = Counter()
    rows = []
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
        rows.append(_row(number, str(before), entered, chance))
    _insert(desk, exchange_table, rows)
    _insert(desk, flow_base, [_flow_row(*key, delta) for key, delta in sorted(sums.items()) if delta])


def _row(number: int, stage: str, entered: date, chance: random.Random) -> dict[str, Any]:
    due = (entered + timedelta(days=60)) if number % 2 else TODAY + timedelta(days=30)
    closed = stage == "closed"
    # Half overdue means: half of all, so that page 1,000 of fifty exists.
    return {
        "id": new_id(1_600_000_000_000 + number, chance.randbytes),
        "reference": f"SSC-2026-{number:06d}",
        "title": f"Exchange {number}",
        "programme": "regional-initiative",
        "programme_version": 1,
        "origin": "entered",
        "specimen": 0,
        "weight": "standard",
        "door": "offer",
        "stage": "execution" if closed and number % 2 else stage,
        "lifecycle": "completed" if closed and not number % 2 else "active",
        "lap": 0,
        "entered_on": entered.isoformat(),
        "moved_at": f"{entered.isoformat()}T12:00:00.000Z",
        "due_on": min(due, TODAY - timedelta(days=1)).isoformat() if number % 2 else due.isoformat(),
        "review_on": None,
        "source": None,
        "seq": 9,
        "recorded_at": f"{entered.isoformat()}T12:00:00.000Z",
        "standing": "{}",
    }


def _flow_row(country: str, day: str, stage: str, lifecycle: str, delta: int) -> dict[str, Any]:
    place = {"country": country, "happened_on": day, "recorded_on": day, "stage": stage, "lifecycle": lifecycle}
    return {"programme": "regional-initiative", "specimen": 0, **place, "delta": delta}


def _insert(desk: Desk, table: Any, rows: list[dict[str, Any]]) -> None:
    for start in range(0, len(rows), 5000):
        desk.store.write(lambda connection, part=rows[start : start + 5000]: connection.execute(insert(table), part))  # type: ignore[misc]
