# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import Connection, delete, insert, update

from ledger.chain import verify_stream
from ledger.event import GENESIS, Draft, Event, Tip
from ledger.sealing import SealedRow, seal_drafts
from storage.errors import ChangedMeanwhile
from storage.store import Store
from storage.streams import (
    PAGE,
    StreamRow,
    all_streams,
    append,
    lock,
    read_sealed,
    read_stream,
)
from storage.tables import events as events_table
from storage.tables import sealed, streams
from tests.ledger.streams import STREAM, draft, events, told

OTHER = "agreement/0193a5f0-0000-7000-8000-000000000002"


def stored(store: Store, stream: str = STREAM) -> tuple[Event, ...]:
    with store.read() as connection:
        return tuple(read_stream(connection, stream))


def test_events_are_read_as_they_were_appended(store: Store) -> None:
    first, second = events(3), told([draft(4)], events(3)[-1].tip, on_behalf_of=None)
    store.write(lambda connection: append(connection, first))
    store.write(lambda connection: append(connection, second))
    assert stored(store) == first + second
    assert not list(verify_stream(stored(store)))


def test_a_range_of_a_stream_can_be_read(store: Store) -> None:
    store.write(lambda connection: append(connection, events(5)))
    with store.read() as connection:
        assert tuple(read_stream(connection, STREAM, after=1, up_to=3)) == events(5)[1:3]
        assert tuple(read_stream(connection, STREAM, after=5)) == ()


def test_a_long_stream_is_read_over_many_pages(store: Store) -> None:
    long = events(2 * PAGE + 1)
    store.write(lambda connection: append(connection, long))
    assert stored(store) == long


def test_the_streams_row_names_the_last_event(store: Store) -> None:
    store.write(lambda connection: append(connection, events(3)))
    with store.read() as connection:
        assert list(all_streams(connection)) == [
            StreamRow(STREAM, "exchange", events(3)[-1].tip),
        ]


def test_locking_tells_the_tips_and_genesis_for_a_stream_without_events(store: Store) -> None:
    store.write(lambda connection: append(connection, events(2)))
    tips = store.write(lambda connection: lock(connection, [STREAM, OTHER]))
    assert tips == {STREAM: events(2)[-1].tip, OTHER: GENESIS}


def test_events_of_several_streams_are_appended_together(store: Store) -> None:
    both = (*events(2), *told([draft(1)], stream=OTHER))
    store.write(lambda connection: append(connection, both))
    assert stored(store) == events(2)
    assert stored(store, OTHER) == both[2:]


@pytest.mark.parametrize(
    ("tip", "expected"),
    [(GENESIS, 0), (events(1)[-1].tip, 1), (Tip(2, "f" * 64), 2), (Tip(9, "f" * 64), 9)],
    ids=["already begun", "behind", "same number, another past", "ahead"],
)
def test_events_that_follow_another_tip_are_refused_and_nothing_is_written(
    store: Store, tip: Tip, expected: int
) -> None:
    store.write(lambda connection: append(connection, events(2)))
    late = told([draft(7)], tip)
    elsewhere = told([draft(1)], stream=OTHER)
    with pytest.raises(ChangedMeanwhile) as changed:
        store.write(lambda connection: append(connection, (*elsewhere, *late)))
    assert (changed.value.stream, changed.value.expected_seq) == (STREAM, expected)
    assert changed.value.code == "storage.changed_meanwhile"
    assert stored(store) == events(2)
    assert stored(store, OTHER) == ()


def test_sealed_values_lie_beside_their_events_and_can_be_erased(store: Store) -> None:
    drafts, rows = seal_drafts(STREAM, GENESIS, [Draft("ContactNamed", {"party": "BR"}, sealed={"name": "Bruno"})])
    written = told(drafts)
    store.write(lambda connection: append(connection, written, rows))
    with store.read() as connection:
        assert read_sealed(connection, STREAM) == rows
    store.write(lambda connection: connection.execute(delete(sealed)))
    with store.read() as connection:
        assert read_sealed(connection, STREAM) == ()
    assert not list(verify_stream(stored(store)))
    assert stored(store) == written


def test_a_sealed_row_holds_bytes_and_text(store: Store) -> None:
    row = SealedRow(STREAM, 1, "name", "Niñez", bytes(range(16)))
    store.write(lambda connection: append(connection, events(1), [row]))
    with store.read() as connection:
        assert read_sealed(connection, STREAM) == (row,)


def test_of_eight_writers_on_one_tip_exactly_one_wins(store: Store) -> None:
    store.write(lambda connection: append(connection, events(1)))
    together = Barrier(8)

    def rival(number: int) -> bool:
        mine = told([draft(100 + number)], events(1)[-1].tip)
        together.wait()
        try:
            store.write(lambda connection: append(connection, mine))
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(rival, range(8)))
    assert sum(won) == 1
    assert [event.seq for event in stored(store)] == [1, 2]


def test_of_eight_writers_that_begin_one_stream_exactly_one_wins(store: Store) -> None:
    together = Barrier(8)

    def rival(number: int) -> bool:
        together.wait()
        try:
            store.write(lambda connection: append(connection, told([draft(number)])))
        except ChangedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(rival, range(8))) == 1
    assert len(stored(store)) == 1


def test_writers_that_lock_first_all_succeed_one_after_the_other(store: Store) -> None:
    store.write(lambda connection: append(connection, events(1)))

    def tell(number: int) -> None:
        def work(connection: Connection) -> None:
            tip = lock(connection, [STREAM, OTHER])[STREAM]
            append(connection, told([draft(number)], tip))

        store.write(work)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tell, range(2, 26)))
    assert [event.seq for event in stored(store)] == list(range(1, 26))
    assert not list(verify_stream(stored(store)))


def test_a_row_whose_payload_is_no_longer_json_can_still_be_read_and_is_found(
    store: Store,
) -> None:
    written = events(1)[0]
    columns = {column.name: getattr(written, column.name) for column in events_table.columns}
    damaged = {**columns, "payload": "no longer JSON"}
    store.write(lambda connection: connection.execute(insert(events_table), damaged))
    (event,) = stored(store)
    assert event.payload == {}
    (finding,) = verify_stream([event])
    assert (finding.column, finding.stored) == ("payload", "no longer JSON")


def test_streams_are_listed_in_ascending_id(store: Store) -> None:
    names = [f"exchange/{number:04}" for number in range(PAGE + 2)]
    rows = [{"id": name, "kind": "exchange", "seq": 1, "tip": "a"} for name in reversed(names)]
    store.write(lambda connection: connection.execute(insert(streams), rows))
    store.write(lambda connection: connection.execute(update(streams).values(tip="b")))
    with store.read() as connection:
        listed = list(all_streams(connection))
    assert [row.id for row in listed] == names
    assert {row.tip for row in listed} == {Tip(1, "b")}
