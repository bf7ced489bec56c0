# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding rows: what each line of a sheet says by its profile, and everything that keeps a line out. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from cycle.countries import alpha_3
from cycle.words import Stage, place
from ledger.canonical import canonical_bytes
from services.importing.faults import Fault
from services.importing.parties import Gazetteer, Named
from services.importing.profiles import Profile, Stands
from services.importing.sheets import Line, Sheet

A_DAY = date(2026, 11, 23)
EARLIEST = date(1945, 1, 1)
DAMAGED = re.compile(
    "[^\\W\\d_]\\?[^\\W\\d_]|\ufffd|[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|Ã[\x80-\xbf]|Â[\xa0-\xbf]"
    "|^#(?:REF!|VALUE!|NAME\\?|N/A|NULL!|NUM!|DIV/0!)$"
)
"""A question mark inside a word, the replacement character, control characters, UTF-8 read as Latin-1, a spreadsheet's error."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line understood.

    plain: its columns in the clear · sealed: the others · flags: what is remarkable, with its columns or words
    cooperation: what it shares with sibling rows, when there are any
    """

    number: int
    key: str
    title: str
    provider: Named
    requester: Named
    provider_institution: str
    institution: str
    start: str | None
    end: str | None
    stands: Stands
    plain: Mapping[str, str]
    sealed: Mapping[str, str]
    flags: Mapping[str, str]
    cooperation: str | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the plain columns. The sealed ones are left out: a digest without salt would betray them."""
        return sha256(canonical_bytes(pairs(self.plain))).hexdigest()


def pairs(cells: Mapping[str, str]) -> list[list[str]]:
    """Columns and cells side by side, in order: a column's name may be any text, a key of the ledger's JSON may not."""
    return [[name, text] for name, text in cells.items()]


@dataclass(frozen=True, slots=True)
class Understood:
    """The rows that can be used, and what is wrong with the others."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def understand(sheet: Sheet, profile: Profile, gazetteer: Gazetteer, today: str) -> Understood:
    """Every line of a sheet, judged on a day. Every fault of every line is told."""
    missing = [column for column in profile.columns.named().values() if column not in sheet.header]
    if missing:
        return Understood(
            (), tuple(Fault("import.column_missing", "no such column", 1, c) for c in sorted(set(missing)))
        )
    reader = _Reader(profile, gazetteer, today, frozenset(profile.plain_columns(sheet.header)))
    read = [reader.read(line) for line in sheet.lines]
    twice = _said_twice(read)
    faults = [fault for one in read for fault in one.faults] + twice
    unusable = {fault.row for fault in faults}
    rows = [one.row for one in read if one.row is not None and one.row.number not in unusable]
    return Understood(tuple(_with_siblings(rows, profile)), tuple(sorted(faults, key=lambda f: f.row or 0)))


@dataclass(frozen=True, slots=True)
class _Read:
    row: Row | None
    faults: tuple[Fault, ...]
    number: int
    key: str


def _said_twice(read: Iterable[_Read]) -> list[Fault]:
    """Rows with the same key: which one is meant is not ours to say, so none is used."""
    times = Counter(one.key for one in read if one.key)
    told = "another row has the same key: {}"
    return [Fault("import.key_twice", told.format(one.key), one.number) for one in read if times[one.key] > 1]


def _with_siblings(rows: Sequence[Row], profile: Profile) -> list[Row]:
    """Rows that share provider and both days are one programme of cooperation."""
    shared = Counter(_cooperation(row) for row in rows)
    return [
        replace(row, cooperation=f"{profile.name}/{key}") if (key := _cooperation(row)) and shared[key] > 1 else row
        for row in rows
    ]


def _cooperation(row: Row) -> str | None:
    return f"{row.provider.party}/{row.start}/{row.end}" if row.start and row.end else None


