# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Bringing a register in: one permission check, every row judged first, then one transaction for all of them.

All or nothing: docs/decisions/0006-imports.md says why a file is one transaction, and how large one may be.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from cycle.programme import Programme
from cycle.standing import Standing
from people.policy import can
from services.act import Act
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import require
from services.importing.faults import ImportRefused
from services.importing.known import Known, known
from services.importing.parties import Gazetteer
from services.importing.profiles import Profile, profile_for, profile_named
from services.importing.rows import Row, Understood, understand
from services.importing.sheets import Sheet, load, read_sheet
from services.importing.telling import told
from services.recording import open_exchange
from storage import counters
from storage.errors import RunAgain


def import_file(
    desk: Desk,
    asking: Asking,
    path: Path,
    *,
    profile: str | None = None,
    dry_run: bool = False,
    skip_unusable: bool = False,
) -> Answer:
    """Brings a CSV or XLSX file in. Without `profile` the built-in one that reads its columns.

    Answers {profile, programme, attribution, dry_run, rows, new, unchanged, changed, left_out}; `changed` rows are
    listed with the columns that differ and stay as they are. Raises Refused, ImportRefused, ProfileRefused, NotFound.
    """
    require(can(asking.actor, "import.run"))
    raw = load(path)
    chosen = profile_named(profile) if profile else None
    sheet = read_sheet(raw, delimiter=chosen.delimiter if chosen else ",", sheet=chosen.sheet if chosen else None)
    return import_sheet(
        desk, asking, sheet, chosen or profile_for(sheet.header), dry_run=dry_run, skip_unusable=skip_unusable
    )


def import_sheet(
    desk: Desk, asking: Asking, sheet: Sheet, profile: Profile, *, dry_run: bool = False, skip_unusable: bool = False
) -> Answer:
    """Brings the rows of a sheet in: all of them, or none (with `skip_unusable`: those that can be used)."""
    with desk.store.read() as connection:
        programme = desk.programme(connection, profile.programme)
        moment = desk.moment(programme)
        understood = understand(sheet, profile, Gazetteer.of(profile, programme), moment.occurred_on)
        _refuse_unusable(understood, skip_unusable=skip_unusable)
        if dry_run:
            return _answer(profile, understood, known(connection, _sources(profile, understood)), {}, dry_run=True)

    def work(connection: Connection) -> Answer:
        before = known(connection, _sources(profile, understood))
        fresh = [row for row in understood.rows if profile.source_key(row.key) not in before]
        act = Act(desk, connection, asking.actor, desk.moment(programme))
        made = _bring_in(act, programme, profile, fresh)
        return _answer(profile, understood, before, made, dry_run=False)

    return ask(desk, asking, {"import": profile.name, "rows": [row.fingerprint for row in understood.rows]}, work)


def _refuse_unusable(understood: Understood, *, skip_unusable: bool) -> None:
    about_the_file = [fault for fault in understood.faults if fault.code == "import.column_missing"]
    if about_the_file or (understood.faults and not skip_unusable):
        raise ImportRefused(about_the_file or understood.faults)


def _sources(profile: Profile, understood: Understood) -> list[str]:
    return [profile.source_key(row.key) for row in understood.rows]


def _bring_in(act: Act, programme: Programme, profile: Profile, rows: Sequence[Row]) -> dict[str, Standing]:
    """Opens an exchange for each row; by key, where it stands. Runs again when a rival was first."""
    made: dict[str, Standing] = {}
    prefix = programme.document["reference_prefix"]
    for row in rows:
        reference = counters.take_reference(act.connection, prefix, act.moment.recorded_at)
        # The counter's row is ours now: whoever brings the same file in has finished, or waits for it.
        if not made and known(act.connection, [profile.source_key(one.key) for one in rows]):
            raise RunAgain(f"rows of {profile.name} were brought in at the same time")
        made[row.key] = open_exchange(act, programme, told(programme, profile, row, reference, act.moment))
    return made


def _answer(
    profile: Profile, understood: Understood, before: dict[str, Known], made: dict[str, Standing], *, dry_run: bool
) -> dict[str, Any]:
    new: list[dict[str, Any]] = []
    unchanged: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for row in understood.rows:
        one = before.get(profile.source_key(row.key))
        listing = new if one is None else unchanged if one.fingerprint == row.fingerprint else changed
        listing.append(_row_told(row, one, made.get(row.key)))
    return {
        "profile": profile.name,
        "programme": profile.programme,
        "attribution": profile.attribution,
        "dry_run": dry_run,
        "rows": len(understood.rows) + len({fault.row for fault in understood.faults}),
        "new": new,
        "unchanged": unchanged,
        "changed": changed,
        "left_out": [fault.as_dict() for fault in understood.faults],
    }


def _row_told(row: Row, one: Known | None, standing: Standing | None) -> dict[str, Any]:
    """What became of one row. In a dry run a new row has no exchange and no reference yet."""
    where = one or standing
    return {
        "row": row.number,
        "key": row.key,
        "title": row.title,
        "stage": row.stands.stage.value,
        "lifecycle": row.stands.lifecycle.value,
        "flags": sorted(row.flags),
        "cooperation_programme": row.cooperation,
        "exchange": where.exchange if where else None,
        "reference": where.reference if where else None,
        "columns": one.differing(row) if one and one.fingerprint != row.fingerprint else [],
    }
