# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The chain: drafts become events, each holding the hash of the one before; and its check."""

import json
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any

from ledger.canonical import (
    NotCanonical,
    accepted,
    canonical_bytes,
    canonical_text,
    quoted,
    spelled,
    utf8,
)
from ledger.event import GENESIS, Draft, Event, Tip
from ledger.findings import Damage, Finding

# Every column of `events` but the two derived from these, in canonical order.
HASHED = (
    "actor",
    "occurred_at",
    "on_behalf_of",
    "payload",
    "previous",
    "programme_version",
    "recorded_at",
    "seq",
    "stream",
    "type",
    "v",
)


class UnsealedDraft(ValueError):
    """A draft still holds clear values that belong in the table `sealed`."""

    code = "ledger.unsealed"


def extend(
    stream: str,
    tip: Tip,
    drafts: Sequence[Draft],
    *,
    actor: str,
    on_behalf_of: str | None,
    occurred_at: str,
    recorded_at: str,
    programme_version: str | None,
) -> tuple[Event, ...]:
    """The drafts as the events that follow `tip`. Raises NotCanonical, UnsealedDraft."""
    who = None if on_behalf_of is None else quoted(on_behalf_of)
    version = None if programme_version is None else quoted(programme_version)
    opening = f'{{"actor":{quoted(actor)},"occurred_at":{quoted(occurred_at)},"on_behalf_of":{who or "null"},"payload":'
    middle = f'","programme_version":{version or "null"},"recorded_at":{quoted(recorded_at)},"seq":'
    events: list[Event] = []
    for draft in drafts:
        if draft.sealed:
            raise UnsealedDraft(f"{draft.type} holds clear values of {', '.join(sorted(draft.sealed))}")
        seq = tip.seq + 1
        payload = accepted(draft.payload)
        text = spelled(payload)
        closing = f'{middle}{seq},"stream":{quoted(stream)},"type":{quoted(draft.type)},"v":{draft.v}}}'
        # Spliced rather than encoded whole: the payload is spelled once, for its own column and for
        # the hash.
        canonical = utf8(f'{opening}{text},"previous":"{tip.hash}{closing}')
        tip_hash = sha256(canonical).hexdigest()
        events.append(
            Event(
                stream=stream,
                seq=seq,
                type=draft.type,
                v=draft.v,
                payload=payload,
                actor=actor,
                on_behalf_of=on_behalf_of,
                occurred_at=occurred_at,
                recorded_at=recorded_at,
                programme_version=programme_version,
                previous=tip.hash,
                canonical=canonical,
                hash=tip_hash,
                payload_text=text,
            )
        )
        tip = Tip(seq, tip_hash)
    return tuple(events)


def verify_stream(events: Iterable[Event]) -> Iterator[Finding]:
    """Everything wrong with one stream, given all its events in order of seq.

    A chain alone cannot show that its newest events were cut off, nor that all of it was written
    anew: `verify_tip` and the heads held elsewhere do.
    """
    before: Event | None = None
    for event in events:
        yield from _altered(event)
        yield from _misplaced(event, before)
        before = event


def verify_tip(stream: str, stored: Tip | None, last: Tip) -> Iterator[Finding]:
    """Whether the row of `streams` (None: it is gone) says what the last event says."""
    if stored is None:
        text = "the stream has events but no row"
        yield Finding(Damage.STREAM_ROW_DIFFERS, stream, last.seq, "id", "", stream, text)
        return
    if stored.seq != last.seq:
        text = f"the stream's row counts {stored.seq} events, the ledger holds {last.seq}"
        yield Finding(Damage.STREAM_ROW_DIFFERS, stream, last.seq, "seq", str(stored.seq), str(last.seq), text)
    elif stored.hash != last.hash:
        text = "the stream's row names another last event"
        yield Finding(Damage.STREAM_ROW_DIFFERS, stream, last.seq, "tip", stored.hash, last.hash, text)


def _altered(event: Event) -> Iterator[Finding]:
    """Each column that differs from the canonical bytes, and bytes that differ from their hash."""
    computed = sha256(event.canonical).hexdigest()
    if event.hash != computed:
        yield _altered_finding(event, "hash", event.hash, computed)
    said = _parsed(event.canonical)
    if said is None:
        text = "the canonical bytes are not the canonical form of an event"
        yield _finding(Damage.ALTERED_EVENT, event, "canonical", _shown(event.canonical), "", text)
        return
    for column in HASHED:
        stored, expected = _stored(event, column), said[column]
        if column == "payload":
            expected = canonical_text(expected)
        if stored != expected or type(stored) is not type(expected):
            yield _altered_finding(event, column, stored, expected)


def _stored(event: Event, column: str) -> Any:
    return event.payload_text if column == "payload" else getattr(event, column)


def _parsed(canonical: bytes) -> dict[str, Any] | None:
    """The fields that canonical bytes hold; None when they are no event in canonical form."""
    try:
        said = json.loads(canonical)
        sound = isinstance(said, dict) and tuple(said) == HASHED and canonical_bytes(said) == canonical
    except (ValueError, NotCanonical, RecursionError):
        return None
    return said if sound else None


def _misplaced(event: Event, before: Event | None) -> Iterator[Finding]:
    """Gaps and duplicates, broken links, and time that goes back."""
    tip = before.tip if before else GENESIS
    if event.seq != tip.seq + 1:
        kind = "appears twice" if event.seq == tip.seq else f"does not follow event {tip.seq}"
        text = f"event {event.seq} {kind}"
        yield _finding(Damage.GAP_OR_DUPLICATE, event, "seq", str(event.seq), str(tip.seq + 1), text)
    # Beside a gap there is nothing to compare with. An event whose hash and bytes disagree was
    # reported as altered, and whichever of the two was left alone still carries the link.
    elif event.previous not in (tip.hash, sha256(before.canonical).hexdigest() if before else tip.hash):
        text = f"event {event.seq} does not hold the hash of event {tip.seq}"
        yield _finding(Damage.BROKEN_LINK, event, "previous", event.previous, tip.hash, text)
    if before and event.recorded_at < before.recorded_at:
        text = f"event {event.seq} was recorded before event {before.seq}"
        yield _finding(Damage.TIME_GOES_BACK, event, "recorded_at", event.recorded_at, before.recorded_at, text)


def _finding(code: Damage, event: Event, column: str, stored: str, expected: str, text: str) -> Finding:
    return Finding(code, event.stream, event.seq, column, stored, expected, text)


def _altered_finding(event: Event, column: str, stored: object, expected: object) -> Finding:
    text = f"column {column} of event {event.seq} was altered"
    return _finding(Damage.ALTERED_EVENT, event, column, _shown(stored), _shown(expected), text)


def _shown(value: object) -> str:
    """A value for a person to read, at most 200 characters."""
    text = value.decode(errors="backslashreplace") if isinstance(value, bytes) else str(value)
    return text if len(text) <= 200 else text[:199] + "…"