class _Reader:
    """Reads lines by one profile, on one day."""

    def __init__(self, profile: Profile, gazetteer: Gazetteer, today: str, plain: frozenset[str]) -> None:
        self.profile = profile
        self.gazetteer = gazetteer
        self.today = today
        self.plain = plain

    def read(self, line: Line) -> _Read:
        said = _Said(self, line)
        key, title = said.needed("key"), said.needed("title")
        provider, requester = said.party("provider"), said.party("requester")
        stands = said.status()
        start, end = said.day("start"), said.day("end")
        if stands:
            said.check_days(stands, start, end)
        if provider and requester and provider.party == requester.party:
            said.fault("import.parties_alike", f"{provider.party} would cooperate with itself", "provider")
        if said.faults or not (provider and requester and stands):
            return _Read(None, tuple(said.faults), line.number, key)
        row = Row(
            line.number,
            key,
            title,
            provider,
            requester,
            said.text("provider_institution"),
            said.text("institution"),
            start,
            end,
            stands,
            {name: text for name, text in line.cells.items() if name in self.plain},
            {name: text for name, text in line.cells.items() if name not in self.plain and text},
            self._flags(line, provider, requester, stands, end),
        )
        return _Read(row, (), line.number, key)

    def _flags(
        self, line: Line, provider: Named, requester: Named, stands: Stands, end: str | None
    ) -> Mapping[str, str]:
        damaged = [name for name, text in line.cells.items() if name in self.plain and DAMAGED.search(text)]
        wrong = [named.wrong_code for named in (provider, requester) if named.wrong_code]
        passed = stands.lifecycle in ("active", "suspended") and end is not None and end < self.today
        flags = {
            "text_damaged": ", ".join(damaged),
            "country_code_wrong": ", ".join(wrong),
            "planned_end_passed": (end or "") if passed else "",
        }
        return {flag: about for flag, about in flags.items() if about}


class _Said:
    """What one line says, with its faults as they are found."""

    def __init__(self, reader: _Reader, line: Line) -> None:
        self.reader = reader
        self.line = line
        self.faults: list[Fault] = list(line.faults)

    def fault(self, code: str, text: str, what: str) -> None:
        self.faults.append(Fault(code, text, self.line.number, self._column(what)))

    def _column(self, what: str) -> str | None:
        column: str | None = getattr(self.reader.profile.columns, what)
        return column

    def text(self, what: str) -> str:
        column = self._column(what)
        return self.line.cells[column].strip() if column else ""

    def needed(self, what: str) -> str:
        if not self.text(what):
            self.fault(f"import.{what}_missing", f"every row has its {what}", what)
        return self.text(what)

    def party(self, side: str) -> Named | None:
        said = self.text(side) or getattr(self.reader.profile.always, side) or ""
        code = self.text(f"{side}_code")
        found = self.reader.gazetteer.find(said, code)
        if found is None:
            unknown = said or code
            country = alpha_3().get(unknown.upper())
            hint = f"; the country is {country}" if country else ""
            self.fault("import.country_unknown", f"{unknown!r} is no country or party this profile knows{hint}", side)
        return found

    def status(self) -> Stands | None:
        said = self.text("status")
        stands = self.reader.profile.status.get(said)
        if stands is None:
            known = ", ".join(self.reader.profile.status)
            self.fault("import.status_unknown", f"{said!r} is none of: {known}", "status")
        return stands

    def day(self, what: str) -> str | None:
        said = self.text(what)
        if not said:
            return None
        try:
            day = _day(said, self.reader.profile.days)
        except ValueError:
            like = A_DAY.strftime(self.reader.profile.days)
            self.fault("import.day_invalid", f"{said!r} is no day of the calendar, written like {like}", what)
            return None
        if day < EARLIEST:
            self.fault("import.day_invalid", f"{said} lies before {EARLIEST}", what)
        return day.isoformat()

    def check_days(self, stands: Stands, start: str | None, end: str | None) -> None:
        began = place(stands.stage, self.reader.profile.door) >= place(Stage.EXECUTION, self.reader.profile.door)
        if start and end and end < start:
            self.fault("import.end_before_start", f"it ends on {end} and starts on {start}", "end")
        if began and start and start > self.reader.today:
            self.fault("import.start_in_the_future", f"it stands in {stands.stage} and starts on {start}", "start")
        if stands.stage == Stage.CLOSED and end and end > self.reader.today:
            self.fault("import.end_in_the_future", f"it is completed and ends on {end}", "end")


def _day(said: str, form: str) -> date:
    """A day in the profile's own form, or in ISO's, which is how a workbook's days are read."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return datetime.strptime(said, form).date()  # noqa: DTZ007 - a day has no time zone
