# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import json
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import LARGEST, NotCanonical
from ledger.chain import HASHED, UnsealedDraft, extend, verify_stream, verify_tip
from ledger.event import GENESIS, Draft, Event, Tip
from ledger.findings import Damage
from tests.ledger.streams import STREAM, altered, draft, events, told

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
PAYLOADS = st.dictionaries(
    st.text(st.characters(max_codepoint=127), max_size=10),
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | WORDS | st.lists(WORDS),
    max_size=5,
)


def kinds(stream: list[Event] | tuple[Event, ...]) -> set[Damage]:
    return {finding.code for finding in verify_stream(stream)}


@given(PAYLOADS, WORDS, st.none() | WORDS, st.none() | WORDS)
def test_the_spliced_bytes_are_the_canonical_bytes_of_every_column(
    payload: dict[str, Any], actor: str, party: str | None, version: str | None
) -> None:
    (event,) = extend(
        STREAM,
        Tip(6, "ab" * 32),
        [Draft("Said", payload, v=3)],
        actor=actor,
        on_behalf_of=party,
        occurred_at="2026-11-23T08:00:00.000Z",
        recorded_at="2026-11-23T09:00:00.000Z",
        programme_version=version,
    )
    said = json.loads(event.canonical)
    assert tuple(said) == HASHED
    assert rfc8785.dumps(said) == event.canonical
    assert said["payload"] == event.payload == json.loads(event.payload_text)
    assert (said["seq"], said["v"], said["type"], said["previous"]) == (7, 3, "Said", "ab" * 32)
    assert event.hash == sha256(event.canonical).hexdigest()


def test_every_event_holds_the_hash_of_the_one_before_it() -> None:
    stream = events(4)
    assert [event.seq for event in stream] == [1, 2, 3, 4]
    assert stream[0].previous == GENESIS.hash
    assert all(later.previous == earlier.hash for earlier, later in pairwise(stream))
    assert not kinds(stream)


def test_a_stream_continues_where_it_stopped() -> None:
    first = events(2)
    second = told([draft(3), draft(4)], first[-1].tip)
    assert first + second == events(4)


def test_a_draft_with_clear_values_of_persons_is_refused() -> None:
    with pytest.raises(UnsealedDraft):
        told([Draft("ContactNamed", {"party": "BR"}, sealed={"name": "Bruno"})])


def test_a_payload_that_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(NotCanonical):
        told([Draft("Said", {"share": 0.5})])


ALTERATIONS = {
    "stream": "exchange/other",
    "seq": 7,
    "type": "OfferPublished",
    "v": 2,
    "payload_text": '{"item":"lesson-2","told_by":"PE","weight":2}',
    "actor": "somebody else",
    "on_behalf_of": None,
    "occurred_at": "2026-11-22T08:00:00.000Z",
    "recorded_at": "2026-11-23T09:00:00.001Z",
    "programme_version": None,
    "previous": "1" * 64,
    "canonical": b"{}",
    "hash": "f" * 64,
}


@pytest.mark.parametrize("column", sorted(ALTERATIONS))
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_an_edit_of_any_one_column_is_found_and_named(column: str, seq: int) -> None:
    stream = altered(events(3), seq, **{column: ALTERATIONS[column]})
    found = [finding for finding in verify_stream(stream) if finding.code == Damage.ALTERED_EVENT]
    assert column.removesuffix("_text") in {finding.column for finding in found}


def test_a_finding_tells_what_is_stored_and_what_should_be() -> None:
    (finding,) = verify_stream(altered(events(3), 2, actor="somebody else"))
    assert (finding.stream, finding.seq, finding.column) == (STREAM, 2, "actor")
    assert (finding.stored, finding.expected) == ("somebody else", events(1)[0].actor)


def test_one_and_true_are_not_the_same() -> None:
    (finding,) = verify_stream(altered(events(2), 1, v=True))
    assert finding.column == "v"


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_flip_of_any_byte_of_the_canonical_bytes_is_found(place: int, flip: int) -> None:
    (event,) = events(1)
    mutated = bytearray(event.canonical)
    mutated[place % len(mutated)] ^= flip
    assert Damage.ALTERED_EVENT in kinds([replace(event, canonical=bytes(mutated))])


def rehashed(event: Event, **columns: Any) -> Event:
    """As someone would forge it: the columns, the bytes and the hash agree."""
    said = {**json.loads(event.canonical), **columns}
    canonical = rfc8785.dumps(said)
    text = rfc8785.dumps(said["payload"]).decode()
    names = {name: value for name, value in columns.items() if name != "payload"}
    return replace(
        event,
        **names,
        payload=said["payload"],
        payload_text=text,
        canonical=canonical,
        hash=sha256(canonical).hexdigest(),
    )


def test_an_event_forged_with_its_own_hash_breaks_the_link_of_the_next() -> None:
    one, two, three = events(3)
    stream = [one, rehashed(two, actor="somebody else"), three]
    assert [(finding.code, finding.seq) for finding in verify_stream(stream)] == [(Damage.BROKEN_LINK, 3)]


def test_the_newest_event_forged_with_its_own_hash_is_found_only_by_the_streams_row() -> None:
    one, two = events(2)
    forged = rehashed(two, actor="somebody else")
    assert not kinds([one, forged])
    (finding,) = verify_tip(STREAM, two.tip, forged.tip)
    assert (finding.code, finding.column) == (Damage.STREAM_ROW_DIFFERS, "tip")


@pytest.mark.parametrize("gone", [1, 2, 3])
def test_a_deleted_event_leaves_a_gap(gone: int) -> None:
    stream = [event for event in events(4) if event.seq != gone]
    assert kinds(stream) == {Damage.GAP_OR_DUPLICATE}


def test_a_deleted_tail_is_found_by_the_streams_row() -> None:
    stream = events(4)
    assert not kinds(stream[:3])
    (finding,) = verify_tip(STREAM, stream[3].tip, stream[2].tip)
    assert (finding.code, finding.column) == (Damage.STREAM_ROW_DIFFERS, "seq")
    assert (finding.stored, finding.expected) == ("4", "3")


def test_a_stream_without_its_row_is_found_and_a_right_row_is_not() -> None:
    last = events(2)[-1].tip
    assert [finding.code for finding in verify_tip(STREAM, None, last)] == [Damage.STREAM_ROW_DIFFERS]
    assert not list(verify_tip(STREAM, last, last))


def test_a_duplicate_is_found() -> None:
    one, two = events(2)
    assert kinds([one, two, two]) == {Damage.GAP_OR_DUPLICATE}


def test_events_in_another_order_are_found() -> None:
    one, two, three = events(3)
    assert Damage.GAP_OR_DUPLICATE in kinds([one, three, two])


def test_an_event_of_another_past_breaks_the_link() -> None:
    one, two = events(2)
    (other,) = told([draft(9)])
    (elsewhere,) = told([draft(2)], other.tip)
    assert two.seq == elsewhere.seq
    assert kinds([one, elsewhere]) == {Damage.BROKEN_LINK}


def test_time_that_goes_back_is_found() -> None:
    first = events(2)
    earlier = told([draft(3)], first[-1].tip, recorded_at="2026-11-23T08:59:59.999Z")
    (finding,) = verify_stream(first + earlier)
    assert (finding.code, finding.seq) == (Damage.TIME_GOES_BACK, 3)
