# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One stream under the eye of the audit: chain, row, sealed values, moves, and all that is derived from it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unicodedata import is_normalized

from ledger.canonical import canonical_text
from ledger.chain import verify_stream, verify_tip
from ledger.event import GENESIS, Event, Tip
from ledger.findings import Damage, Finding
from ledger.sealing import SealedRow, verify_sealed
from observatory.audit.drift import drift, with_digests
from observatory.audit.erasures import Place
from observatory.audit.finding import of_table, shown, shown_both
from observatory.audit.moves import move_not_allowed, opening_not_allowed, step_not_allowed
from observatory.audit.rules import DAMAGED, Rules
from observatory.audit.walking import DERIVED, Visit
from observatory.derived import AgreementFolding, ExchangeFolding, Folding, Rows, folding_of
from storage.flow import FlowKey


class Examination:
    """Examines one stream while its events pass by, once; afterwards it knows what they explain."""

    def __init__(self, visit: Visit, rules: Rules, erased: frozenset[Place] = frozenset()) -> None:
        self._visit = visit
        self._rules = rules
        self._erased = erased
        self._aside: list[Finding] = []
        self._stopped: tuple[int, str] | None = None
        self._held = _by_event(visit.sealed)
        self._event: Event | None = None
        self.folding: Folding = folding_of(visit.stream, rules.zone)
        self.tip = GENESIS
        self.events = 0
        self.sealed_held = len(visit.sealed)
        self.sealed_gone = 0
        self.rows: Rows = {}

    def findings(self) -> Iterator[Finding]:
        """Everything wrong with the stream."""
        for finding in verify_stream(self._passing()):
            yield of_table(_with_whole_payload(finding, self._event), "events")
        self._conclude()
        yield from self._row()
        yield from self._aside
        yield from self._orphans()
        yield from self._drift()

    @property
    def flow(self) -> dict[FlowKey, int]:
        """What the stream adds to the flow."""
        return dict(self.folding.flow) if isinstance(self.folding, ExchangeFolding) else {}

    def _passing(self) -> Iterator[Event]:
        for event in self._visit.events:
            self._event, self.tip, self.events = event, event.tip, self.events + 1
            self._aside += self._sealed(event)
            self._fold(event)
            yield event

    def _fold(self, event: Event) -> None:
        if self._stopped:
            return
        try:
            self._aside += self._moves(event)
            self.folding.add(event)
        except DAMAGED as error:
            self._stopped = (event.seq, f"{type(error).__name__}: {error}")

    def _conclude(self) -> None:
        """The rows that all events together explain; forged contents may fold and still give none."""
        try:
            self.rows = {} if self._stopped else self.folding.rows()
        except DAMAGED as error:
            self._stopped = (self.tip.seq, f"{type(error).__name__}: {error}")

    def _moves(self, event: Event) -> Iterator[Finding]:
        folding = self.folding
        if isinstance(folding, ExchangeFolding):
            before = folding.standing
            if before is None:
                yield from opening_not_allowed(event)
                return
            programme = self._rules.programme(before.programme, before.programme_version)
            if programme is not None:
                yield from move_not_allowed(programme, before, event)
        elif isinstance(folding, AgreementFolding) and folding.standing is not None:
            yield from step_not_allowed(folding.standing, event)

    def _row(self) -> Iterator[Finding]:
        row, stream = self._visit.row, self._visit.stream
        if row is None and not self.events:
            return
        if row is not None and row["kind"] != stream.partition("/")[0]:
            expected = stream.partition("/")[0]
            text = "the stream's row names another kind than its id"
            yield _stream_finding(stream, self.tip.seq, "streams.kind", row["kind"], expected, text)
        if row is not None and not self.events:
            text = f"the stream's row counts {row['seq']} events, and there is none"
            yield _stream_finding(stream, 0, "streams.seq", row["seq"], 0, text)
            return
        stored = None if row is None else Tip(row["seq"], row["tip"])
        for finding in verify_tip(stream, stored, self.tip):
            yield of_table(finding, "streams")

    def _sealed(self, event: Event) -> Iterator[Finding]:
        held = self._held.pop(event.seq, {})
        digests = {
            name for name, value in event.payload.items() if isinstance(value, dict) and set(value) == {"sealed"}
        }
        for name in sorted(digests):
            yield from self._decided(event, name, is_held=name in held)
        for row in held.values():
            yield from _opened(event, row)

    def _decided(self, event: Event, name: str, *, is_held: bool) -> Iterator[Finding]:
        """Erased by decision, or missing: the ledger tells the two apart."""
        decided = Place(event.seq, name) in self._erased
        self.sealed_gone += decided and not is_held
        if decided == (not is_held):
            return
        text = "was erased by decision, and is there" if decided else "is missing, and no decision erased it"
        where = (self._visit.stream, event.seq, f"sealed.{shown(name)}")
        stored, expected = ("a value", "(nothing)") if decided else ("(nothing)", "a value")
        told = f"the sealed {shown(name)} of event {event.seq} {text}"
        yield Finding(Damage.SEALED_VALUE_DIFFERS, *where, stored, expected, told)

    def _orphans(self) -> Iterator[Finding]:
        for seq, rows in self._held.items():
            for name in rows:
                text = f"a sealed {shown(name)} for event {seq}, which does not exist"
                yield Finding(Damage.SEALED_VALUE_DIFFERS, self._visit.stream, seq, "sealed", shown(name), "", text)

    def _drift(self) -> Iterator[Finding]:
        if self._stopped:
            seq, error = self._stopped
            text = f"event {seq} cannot be folded, so no row of this stream was compared ({error})"
            where = ("events.payload", shown(error), "an event that folds")
            yield Finding(Damage.PROJECTION_DRIFT, self._visit.stream, seq, *where, text)
            return
        for table in DERIVED:
            stored: list[Any] = self._visit.rows[table]
            if table == "programmes":
                stored = [with_digests(row) for row in stored]
            yield from drift(table, self._visit.stream, self.tip.seq, stored, self.rows.get(table, ()))


def _by_event(rows: list[dict[str, Any]]) -> dict[int, dict[str, SealedRow]]:
    held: dict[int, dict[str, SealedRow]] = {}
    for row in rows:
        held.setdefault(row["seq"], {})[row["field"]] = SealedRow(**{**row, "salt": bytes(row["salt"])})
    return held


def _with_whole_payload(finding: Finding, event: Event | None) -> Finding:
    """The ledger cuts long payloads at their end; shown are the places where they begin to differ."""
    if event is None or finding.column != "payload":
        return finding
    said = canonical_text(json.loads(event.canonical)["payload"])
    stored, expected = shown_both(event.payload_text, said)
    return replace(finding, stored=stored, expected=expected)


def _opened(event: Event, row: SealedRow) -> Iterator[Finding]:
    """The stored value is, to the byte, what was sealed; bytes that are no composed text never were."""
    sound = is_normalized("NFC", row.value) and not any("\ud800" <= char <= "\udfff" for char in row.value)
    if sound:
        for finding in verify_sealed(event, [row]):
            yield of_table(finding, "sealed")
        return
    text = f"the sealed {shown(row.field)} of event {row.seq} is not the value that was sealed"
    yield Finding(Damage.SEALED_VALUE_DIFFERS, row.stream, row.seq, f"sealed.{shown(row.field)}", "", "", text)


def _stream_finding(stream: str, seq: int, column: str, stored: Any, expected: Any, text: str) -> Finding:
    return Finding(Damage.STREAM_ROW_DIFFERS, stream, seq, column, shown(stored), shown(expected), text)
