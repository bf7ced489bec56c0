# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The API keeps its own description: schemathesis asks `minga serve` whatever the description allows, and what it forbids.

All checks, on demonstration data and exchanges under way, with the token of an officer. The fuzzer is told names that exist,
as a client that lists before it asks would have them; everything else it makes up.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from benchmarks.door import served
from benchmarks.ground import ANA, Ground, Settings, desk_on, ready_exchange
from observatory.orders import OPENED, sealed_up
from people.actors import OPERATOR, Role
from services import agreements, demonstration, funding
from services.desk import Desk
from services.exchanges import order_paper
from services.papers import draw_next
from services.tokens import create_token
from storage.tables import exchanges
from storage.tables import papers as drawn

ROOT = Path(__file__).parents[2]
LEAST_REACHED = 0.30
LONG_ENOUGH = 120
"""Seconds from which the share is judged: a short run spends most of them on what must be refused, once per operation."""

UNDER_WAY = 12
SPARE_TOKENS = 40
MODES = ("all", "positive")
"""Half of the time whatever comes to mind, half of the time only what the description allows: that goes deeper."""

TOLD = 0.9
"""How often the fuzzer says a name that exists, where it could make one up."""

ANYWHERE = {
    "header.if-match": "versions",
    "query.programme": "programmes",
    "query.country": "countries",
    "body.exchange": "under_way",
    "body.programme": "programmes",
    "body.party": "countries",
    "body.parties[*].party": "countries",
    "body.parties[*].role": "sides",
    "body.door": "doors",
    "body.occurred_at": "instants",
    "body.late_because": "reasons",
    "body.items[*].exchange": "under_way",
    "body.items[*].move": "moves",
    "body.move": "moves",
}
UNDER = {
    "exchanges": {"path.reference": "exchanges", "query.after": "cursors"},
    "agreements": {"path.reference": "agreements"},
    "funding-sources": {"path.source": "sources"},
    "programmes": {"path.slug": "programmes"},
    "tokens": {"path.token": "tokens", "body.role": "roles"},
    "papers": {"path.paper": "papers"},
    "ledger/streams": {"path.name": "under_way", "path.kind": "kinds"},
}
Names = Mapping[str, list[str]]


