# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The flows by themselves, without a server; what their duties do is told in tests/services."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flows import house
from flows.beat import beat, do_duty
from flows.house import HouseClosed
from flows.papers import papers
from minga.settings import read
from services.beat import DUTIES
from services.desk import Desk
from services.opening import open_desk
from storage.migrate import migrate


@pytest.fixture
def open_house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Desk]:
    """A migrated, empty house, opened as `minga.heartbeat` opens the real one."""
    settings = read({}, data=tmp_path)
    migrate(settings.database_url)
    monkeypatch.setattr(house, "_openers", [])
    house.opens_with(lambda: open_desk(settings))
    return lambda: open_desk(settings)


@pytest.mark.usefixtures("open_house")
@pytest.mark.parametrize("name", DUTIES)
def test_in_an_empty_house_every_duty_finds_nothing_to_do(name: str) -> None:
    assert do_duty.fn(name) == 0


def test_a_flow_refuses_to_begin_where_nobody_opened_the_house(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(house, "_openers", [])
    with pytest.raises(HouseClosed):
        house.open_desk()


def test_both_flows_are_asynchronous_and_so_wait_for_no_heartbeat_thread() -> None:
    assert beat.isasync
    assert papers.isasync
