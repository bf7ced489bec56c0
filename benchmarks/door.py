# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The authenticated API, as `minga serve` serves it, beside the same query and the same move without any framework.

Both sides run in one go on the same database: first the calls themselves in as many threads as there are clients, then as
many HTTP connections that are kept open, each asking again as soon as it is answered. The one who asks is a process of its
own, so on two cores it takes its share of them: the ratio is what an integrator on the same machine would see.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from benchmarks.ground import PAULA, Ground, Settings, back, desk_on, percentile, ready_exchange, there
from observatory.exchanges import Filters
from observatory.window import see_exchange, see_exchanges
from people.actors import OPERATOR, Role
from services.desk import Desk
from services.tokens import create_token

CLIENTS = (1, 16, 50)
SECONDS = 3.0
PAGE = 20

Ask = Callable[[Desk, str], object]
"""What one client asks, again and again; the text is the exchange that is its own."""


@dataclass(frozen=True)
class Spent:
    """How long each answer took, in seconds, and the answers that were not what was asked for."""

    times: Sequence[float]
    refused: int = 0

    def told(self) -> str:
        rate = len(self.times) / SECONDS
        p50, p99 = (percentile(self.times, share) * 1000 for share in (0.5, 0.99))
        return f"{rate:6.0f}/s  p50 {p50:7.2f} ms  p99 {p99:7.2f} ms"


def run(grounds: list[Ground]) -> list[str]:
    """Per database, question and number of clients: both sides, and the API's rate ÷ that of the bare call."""
    return [line for ground in grounds for line in _measure(ground)]


def _measure(ground: Ground) -> Iterator[str]:
    settings = ground.fresh("door")
    with desk_on(settings) as desk:
        names = [ready_exchange(desk) for _ in range(max(CLIENTS))]
        token = create_token(desk, OPERATOR, "measured", role=Role.FOCAL_POINT, party="PE", scopes=("read", "write"))
        bare = {(what, many): _threads(desk, ask, names[:many]) for what, ask in ASKED.items() for many in CLIENTS}
    with served(settings) as port:
        for what in ASKED:
            for many in CLIENTS:
                api = _connections(port, token.secret, what, names[:many])
                known = bare[what, many]
                ratio = len(api.times) / max(1, len(known.times))
                label = f"{ground.name:11} {what:8} x{many:<3}"
                yield f"{label} bare {known.told()}   api {api.told()}   {ratio:.2f} of bare, {api.refused} refused"


def _list(desk: Desk, _: str) -> object:
    return see_exchanges(desk, PAULA.actor, Filters(), limit=PAGE)


def _one(desk: Desk, name: str) -> object:
    return see_exchange(desk, PAULA.actor, name)


def _move(desk: Desk, name: str) -> None:
    there(desk, name)
    back(desk, name)


ASKED: dict[str, Ask] = {"list": _list, "one": _one, "2 moves": _move}


def _threads(desk: Desk, ask: Ask, names: Sequence[str]) -> Spent:
    until = time.perf_counter() + SECONDS
    times: list[float] = []

    def client(name: str) -> None:
        while time.perf_counter() < until:
            start = time.perf_counter()
            ask(desk, name)
            times.append(time.perf_counter() - start)

    threads = [threading.Thread(target=client, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Spent(times)


@contextmanager
def served(settings: Settings) -> Iterator[int]:
    """`minga serve` on that database and a free port, until the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    told = {"MINGA_DATABASE_URL": settings.database_url, "MINGA_DATA": str(settings.data)}
    command = [sys.executable, "-m", "minga", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ | told, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the server did not come up in a minute")


def _connections(port: int, secret: str, what: str, names: Sequence[str]) -> Spent:
    """The same questions over HTTP, from a process of its own."""
    asked = json.dumps({"port": port, "secret": secret, "what": what, "names": list(names)})
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.door"], input=asked, capture_output=True, text=True, check=True, timeout=120
    )
    told = json.loads(done.stdout)
    return Spent(told["times"], told["refused"])


async def _client(asked: dict[str, Any], name: str, until: float, spent: dict[str, Any]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", asked["port"])
    turns = cycle(_requests(asked["what"], name))
    while time.perf_counter() < until:
        start = time.perf_counter()
        for _ in range(2 if asked["what"] == "2 moves" else 1):
            status = await _ask(reader, writer, asked["secret"], *next(turns))
            spent["refused"] += status not in (200, 201)
        spent["times"].append(time.perf_counter() - start)
    writer.close()


def _requests(what: str, name: str) -> Sequence[tuple[str, str, bytes]]:
    """What a client asks in turn: method, address, body."""
    match what:
        case "list":
            return (("GET", f"/api/v1/exchanges?limit={PAGE}", b""),)
        case "one":
            return (("GET", f"/api/v1/exchanges/{name}", b""),)
        case _:
            moves = f"/api/v1/exchanges/{name}/moves"
            again = {"move": "return_to_execution", "says": {"reason": "one more activity"}}
            return tuple(("POST", moves, json.dumps(body).encode()) for body in ({"move": "begin_reflection"}, again))


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secret: str, method: str, address: str, body: bytes
) -> int:
    """One request on an open connection; the status of its answer, read to the end."""
    head = f"{method} {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {secret}\r\nIf-Match: *\r\n"
    head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    await reader.readexactly(int(answer.partition("content-length: ")[2].partition("\r\n")[0]))
    return int(answer.split(" ", 2)[1])


async def _main(asked: dict[str, Any]) -> dict[str, Any]:
    spent: dict[str, Any] = {"times": [], "refused": 0}
    until = time.perf_counter() + SECONDS
    await asyncio.gather(*(_client(asked, name, until, spent) for name in asked["names"]))
    return spent


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_main(json.load(sys.stdin)))))
