# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga person`: people added, listed and let in again on the server, and a glass broken loudly."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minga.exits import Exit
from people.actors import Actor, Role
from services.asking import Asking
from services.desk import Desk
from services.rosters.people import add_person
from services.rosters.roles import propose_role
from services.sign_in import entering, links, sessions
from services.sign_in.entering import Came
from storage.store import Store
from tests.minga.calling import Terminal, terminal

ANA = "ana@example.org"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def minga(url: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    return terminal(url, tmp_path, capfd, monkeypatch)


def test_the_first_officer_is_added_listed_and_let_in_by_a_letter(minga: Terminal, tmp_path: Path) -> None:
    made = minga.told("person", "add", ANA, "--name", "Ana", "--officer")
    (listed,) = minga.told("person", "list")["items"]
    assert (listed["person"], listed["email"], listed["name"]) == (made["person"], ANA, "Ana")
    ended, _, err = minga("person", "link", ANA)
    assert (ended, "letters lie in" in err) == (Exit.OK, True)
    assert len(list(tmp_path.rglob("*.eml"))) == 1


def test_a_list_of_nobody_says_so(minga: Terminal) -> None:
    assert minga("person", "list") == (Exit.OK, "\n", "Nobody can sign in yet.\n")
    assert minga("person", "proposals") == (Exit.OK, "\n", "No role waits for a second person.\n")
    assert minga("privacy", "erasures") == (Exit.OK, "\n", "No erasure was asked for.\n")


def test_an_address_is_added_once_and_nobodys_is_not_found(minga: Terminal) -> None:
    minga.told("person", "add", ANA, "--name", "Ana")
    assert minga.refused("person", "add", ANA, "--name", "Ana")[1] == "person.exists"
    for verb in ("link", "break-glass", "reset-codes"):
        assert minga.refused("person", verb, "nobody@example.org")[:2] == (Exit.NOT_FOUND, "not_found")


def test_a_password_is_given_and_its_weakness_told(minga: Terminal, url: str, tmp_path: Path) -> None:
    person = minga.told("person", "add", ANA, "--name", "Ana")["person"]
    weak = minga.refused("person", "password", ANA, "--password", "password2026!")
    assert weak[:2] == (Exit.REFUSED, "password.too_common")
    assert minga.told("person", "password", ANA, "--password", "nine mules cross the bridge") == {"person": person}
    assert minga.told("person", "reset-codes", ANA) == {"person": person}


def piped(minga: Terminal, what: str | None, *more: str) -> subprocess.CompletedProcess[str]:
    """`minga person password`, in a session of its own that has no terminal; None: not even an open stdin."""
    command = [sys.executable, "-m", "minga", "--data", str(minga.data), "person", "password", ANA, *more]
    closing = ["sh", "-c", 'exec "$@" <&-', "sh"] if what is None else []
    return subprocess.run(
        [*closing, *command], input=what, cwd=ROOT, capture_output=True, text=True, start_new_session=True, check=False
    )


def test_without_a_terminal_a_password_is_the_line_that_comes_in(minga: Terminal) -> None:
    person = minga.told("person", "add", ANA, "--name", "Ana")["person"]
    given = piped(minga, "nine mules cross the bridge\n", "--json")
    assert (given.returncode, json.loads(given.stdout), given.stderr) == (Exit.OK, {"person": person}, "")
    for nothing in ("", None):
        none = piped(minga, nothing)
        assert (none.returncode, none.stdout) == (Exit.USAGE, "")
        assert "Error: a password is asked for at a terminal, or comes as a line of stdin; none came" in none.stderr


def test_a_password_that_is_no_text_is_refused(minga: Terminal) -> None:
    minga.told("person", "add", ANA, "--name", "Ana")
    given = minga.refused("person", "password", ANA, "--password", "\udcffnine mules cross the bridge")
    assert given[:2] == (Exit.REFUSED, "password.malformed")


def test_a_broken_glass_shows_a_link_that_works_once(minga: Terminal, url: str) -> None:
    minga.told("person", "add", ANA, "--name", "Ana", "--officer")
    ended, out, err = minga("person", "break-glass", ANA)
    assert (ended, "THE GLASS IS BROKEN" in err, out.count("\n")) == (Exit.OK, True, 1)
    assert f"{links.PATH}?key=" in out


def test_the_glass_is_not_broken_for_somebody_who_is_no_officer(minga: Terminal) -> None:
    minga.told("person", "add", ANA, "--name", "Ana")
    assert minga.refused("person", "break-glass", ANA)[:2] == (Exit.REFUSED, "person.not_an_officer")


def test_a_link_of_a_broken_glass_lets_in_on_the_same_database(minga: Terminal, url: str, tmp_path: Path) -> None:
    minga.told("person", "add", ANA, "--name", "Ana", "--officer")
    key = minga.told("person", "break-glass", ANA)["link"].partition("key=")[2]
    store = Store.open(url)
    desk = Desk(store, tmp_path)
    session = sessions.resume(desk, entering.with_link(desk, Came("127.0.0.1", "?"), key))
    assert (session.name, session.lacks) == ("Ana", "enrol")
    store.close()


def test_the_operator_grants_the_second_officer_whom_the_first_proposed(minga: Terminal, url: str) -> None:
    """Nobody else could: the only officer is not the second person for what they proposed."""
    first = minga.told("person", "add", ANA, "--name", "Ana", "--officer")["person"]
    ana = Asking(Actor(first, Role.SECRETARIAT))
    with Desk(Store(url), data=minga.data) as desk:
        aldo = add_person(desk, ana, name="Aldo", email="aldo@example.org")["person"]
        proposed = propose_role(desk, ana, aldo, "secretariat")
    (waiting,) = minga.told("person", "proposals")["items"]
    assert (waiting["role"], waiting["name"], waiting["status"]) == (proposed["role"], "Aldo", "proposed")
    assert f"{proposed['role']}  secretariat  Aldo" in minga("person", "proposals")[1]
    granted = minga.told("person", "grant", proposed["role"])
    assert (granted["status"], granted["second"]) == ("granted", "operator")
    assert minga.told("person", "proposals") == {"items": []}


def test_the_operator_is_no_second_person_where_a_party_or_the_secretariat_has_one(minga: Terminal, url: str) -> None:
    first = minga.told("person", "add", ANA, "--name", "Ana", "--officer")["person"]
    ana = Asking(Actor(first, Role.SECRETARIAT))
    with Desk(Store(url), data=minga.data) as desk:
        bruno = add_person(desk, ana, party="BR", name="Bruno", email="bruno@example.org")["person"]
        proposed = propose_role(desk, ana, bruno, "focal_point", party="BR")
    refused = minga.refused("person", "grant", proposed["role"])
    assert refused == (Exit.REFUSED, "role.second_of_secretariat", ["role.second_of_secretariat"])
    assert minga.refused("person", "grant", "nothing")[:2] == (Exit.NOT_FOUND, "not_found")
