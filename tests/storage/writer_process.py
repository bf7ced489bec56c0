# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A process that appends events one after the other and says each number once it is committed.

Run as `python writer_process.py URL`; the tests kill it. Four threads write at once, so that on
SQLite a batch is under way at most moments.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Connection

from ledger.chain import extend
from ledger.event import Draft, Event
from storage.outbox import add
from storage.store import Store
from storage.streams import append, lock

NOW = "2026-11-23T09:00:00.000Z"


def tell(store: Store, stream: str) -> Event:
    def work(connection: Connection) -> Event:
        tip = lock(connection, [stream])[stream]
        (event,) = extend(
            stream,
            tip,
            [Draft("LessonTold", {"item": f"lesson-{tip.seq + 1}"})],
            actor="somebody",
            on_behalf_of=None,
            occurred_at=NOW,
            recorded_at=NOW,
            programme_version=None,
        )
        append(connection, [event])
        name = f"{stream}/{event.seq}"
        add(
            connection,
            duty_id=name,
            duty="notify",
            subject=stream,
            payload="{}",
            key=name,
            now=NOW,
        )
        return event

    return store.write(work)


def tell_for_ever(store: Store, stream: str) -> None:
    while True:
        event = tell(store, stream)
        sys.stdout.write(f"{event.stream} {event.seq} {event.hash}\n")
        sys.stdout.flush()


def main() -> None:
    store = Store.open(sys.argv[1])
    with ThreadPoolExecutor(4) as pool:
        for number in range(4):
            pool.submit(tell_for_ever, store, f"exchange/{number}")


if __name__ == "__main__":
    main()
