# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga register`: what was done outside the ordinary way, and what is still owed, for programs and for people."""

import csv
import io
from pathlib import Path

import pytest

from minga.exits import Exit
from storage.store import Store
from tests.cast import ANA
from tests.house import House, furnish
from tests.minga.calling import Terminal, terminal


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


@pytest.fixture
def house(minga: Terminal, url: str) -> House:
    """A house in which Ana has waived a need of a match, on 23 November of a year that is over wherever this runs."""
    store = Store.open(url)
    furnished = furnish(store, minga.data)
    furnished.clock.now = furnished.clock.now.replace(year=2024)
    furnished.state(ANA, furnished.matched(), "waiver", code="benches_word", reason="=late")
    store.close()
    return furnished


def test_the_exceptions_are_told_to_programs_to_people_and_as_a_file(minga: Terminal, house: House) -> None:
    (told,) = minga.told("register", "exceptions")["items"]
    assert (told["kind"], told["what"], told["reason"]) == ("waiver", "benches_word", "=late")
    assert "benches_word; =late" in minga("register", "exceptions")[1]
    (row,) = csv.DictReader(io.StringIO(minga("register", "exceptions", "--csv")[1]))
    assert row["reason"] == "'=late"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("--from", "2024-11-23", "--to", "2024-11-23"), 1),
        (("--from", "2024-11-24"), 0),
        (("--from", "2024-11-01", "--to", "2199-12-31"), 1),
        (("--to", "2024-11-22"), 0),
        (("--country", "pe"), 1),
        (("--country", "CO"), 0),
        (("--kind", "waiver"), 1),
        (("--kind", "lapse"), 0),
        (("--officer", ANA.actor.person), 1),
        (("--officer", "somebody-else"), 0),
    ],
)
def test_they_are_asked_by_period_country_officer_and_kind(
    minga: Terminal, house: House, asked: tuple[str, ...], found: int
) -> None:
    assert len(minga.told("register", "exceptions", *asked)["items"]) == found


@pytest.mark.parametrize("asked", [("--kind", "waivers"), ("--from", "2026-13-01"), ("--to", "soon")])
def test_what_cannot_be_meant_is_refused_and_not_taken_for_an_empty_register(
    minga: Terminal, asked: tuple[str, str]
) -> None:
    ended, out, err = minga("register", "exceptions", *asked)
    assert (ended, out) == (Exit.USAGE, "")
    assert asked[1] in err


def test_a_country_that_there_is_not_is_refused(minga: Terminal, house: House) -> None:
    assert minga.refused("register", "exceptions", "--country", "zz")[:2] == (Exit.REFUSED, "country.unknown")
    assert minga.refused("register", "exceptions", "--country", "per")[:2] == (Exit.REFUSED, "country.unknown")
    assert minga.refused("register", "exceptions", "--country", "zz", "--csv")[:2] == (Exit.REFUSED, "country.unknown")


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--from", "2024-11-23", "--to", "2024-11-22"), "day.reversed"),
        (("--from", "2199-12-31"), "day.in_the_future"),
    ],
)
def test_a_period_in_which_nothing_can_have_been_recorded_is_refused(
    minga: Terminal, house: House, asked: tuple[str, ...], code: str
) -> None:
    for more in ((), ("--csv",)):
        assert minga.refused("register", "exceptions", *asked, *more)[:2] == (Exit.REFUSED, code)


def test_nothing_is_owed_in_an_empty_house(minga: Terminal) -> None:
    assert minga.told("register", "follow-up")["items"] == []
    for register in ("exceptions", "follow-up", "practices"):
        assert minga("register", register) == (Exit.OK, "\n", "Nothing stands in this register.\n")