def run(ground: Ground, seconds: int, modes: tuple[str, ...] = MODES) -> list[str]:
    """What is broken: failures, answers in the 500s, too few requests that reach the house."""
    settings = ground.fresh("contract")
    with desk_on(settings) as desk:
        names = _furnish(desk)
        secret = create_token(desk, OPERATOR, "contract", role=Role.SECRETARIAT, scopes=("read", "write")).secret
    with served(settings) as port:
        runs = [_fuzz(settings, port, secret, names, seconds // len(modes), mode) for mode in modes]
    statuses = sum((each[2] for each in runs), Counter[int]())
    reached = sum(many for status, many in statuses.items() if 200 <= status < 300) / max(1, statuses.total())
    broken = sum(many for status, many in statuses.items() if status >= 500)
    print(f"{ground.name:11} contract: {statuses.total()} requests in {seconds} s, {reached:.0%} reach 2xx", flush=True)
    print(f"            {dict(sorted(statuses.items()))}", flush=True)
    wrong = [f"schemathesis ended with {code}:\n{told}" for code, told, _ in runs if code != 0]
    wrong += [f"{broken} answers in the 500s"] if broken else []
    too_few = seconds >= LONG_ENOUGH and reached < LEAST_REACHED
    return wrong + ([f"only {reached:.0%} of requests reach 2xx"] if too_few else [])


def _furnish(desk: Desk) -> Names:
    """Demonstration data, exchanges under way, an agreement, money, and tokens to be ended."""
    demonstration.ensure(desk)
    under_way = [ready_exchange(desk) for _ in range(UNDER_WAY)]
    with desk.store.read() as connection:
        references = list(connection.scalars(select(exchanges.c.reference).where(exchanges.c.reference.is_not(None))))
    drafted = [
        agreements.draft_agreement(desk, ANA, exchange=name, title="Natural rubber", register="non_binding")
        for name in under_way
    ]
    said = {"donor": "Brazilian Cooperation Agency", "project_code": "BRA/13/07", "currency": "USD"}
    sources = [
        funding.register_source(desk, ANA, **said, amount="50000", from_on="2026-01-01") for _ in range(UNDER_WAY)
    ]
    for name in under_way[:2]:
        order_paper(desk, ANA, name, "roadmap")
    draw_next(desk, 2)
    with desk.store.read() as connection:
        papers = list(connection.scalars(select(drawn.c.id).where(drawn.c.sha256.is_not(None))))
    spare = [create_token(desk, OPERATOR, "to be ended", role=Role.AUDITOR).id for _ in range(SPARE_TOKENS)]
    return {
        "exchanges": [*references, *under_way],
        "under_way": under_way,
        "agreements": [str(each["agreement"]) for each in drafted],
        "sources": [str(each["source"]) for each in sources],
        "programmes": ["regional-initiative"],
        "tokens": spare,
        "countries": ["BR", "PE", "CO"],
        "sides": ["offers"],
        "doors": ["offer"],
        "instants": [desk.now()],
        "reasons": ["it came by mail"],
        "roles": [Role.MANAGER, Role.AUDITOR, Role.SECRETARIAT],
        "papers": papers,
        "moves": ["begin_reflection", "return_to_execution", "suspend", "resume"],
        "versions": ["*"],
        "kinds": ["exchange"],
        "cursors": [sealed_up([OPENED, name]) for name in under_way],
    }


def _fuzz(
    settings: Settings, port: int, secret: str, names: Names, seconds: int, mode: str
) -> tuple[int, str, Counter[int]]:
    """The exit code, what was told, and how often each status was answered."""
    config, reports = settings.data / "schemathesis.toml", settings.data / "reports" / mode
    config.write_text((ROOT / "schemathesis.toml").read_text() + "\n" + "\n".join(_configured(names)))
    command = [str(Path(sys.executable).parent / "st"), "--config-file", str(config), "run"]
    command += [f"http://127.0.0.1:{port}/api/v1/openapi.json", "--header", f"Authorization: Bearer {secret}"]
    command += [
        "--mode",
        mode,
        "--checks",
        "all",
        "--max-time",
        str(seconds),
        "--report",
        "ndjson",
        "--report-dir",
        str(reports),
    ]
    ended = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=seconds * 4 + 120, cwd=settings.data
    )
    return ended.returncode, ended.stdout, Counter(_statuses(reports.glob("*.ndjson")))


def _configured(names: Names) -> Iterator[str]:
    """The names that exist, and where they are asked for."""
    for name, values in names.items():
        yield f"[dictionaries.{name}]\nvalues = {json.dumps(values)}"
    yield "[parameters]"
    yield from (_bound(parameter, name) for parameter, name in ANYWHERE.items())
    for where, parameters in UNDER.items():
        yield f'[[operations]]\ninclude-path-regex = "^/api/v1/{where}"\n[operations.parameters]'
        yield from (_bound(parameter, name) for parameter, name in parameters.items())


def _bound(parameter: str, name: str) -> str:
    return f'"{parameter}" = {{ dictionary = "{name}", probability = {TOLD} }}'


def _statuses(reports: Iterable[Path]) -> Iterator[int]:
    for report in reports:
        for line in report.read_text().splitlines():
            yield from _answered(json.loads(line))


def _answered(told: Any) -> Iterator[int]:
    """The status of every answer somewhere in a report's line."""
    if isinstance(told, dict):
        if "status_code" in told and "headers" in told:
            yield int(told["status_code"])
        parts: Iterable[Any] = told.values()
    else:
        parts = told if isinstance(told, list) else ()
    for part in parts:
        yield from _answered(part)
