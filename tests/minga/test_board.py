# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga board`: the figures of any day, for programs and for people."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from minga.exits import Exit
from tests.minga.calling import Terminal, terminal
from tests.minga.test_exchange import drafted, offered


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


def test_the_board_counts_by_stage(minga: Terminal) -> None:
    assert minga.told("board")["total"] == 0
    drafted(minga)
    offered(minga)
    told = minga.told("board")
    assert told["total"] == sum(told["stages"].values()) == 2
    assert {stage: n for stage, n in told["stages"].items() if n} == {"draft": 1, "offer": 1}
    assert told["specimens"]["total"] == 0
    assert set(told) == {"total", "stages", "lifecycles", "as_of", "known_on", "country", "specimens"}


def test_the_past_holds_nothing_and_was_not_known(minga: Terminal) -> None:
    offered(minga)
    today = date.fromisoformat(minga.told("board")["as_of"])
    yesterday = (today - timedelta(days=1)).isoformat()
    for option in ("--as-of", "--known-on"):
        assert minga.told("board", option, yesterday)["total"] == 0
        assert minga.told("board", option, today.isoformat())["total"] == 1
        assert minga.refused("board", option, (today + timedelta(days=1)).isoformat())[:2] == (
            Exit.REFUSED,
            "day.in_the_future",
        )
    assert minga("board", "--as-of", "2026-02-30")[0] == Exit.USAGE


def test_the_board_of_a_country_or_a_programme(minga: Terminal) -> None:
    offered(minga)
    assert [minga.told("board", "--country", code)["total"] for code in ("BR", "br", "PE")] == [1, 1, 0]
    assert minga.refused("board", "--country", "XX")[:2] == (Exit.REFUSED, "country.unknown")
    assert "a country by its code: PER is PE" in minga("board", "--country", "PER")[2]
    assert minga.told("board", "--programme", "regional-initiative")["total"] == 1
    assert minga.refused("board", "--programme", "elsewhere")[:2] == (Exit.NOT_FOUND, "not_found")


def test_people_read_a_table_with_bars(minga: Terminal) -> None:
    offered(minga)
    ended, out, err = minga("board")
    assert (ended, err) == (Exit.OK, "")
    assert "offer               1  ▪" in out
    assert "total               1  1 active" in out
