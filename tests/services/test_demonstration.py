# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The demonstration: an empty house looks like a full one, once, and never like a real one."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from cycle.words import Stage
from observatory.window_registers import see_waiting
from people.actors import Actor, Role
from services.cases.player import walk
from services.demonstration import VARIATIONS, cases, ensure
from services.desk import Desk
from services.programmes import ensure_built_in
from services.sign_in.looking_around import CAST
from storage import streams
from storage.store import Store
from storage.tables import exchanges, flow, outbox, persons

LATE_2026 = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    """An empty house of November 2026, on each kind of database."""
    return furnished(store, tmp_path)


@pytest.fixture
def other(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """Another empty house."""
    folder = tmp_path / "other"
    folder.mkdir()
    store = Store.open(f"sqlite:///{shutil.copyfile(sqlite_template, folder / 'minga.db')}")
    yield furnished(store, folder)
    store.close()


def furnished(store: Store, folder: Path) -> Desk:
    desk = Desk(store, folder, clock=lambda: LATE_2026)
    ensure_built_in(desk)
    return desk


def stood(desk: Desk) -> list[tuple[str, str, str | None, str | None]]:
    """Stage, lifecycle, day of entry and due day of every exchange."""
    columns = (exchanges.c.stage, exchanges.c.lifecycle, exchanges.c.entered_on, exchanges.c.due_on)
    with desk.store.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def tips(desk: Desk) -> dict[str, str]:
    with desk.store.read() as connection:
        return {row.id: row.tip.hash for row in streams.all_streams(connection) if row.kind != "programme"}


def test_an_empty_house_is_filled_once(desk: Desk) -> None:
    assert ensure(desk) == 3 + len(VARIATIONS)
    before = tips(desk)
    assert ensure(desk) == 0
    assert tips(desk) == before


def test_somebody_stands_in_every_stage_and_some_are_late(desk: Desk) -> None:
    ensure(desk)
    active = [row for row in stood(desk) if row[1] == "active"]
    assert {row[0] for row in active} == {*Stage} - {Stage.CLOSED}
    assert sum(1 for row in stood(desk) if row[0] == Stage.CLOSED) == 4
    late = [row for row in active if row[3] is not None and row[3] < LATE_2026.date().isoformat()]
    assert 3 <= len(late) <= len(active) / 2
    ended = {row[1] for row in stood(desk)}
    assert ended == {"active", "suspended", "withdrawn", "expired", "terminated", "completed"}


def test_the_demonstration_is_the_same_in_every_house(desk: Desk, other: Desk) -> None:
    assert ensure(desk) == ensure(other)
    assert tips(desk) == tips(other)


def test_every_exchange_is_a_specimen_and_none_counts_in_the_figures(desk: Desk) -> None:
    ensure(desk)
    with desk.store.read() as connection:
        assert set(connection.scalars(select(exchanges.c.specimen))) == {1}
        assert set(connection.scalars(select(exchanges.c.origin))) == {"demonstration"}
        assert connection.scalar(select(func.count()).where(flow.c.specimen == 0)) == 0
        assert connection.scalar(select(func.count()).where(persons.c.specimen == 0)) == 0


def test_something_waits_for_the_answer_of_each_focal_point_one_may_look_around_as(desk: Desk) -> None:
    ensure(desk)
    focal_points = [one for one in CAST.values() if one.role is Role.FOCAL_POINT]
    assert focal_points
    for one in focal_points:
        assert see_waiting(desk, Actor("nobody", one.role, one.party)) == 1


def test_papers_are_left_to_whoever_draws_them(desk: Desk) -> None:
    ensure(desk)
    with desk.store.read() as connection:
        owed = connection.scalar(select(func.count()).where(outbox.c.done_at.is_(None)))
    assert owed == 24


def test_earlier_in_time_only_what_had_begun_is_told(desk: Desk) -> None:
    early = replace(desk, clock=lambda: datetime(2024, 4, 1, 12, tzinfo=UTC))
    began = [case for case in cases() if case.file.steps[0].on.isoformat() < "2024-04-01"]
    assert ensure(early) == len(began)
    assert max(row[2] for row in stood(desk) if row[2]) < "2024-04-01"


def test_a_house_with_an_exchange_is_left_as_it_is(desk: Desk) -> None:
    walk(desk, next(cases()))
    assert ensure(desk) == 0
    assert len(stood(desk)) == 1


def test_a_house_with_real_people_is_left_as_it_is(desk: Desk) -> None:
    row = {"id": "aldo", "name": "Aldo", "kind": "person", "specimen": 0, "created_at": desk.now()}
    desk.store.write(lambda connection: connection.execute(insert(persons), row).rowcount)
    assert ensure(desk) == 0
