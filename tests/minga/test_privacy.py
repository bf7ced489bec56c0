# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga privacy` and `minga register`: a person's data and erasure, and the registers, at the terminal."""

import csv
from pathlib import Path

import pytest

from minga.exits import Exit
from people.actors import Actor, Role
from services.asking import Asking
from services.desk import Desk
from services.privacy.erasure import ask_erasure
from storage.store import Store
from tests.minga.calling import Terminal, terminal
from tests.minga.test_exchange import offered


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


def test_a_persons_data_is_written_and_their_erasure_takes_two(minga: Terminal, url: str, tmp_path: Path) -> None:
    made = minga.told("token", "create", "Bruno", "--role", "focal_point", "--party", "BR")
    ended, out, _ = minga("privacy", "export", made["person"])
    assert (ended, '"name": "Bruno"' in out, made["secret"] in out) == (Exit.OK, True, False)
    asked = minga.told("privacy", "erase", made["person"], "--reason", "at their own request")
    assert (asked["status"], asked["person"]) == ("asked", made["person"])
    assert minga.refused("privacy", "decide", asked["erasure"])[1] == "erasure.same_officer"
    store = Store.open(url)
    second = ask_erasure(Desk(store, tmp_path), Asking(Actor("ana", Role.SECRETARIAT)), made["person"], "the same")
    store.close()
    assert minga.told("privacy", "decide", second["erasure"])["status"] == "decided"
    assert sorted(one["status"] for one in minga.told("privacy", "erasures")["items"]) == ["asked", "decided"]
    assert minga.refused("privacy", "export", "nobody")[:2] == (Exit.NOT_FOUND, "not_found")
    assert minga("audit", "verify")[0] == Exit.OK


def test_the_registers_are_read_at_the_terminal(minga: Terminal) -> None:
    reference = offered(minga)
    minga.told("exchange", "state", reference, "waiver", "code=benches_word", "reason=-the seats are vacant")
    page = minga.told("register", "exceptions")
    assert [(one["kind"], one["officer"]) for one in page["items"]] == [("waiver", "operator")]
    assert minga.told("register", "exceptions", "--kind", "lapse")["items"] == []
    assert minga.told("register", "exceptions", "--country", "pe")["items"] == []
    ended, out, _ = minga("register", "exceptions", "--csv")
    assert (ended, [row["reason"] for row in csv.DictReader(out.splitlines())]) == (Exit.OK, ["'-the seats are vacant"])
    minga.told("exchange", "state", reference, "measure", "title=Train inspectors", "on=2027-01-01")
    assert [one["title"] for one in minga.told("register", "follow-up")["items"]] == ["Train inspectors"]
    assert "Train inspectors" in minga("register", "follow-up")[1]
    assert minga.told("register", "practices", "--status", "published")["items"] == []
    assert "waiver" in minga("register", "exceptions")[1]


def test_what_came_by_telephone_is_entered_in_the_countrys_name(minga: Terminal) -> None:
    reference = offered(minga)
    said = ("activity_planned", "title=First mission", "mode=virtual")
    behalf = ("--on-behalf-of", "br", "--came-by", "telephone", "--received-on", "2026-01-05")
    minga.told("exchange", "state", reference, *said, *behalf)
    last = minga.told("exchange", "history", reference)["items"][-1]
    assert (last["on_behalf_of"], last["payload"]["came"]) == ("BR", {"by": "telephone", "on": "2026-01-05"})
    (one,) = minga.told("register", "exceptions")["items"]
    assert (one["kind"], one["party"], one["answer"]) == ("on_behalf", "BR", "waiting")
    assert minga.refused("exchange", "state", reference, *said, "--on-behalf-of", "BR")[1] == "entry.malformed"
    minga.told("exchange", "move", reference, "withdraw", "--reason", "no longer", *behalf)
