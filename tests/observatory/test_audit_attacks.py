# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import sqlite3
import threading
from datetime import UTC, datetime

import psycopg
import pytest
from sqlalchemy import Connection, select

from ledger.event import GENESIS, Draft
from ledger.findings import Damage
from observatory.audit import NOT_PROVEN, ONLY_OUTSIDE, Report
from observatory.derived import Row
from people.erasure import SealedPlace, tell_values
from people.erasure import stream_of as stream_of_erasure
from services.act import Act
from services.desk import Desk
from services.exchanges import state_fact
from services.recording import record_events
from storage.tables import sealed
from storage.triggers import POSTGRESQL, SQLITE
from tests.observatory.forgery import (
    chained,
    events_of,
    explained,
    follow,
    insert,
    put_everything_right,
    row_of,
    stream_of,
    write_anew,
)
from tests.observatory.ledgers import ANA, PAULA, Attacker, Settings, attacking, audited, desk_on

LATER = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
EARLIER = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DERIVED = ("exchanges", "parties", "facts", "agreements", "coverage", "papers", "entries", "exceptions")


def found(report: Report) -> set[tuple[Damage, str]]:
    return {(finding.code, finding.column) for finding in report.kept}


def triggers(attacker: Attacker) -> dict[str, str]:
    return {trigger.name: trigger.table for trigger in (SQLITE if attacker.dialect == "sqlite" else POSTGRESQL)}


def drop(attacker: Attacker, name: str) -> None:
    on = "" if attacker.dialect == "sqlite" else f" ON {triggers(attacker)[name]}"
    attacker.run(f"DROP TRIGGER {name}{on}")


