# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Verify: one walk through the whole ledger, or through a few streams of it, in one consistent transaction."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, exc, or_, select

from ledger.findings import Damage, Finding
from observatory.audit.erasures import Erased, erased_values
from observatory.audit.figures import counters_drift, flow_drift, reference_number
from observatory.audit.files import erased_by_decision, evidence_files, paper_files
from observatory.audit.house import file_faults, triggers_missing
from observatory.audit.report import NotVerified, Report
from observatory.audit.rules import Rules
from observatory.audit.stream import Examination
from observatory.audit.walking import Visit, walk
from observatory.errors import NotFound
from storage.errors import StorageError
from storage.flow import FlowKey
from storage.store import Store
from storage.tables import agreements, events, exchanges, programmes

READ = {"exchanges": "exchanges", "agreements": "agreements", "papers": "papers", "programmes": "programme versions"}
Streams = frozenset[str]


def take_stock(store: Store, papers: Path, *, only: Streams | None = None) -> Report:
    """The report of one audit, which sees one moment throughout and writes nothing. Raises NotVerified.

    `papers`: their folder; evidence lies beside it.
    """
    report = Report(only=only)
    try:
        with store.read() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            report.hear(verify(connection, papers, only=only, read=report.read))
    except (StorageError, exc.SQLAlchemyError) as error:
        # A damaged file is a finding, not a hindrance, even when it cannot be read to its end.
        if Damage.DATABASE_DAMAGED not in report.kinds:
            raise NotVerified(f"the database could not be read to its end: {error}") from error
    return report


def streams_named(connection: Connection, name: str) -> Streams:
    """The streams to look at for an exchange or agreement (reference, id, or stream), its programme's too.

    Raises NotFound.
    """
    if "/" in name and connection.scalar(select(events.c.stream).where(events.c.stream == name).limit(1)):
        return frozenset({name})
    exchange = connection.execute(select(exchanges).where(or_(exchanges.c.id == name, exchanges.c.reference == name)))
    agreement = connection.execute(
        select(agreements).where(or_(agreements.c.id == name, agreements.c.reference == name))
    )
    found = {f"exchange/{row.id}": row.programme for row in exchange} | {
        f"agreement/{row.id}": row.programme for row in agreement
    }
    if not found:
        raise NotFound(f"there is no exchange, agreement or stream {name}", stream=name)
    pinned = select(programmes.c.stream).where(programmes.c.slug.in_(sorted(found.values())))
    return frozenset({*found, *connection.scalars(pinned)})


def verify(
    connection: Connection, papers: Path, *, only: Streams | None = None, read: Counter[str] | None = None
) -> Iterator[Finding]:
    """Everything wrong, as it is found. `papers`: their folder; `only`: the streams to look at; `read`: counts.

    With `only`, sums over all exchanges are not compared.
    """
    with _bytes_that_are_no_text(connection):
        yield from file_faults(connection)
        yield from triggers_missing(connection)
        sums = _Sums()
        rules = Rules(connection)
        gone = erased_values(connection)
        for visit in walk(connection, only):
            yield from _visited(visit, rules, papers, gone, sums, Counter() if read is None else read)
        yield from () if only is not None else flow_drift(connection, sums.flow)
        yield from counters_drift(connection, sums.taken)


class _Sums:
    """What all streams add up to: the flow, and the highest reference number of each kind and year."""

    def __init__(self) -> None:
        self.flow: Counter[FlowKey] = Counter()
        self.taken: dict[tuple[str, int], int] = {}

    def add(self, examined: Examination) -> None:
        self.flow.update(examined.flow)
        for row in (*examined.rows.get("exchanges", ()), *examined.rows.get("agreements", ())):
            if numbered := reference_number(row["reference"]):
                prefix, year, number = numbered
                self.taken[prefix, year] = max(number, self.taken.get((prefix, year), 0))


def _visited(
    visit: Visit, rules: Rules, papers: Path, gone: Erased, sums: _Sums, read: Counter[str]
) -> Iterator[Finding]:
    examined = Examination(visit, rules, gone.get(visit.stream, frozenset()))
    yield from examined.findings()
    yield from paper_files(papers, visit.stream, examined.rows.get("papers", ()))
    facts = examined.rows.get("facts", ())
    yield from evidence_files(papers.parent / "evidence", visit.stream, facts)
    sums.add(examined)
    counted = {"events": examined.events, "streams": int(examined.events > 0)}
    sealed = {"sealed values": examined.sealed_held, "sealed values erased by decision": examined.sealed_gone}
    rows = {name: len(examined.rows.get(table, ())) for table, name in READ.items()}
    read.update(counted | rows | sealed | {"files erased by decision": erased_by_decision(facts)})


@contextmanager
def _bytes_that_are_no_text(connection: Connection) -> Iterator[None]:
    """SQLite may hold in a text what is none; it is read byte by byte, so that it is found and stops nothing."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    before = driver.text_factory
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        driver.text_factory = before