def test_each_dropped_trigger_is_named(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        gone = []
        for name, table in triggers(attacker).items():
            drop(attacker, name)
            gone.append((name, table))
            report = audited(ledger)
            assert [(finding.expected, finding.column) for finding in report.kept] == gone
            assert report.exit_code == Damage.TRIGGER_MISSING


def test_a_trigger_that_does_nothing_any_more_is_named(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        if attacker.dialect == "sqlite":
            drop(attacker, "events_never_updated")
            attacker.run("CREATE TRIGGER events_never_updated BEFORE UPDATE ON events BEGIN SELECT 1; END")
        else:
            attacker.run("ALTER TABLE events DISABLE TRIGGER events_never_updated")
    report = audited(ledger)
    assert [(f.code, f.expected) for f in report.kept] == [(Damage.TRIGGER_MISSING, "events_never_updated")]


@pytest.mark.parametrize("ledger", ["postgresql"], indirect=True)
def test_a_function_that_refuses_nothing_any_more_is_named(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        attacker.run(
            "CREATE OR REPLACE FUNCTION minga_refuses() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end'"
        )
    report = audited(ledger)
    assert {finding.expected for finding in report.kept} == {trigger.name for trigger in POSTGRESQL}


def replace_first_event(attacker: Attacker) -> None:
    """The first event by somebody else, put over the one there is."""
    stream = stream_of(attacker, "exchange")
    row = row_of(events_of(attacker.settings, stream)[0]) | {"actor": "mallory"}
    marks = ", ".join("?" for _ in row)
    names = ", ".join(row)
    if attacker.dialect == "sqlite":
        attacker.run(f"INSERT OR REPLACE INTO events ({names}) VALUES ({marks})", *row.values())
    else:
        over = "ON CONFLICT (stream, seq) DO UPDATE SET actor = excluded.actor"
        attacker.run(f"INSERT INTO events ({names}) VALUES ({marks}) {over}", *row.values())


def test_putting_an_event_over_another_is_refused(ledger: Settings) -> None:
    with attacking(ledger) as attacker, pytest.raises((sqlite3.IntegrityError, psycopg.IntegrityError)):
        replace_first_event(attacker)
    assert audited(ledger).is_clean


def test_putting_an_event_over_another_is_found_where_nothing_refused_it(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        attacker.disarm()
        replace_first_event(attacker)
    report = audited(ledger)
    assert (Damage.ALTERED_EVENT, "events.actor") in found(report)
    assert report.kinds[Damage.TRIGGER_MISSING] == len(triggers(attacker))
    assert report.exit_code == Damage.ALTERED_EVENT


def test_a_tail_cut_off_is_found_by_the_streams_row(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        stream = stream_of(attacker, "exchange")
        last = events_of(ledger, stream)[-1].seq
        with attacker.unseen():
            attacker.run("DELETE FROM events WHERE stream = ? AND seq > ?", stream, last - 3)
    report = audited(ledger)
    assert report.exit_code == Damage.STREAM_ROW_DIFFERS
    cut = next(finding for finding in report.kept if finding.code is Damage.STREAM_ROW_DIFFERS)
    told = (stream, last - 3, "streams.seq", str(last), str(last - 3))
    assert (cut.stream, cut.seq, cut.column, cut.stored, cut.expected) == told


def test_a_tail_cut_off_with_its_streams_row_is_found_by_what_was_derived(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        stream = stream_of(attacker, "exchange")
        left = events_of(ledger, stream)[:-3]
        with attacker.unseen():
            write_anew(attacker, stream, left)
    report = audited(ledger)
    assert report.exit_code == Damage.PROJECTION_DRIFT
    assert set(report.kinds) == {Damage.PROJECTION_DRIFT}
    assert (Damage.PROJECTION_DRIFT, "exchanges.seq") in found(report)


def test_only_heads_outside_find_a_tail_cut_off_with_all_that_followed_from_it(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")
        write_anew(attacker, stream, events_of(ledger, stream)[:-3])
        put_everything_right(attacker)
    report = audited(ledger)
    assert report.is_clean
    assert ONLY_OUTSIDE in NOT_PROVEN[-1]


def test_only_heads_outside_find_a_stream_written_anew(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")

        def retitled(event: object) -> Draft | None:
            first = getattr(event, "seq", 0) == 1
            payload = {**getattr(event, "payload", {}), "title": "Another cooperation"}
            return Draft("ExchangeDrafted", payload) if first else None

        write_anew(attacker, stream, chained(events_of(ledger, stream), retitled))
        put_everything_right(attacker)
        assert attacker.rows("SELECT count(*) FROM exchanges WHERE title = 'Another cooperation'") == [(1,)]
    assert audited(ledger).is_clean


def test_a_deleted_middle_is_a_gap(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        stream = stream_of(attacker, "exchange")
        with attacker.unseen():
            attacker.run("DELETE FROM events WHERE stream = ? AND seq = 5", stream)
    report = audited(ledger)
    assert report.exit_code == Damage.GAP_OR_DUPLICATE
    gap = next(finding for finding in report.kept if finding.code is Damage.GAP_OR_DUPLICATE)
    assert (gap.stream, gap.seq, gap.column, gap.stored, gap.expected) == (stream, 6, "events.seq", "6", "5")


def test_two_events_that_changed_places_are_altered(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        stream = stream_of(attacker, "exchange")
        with attacker.unseen():
            for old, new in ((5, 500), (6, 5), (500, 6)):
                attacker.run("UPDATE events SET seq = ? WHERE stream = ? AND seq = ?", new, stream, old)
    report = audited(ledger)
    assert report.exit_code == Damage.ALTERED_EVENT
    swapped = [(f.seq, f.stored, f.expected) for f in report.kept if f.column == "events.seq"]
    assert swapped == [(5, "5", "6"), (6, "6", "5")]


def test_an_event_put_at_the_end_is_found_though_its_links_fit(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        last = events_of(ledger, stream_of(attacker, "exchange"))[-1]
        # Inserting is what Minga itself does: no trigger is in the way.
        insert(attacker, "events", row_of(follow(last, Draft("SomethingElse", {"on": "2026-11-23"}))))
    assert audited(ledger).exit_code == Damage.STREAM_ROW_DIFFERS


def test_an_event_put_before_the_first_is_a_gap(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        first = events_of(ledger, stream_of(attacker, "exchange"))[0]
        insert(attacker, "events", row_of(first) | {"seq": 0})
    assert (Damage.GAP_OR_DUPLICATE, "events.seq") in found(audited(ledger))


def test_a_move_the_machine_does_not_know_is_found_though_everything_else_fits(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")
        events = events_of(ledger, stream)
        says = {"move": "close", "from": "execution", "to": "closed", "lifecycle": "completed", "on": "2026-11-23"}
        write_anew(attacker, stream, [*events, follow(events[-1], Draft("StageMoved", says))])
        put_everything_right(attacker)
    report = audited(ledger)
    assert set(report.kinds) == {Damage.MOVE_NOT_ALLOWED}
    assert report.exit_code == Damage.MOVE_NOT_ALLOWED
    (finding,) = report.kept
    assert (finding.seq, finding.stored, finding.expected) == (events[-1].seq + 1, "execution", "feedback")


@pytest.mark.parametrize(
    ("event", "says"),
    [
        ("StageMoved", {"move": "begin_reflection", "from": "commitment", "to": "reflection"}),
        ("StageMoved", {"move": "begin_reflection", "from": "execution", "to": "closed"}),
        ("StageMoved", {"move": "begin_reflection", "from": "execution", "to": "reflection", "lifecycle": "completed"}),
        ("StageMoved", {"move": "begin_feast", "from": "execution", "to": "reflection"}),
        ("LifecycleChanged", {"move": "resume", "from": "execution", "lifecycle": "active"}),
        ("LifecycleChanged", {"move": "suspend", "from": "execution", "lifecycle": "suspended", "to": "closed"}),
        ("StageRecorded", {"to": "closed", "lifecycle": "completed"}),
    ],
)
def test_every_way_of_moving_where_no_move_leads_is_found(ledger: Settings, event: str, says: Row) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")
        events = events_of(ledger, stream)
        forged = follow(events[-1], Draft(event, {**says, "on": "2026-11-23"}))
        write_anew(attacker, stream, [*events, forged])
        put_everything_right(attacker)
    report = audited(ledger)
    assert report.exit_code == Damage.MOVE_NOT_ALLOWED
    assert {(finding.code, finding.seq) for finding in report.kept} == {(Damage.MOVE_NOT_ALLOWED, forged.seq)}


def test_a_step_the_agreements_machine_does_not_know_is_found(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "agreement")
        events = events_of(ledger, stream)
        says = {"step": "open_negotiation", "from": "in_force", "to": "negotiation", "on": "2026-11-23"}
        write_anew(attacker, stream, [*events, follow(events[-1], Draft("AgreementMoved", says))])
        put_everything_right(attacker)
    assert set(audited(ledger).kinds) == {Damage.MOVE_NOT_ALLOWED}


def test_time_that_goes_back_is_found(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        stream = stream_of(attacker, "exchange")
        events = events_of(ledger, stream)
        earlier = follow(events[-1], Draft("Whispered", {}), recorded_at="2026-01-01T00:00:00.000Z")
        write_anew(attacker, stream, [*events, earlier])
        put_everything_right(attacker)
    report = audited(ledger)
    assert report.exit_code == Damage.TIME_GOES_BACK
    assert [finding.column for finding in report.kept] == ["events.recorded_at"]


@pytest.mark.parametrize("table", DERIVED)
def test_a_deleted_row_and_a_row_too_many_are_found(ledger: Settings, table: str) -> None:
    rows, _ = explained(ledger)
    row = rows[table][0]
    key = "id" if "id" in row else next(iter(row))
    with attacking(ledger) as attacker:
        attacker.run(f"DELETE FROM {table} WHERE {' AND '.join(f'{n} = ?' for n in _key(row))}", *_key(row).values())
        gone = audited(ledger)
        insert(attacker, table, row)
        assert audited(ledger).is_clean
        insert(attacker, table, {**row, key: f"{row[key]}x", **_not_unique(row)})
        extra = audited(ledger)
    assert [(f.code, f.column, f.stored) for f in gone.kept] == [(Damage.PROJECTION_DRIFT, table, "(no row)")]
    assert [(f.code, f.column, f.expected) for f in extra.kept] == [(Damage.PROJECTION_DRIFT, table, "(no row)")]


def _key(row: Row) -> Row:
    return {"id": row["id"]} if "id" in row else dict(list(row.items())[:2])


def _not_unique(row: Row) -> Row:
    return {"reference": None} if "reference" in row else {}


def test_a_stream_that_lost_its_row_and_a_row_without_events_are_found(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        stream = stream_of(attacker, "exchange")
        attacker.run("DELETE FROM streams WHERE id = ?", stream)
        insert(attacker, "streams", {"id": "exchange/nothing", "kind": "exchange", "seq": 1, "tip": "0" * 64})
    report = audited(ledger)
    assert report.exit_code == Damage.STREAM_ROW_DIFFERS
    assert sorted(finding.stream for finding in report.kept) == sorted([stream, "exchange/nothing"])


def test_the_flow_may_be_folded_or_not_but_must_add_up(ledger: Settings) -> None:
    with attacking(ledger) as attacker, attacker.unseen():
        deleted = attacker.run("DELETE FROM flow WHERE country = '*'")
    report = audited(ledger)
    assert deleted == report.kinds[Damage.PROJECTION_DRIFT] == 1
    (finding,) = report.kept
    assert (finding.column, finding.stored, finding.expected) == ("flow_base.delta", "0", "1")


def test_a_counter_that_would_give_a_reference_twice_is_found(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        attacker.run("UPDATE counters SET last = 0 WHERE kind = 'AGR'")
    assert found(audited(ledger)) == {(Damage.PROJECTION_DRIFT, "counters.last")}


def test_an_altered_paper_and_a_missing_one_are_told_apart(ledger: Settings) -> None:
    (file,) = ledger.papers.rglob("*.pdf")
    file.write_bytes(b"%PDF-1.7 a paper as somebody wished it were")
    altered = audited(ledger)
    file.unlink()
    missing = audited(ledger)
    assert altered.exit_code == missing.exit_code == Damage.FILE_MISSING_OR_ALTERED
    assert [f.column for f in (*altered.kept, *missing.kept)] == ["papers.sha256", "papers.sha256"]
    assert (missing.kept[0].stored, missing.kept[0].expected) == ("(missing)", file.stem)
    assert altered.kept[0].expected == file.stem


def test_a_sealed_value_that_is_gone_without_a_decision_is_missing(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        assert attacker.run("DELETE FROM sealed") == 2
    report = audited(ledger)
    assert report.exit_code == Damage.SEALED_VALUE_DIFFERS
    assert [(one.column, one.stored, one.expected) for one in report.kept] == [
        ("sealed.name", "(nothing)", "a value")
    ] * 2
    assert all("no decision erased it" in one.text for one in report.kept)
    assert report.read["sealed values erased by decision"] == 0


def test_a_value_that_a_decision_erased_and_that_is_there_all_the_same_is_found(ledger: Settings) -> None:
    with desk_on(ledger, began=LATER) as desk:
        erase_values(desk)
    report = audited(ledger)
    assert (report.is_clean, report.read["sealed values erased by decision"]) == (True, 2)
    with attacking(ledger) as attacker:
        ((stream, seq),) = attacker.rows(
            "SELECT stream, seq FROM events WHERE type = 'SignatoryListed' ORDER BY seq LIMIT 1"
        )
        attacker.run("INSERT INTO sealed VALUES (?, ?, 'name', 'Bruno', ?)", stream, seq, b"salt")
    told = [one.text for one in audited(ledger).kept]
    assert any("was erased by decision, and is there" in text for text in told)


def erase_values(desk: Desk) -> None:
    """What the decision of two officers does to every sealed value of the ledger."""

    def work(connection: Connection) -> None:
        places = [SealedPlace(row.stream, row.seq, row.field) for row in connection.execute(select(sealed))]
        act = Act.now(desk, connection, ANA.actor)
        record_events(act, stream_of_erasure("e"), GENESIS, [tell_values(places)])
        connection.execute(sealed.delete())

    desk.store.write(work)


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_a_damaged_file_is_told_and_stops_nothing(ledger: Settings) -> None:
    file = ledger.data / "minga.db"
    with attacking(ledger) as attacker:
        attacker.run("PRAGMA wal_checkpoint(TRUNCATE)")
        ((page,),) = attacker.rows("SELECT rootpage FROM sqlite_master WHERE name = 'sqlite_autoindex_events_1'")
        ((size,),) = attacker.rows("PRAGMA page_size")
    content = bytearray(file.read_bytes())
    content[(page - 1) * size : page * size] = bytes(size)
    file.write_bytes(content)
    assert audited(ledger).exit_code == Damage.DATABASE_DAMAGED


def test_the_audit_sees_one_moment_while_others_write(ledger: Settings) -> None:
    stop = threading.Event()
    with attacking(ledger) as attacker:
        exchange = stream_of(attacker, "exchange").partition("/")[2]

    def write() -> None:
        with desk_on(ledger, began=LATER) as desk:
            while not stop.is_set():
                state_fact(desk, PAULA, exchange, "contribution", {"party": "PE", "none": True})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        reports = [audited(ledger) for _ in range(6)]
    finally:
        stop.set()
        writer.join()
    assert [report.kept for report in reports] == [[]] * 6
    assert reports[-1].read["events"] > reports[0].read["events"]


def test_a_clock_that_was_put_back_does_not_take_the_ledger_back(ledger: Settings) -> None:
    with attacking(ledger) as attacker:
        exchange = stream_of(attacker, "exchange").partition("/")[2]
    last = events_of(ledger, f"exchange/{exchange}")[-1].recorded_at
    with desk_on(ledger, began=EARLIER) as desk:
        state_fact(desk, PAULA, exchange, "contribution", {"party": "PE", "none": True})
    assert events_of(ledger, f"exchange/{exchange}")[-1].recorded_at == last
    assert audited(ledger).is_clean
