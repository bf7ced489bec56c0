# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Erasing a person: two officers, nothing left of the name but on signed papers, and a chain that is whole."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, make_url, select

from notifications.letters import Written
from notifications.mail import Post
from observatory.audit import take_stock
from people.actors import OPERATOR, Actor, Role
from people.erasure import SealedPlace
from services.asking import Asking
from services.errors import NotFound, Refused
from services.exchanges import state_fact
from services.mail import FOLDER
from services.privacy.erasure import StillActs, ask_erasure, decide_erasure, erasures
from services.tokens import TokenRefused, authenticate, create_token
from storage.store import Store
from storage.tables import passwords, persons, roles, sealed, sessions
from tests.cast import ALDO, ANA, BRUNO
from tests.house import House, furnish
from tests.journey import reach
from tests.services.whole import everything

ANA_SECOND = Asking(Actor("ana-2", Role.SECRETARIAT))
CONTACT = "Write to Bruno Souza, bruno@example.org"


def known(
    house: House, person: str = "bruno", name: str = "Bruno Souza", email: str | None = "bruno@example.org"
) -> str:
    row = {"id": person, "name": name, "kind": "person", "specimen": 0, "created_at": house.desk.now(), "email": email}
    house.desk.store.write(lambda connection: connection.execute(insert(persons), row).rowcount)
    return person


def with_a_contact(house: House, contact: str = CONTACT) -> str:
    exchange = house.offered()
    state_fact(house.desk, BRUNO, exchange, "sheet", {"side": "offer", "contact": contact})
    return exchange


def rows(house: House, table: Any) -> list[Any]:
    with house.desk.store.read() as connection:
        return list(connection.execute(select(table)))


def erased(house: House, person: str = "bruno") -> dict[str, Any]:
    asked = ask_erasure(house.desk, ANA, person, "at their own request")
    return dict(decide_erasure(house.desk, ANA_SECOND, str(asked["erasure"])))


def test_the_name_the_address_and_every_sealed_value_that_holds_them_go(house: House) -> None:
    known(house)
    with_a_contact(house)
    done = erased(house)
    assert (done["status"], done["values"], done["kept"]) == ("decided", 1, 0)
    (row,) = rows(house, persons)
    assert (row.name, row.email, row.erased_at) == ("", None, house.desk.now())
    assert rows(house, sealed) == []


def test_letters_to_them_that_lie_here_go_and_those_to_others_stay(house: House) -> None:
    known(house)
    post = Post(house.desk.data / FOLDER, "minga@localhost")
    for letter, to in (("1", "bruno@example.org"), ("2", "paula@example.org")):
        post.send(letter, to, Written("Your link", "Bruno Souza, …", "<p>…</p>"), house.desk.now())
    erased(house)
    assert [path.name for path in post.folder.iterdir()] == ["2.eml"]


def test_not_a_byte_of_the_name_stays_in_a_file_of_the_database(sqlite_url: str, tmp_path: Path) -> None:
    store = Store.open(sqlite_url)
    house = furnish(store, tmp_path)
    known(house)
    with_a_contact(house)
    erased(house)
    store.close()
    file = Path(str(make_url(sqlite_url).database))
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
    assert [said for said in (b"Bruno Souza", b"bruno@example.org") if said in kept] == []


def test_the_chain_stays_whole_and_the_audit_says_erased_by_decision(house: House) -> None:
    known(house)
    with_a_contact(house)
    erased(house)
    report = take_stock(house.desk.store, house.desk.papers)
    assert (report.is_clean, report.exit_code, report.read["sealed values erased by decision"]) == (True, 0, 1)


def test_a_first_name_inside_another_word_is_no_name(house: House) -> None:
    known(house, "ana-p", "Ana", None)
    with_a_contact(house, "Write to Susana, or to the Banana office")
    with_a_contact(house, "Write to ANA!")
    assert erased(house, "ana-p")["values"] == 1
    assert [row.value for row in rows(house, sealed)] == ["Write to Susana, or to the Banana office"]


def test_values_that_hold_no_name_go_when_they_are_named(house: House) -> None:
    known(house)
    exchange = with_a_contact(house, "the tall one on the second floor")
    (row,) = rows(house, sealed)
    place = SealedPlace(f"exchange/{exchange}", row.seq, "contact")
    asked = ask_erasure(house.desk, ANA, "bruno", "at their own request", [place])
    assert asked["values"] == 1
    decide_erasure(house.desk, ANA_SECOND, str(asked["erasure"]))
    assert rows(house, sealed) == []
    assert take_stock(house.desk.store, house.desk.papers).is_clean


def test_nobody_erases_alone(house: House) -> None:
    known(house)
    asked = ask_erasure(house.desk, ANA, "bruno", "at their own request")
    with pytest.raises(Refused) as error:
        decide_erasure(house.desk, ANA, str(asked["erasure"]))
    assert error.value.code == "erasure.same_officer"
    assert rows(house, persons)[0].name == "Bruno Souza"
    assert [(one.status, one.person, one.values) for one in erasures(house.desk, ANA)] == [("asked", "bruno", 0)]
    decide_erasure(house.desk, ANA_SECOND, str(asked["erasure"]))
    (one,) = erasures(house.desk, ANA)
    assert (one.status, one.asked_by, one.decided_by) == ("decided", "ana", "ana-2")
    with pytest.raises((Refused, NotFound)):
        decide_erasure(house.desk, Asking(OPERATOR), str(asked["erasure"]))


@pytest.mark.parametrize("who", [BRUNO, ALDO])
def test_only_officers_erase(house: House, who: Asking) -> None:
    known(house, "somebody", "Somebody", None)
    with pytest.raises(Refused):
        ask_erasure(house.desk, who, "somebody", "no reason")
    with pytest.raises(Refused):
        erasures(house.desk, who)


def test_whoever_erases_says_why_and_whom(house: House) -> None:
    known(house)
    with pytest.raises(Refused) as error:
        ask_erasure(house.desk, ANA, "bruno", "  ")
    assert error.value.code == "erasure.reason_missing"
    with pytest.raises(NotFound):
        ask_erasure(house.desk, ANA, "nobody", "at their own request")
    with pytest.raises(NotFound):
        decide_erasure(house.desk, ANA, "nothing")


@pytest.mark.parametrize(
    "reason",
    ["bruno asked", "SOUZA has left", "as José Bruno asked us", "write to Bruno@Example.org", "since Jose wants it"],
)
def test_a_reason_stays_for_ever_so_it_names_nobody(house: House, reason: str) -> None:
    known(house, name="José Bruno de Souza")
    before = everything(house.desk)
    with pytest.raises(Refused) as error:
        ask_erasure(house.desk, ANA, "bruno", reason)
    assert error.value.code == "erasure.reason_names"
    assert everything(house.desk) == before


def test_a_reason_may_hold_what_names_are_made_of(house: House) -> None:
    known(house, name="José Bruno de Souza")
    assert (
        ask_erasure(house.desk, ANA, "bruno", "de su puño y letra, por correo: brunosouzas.example")["status"]
        == "asked"
    )


def test_whoever_is_erased_is_signed_out_and_their_tokens_end(house: House) -> None:
    made = create_token(house.desk, OPERATOR, "Bruno's program", role="focal_point", party="BR")
    now, person = house.desk.now(), made.person
    said = {
        "person": person,
        "means": "password",
        "strong": 0,
        "device": "a browser",
        "created_at": now,
        "seen_at": now,
    }
    session = {"id": "s", "secret_hash": "x", **said, "expires_at": now}
    house.desk.store.write(lambda c: c.execute(insert(sessions), session).rowcount)
    house.desk.store.write(
        lambda c: c.execute(insert(passwords), {"person": person, "hash": "argon2id", "changed_at": now}).rowcount
    )
    erased(house, person)
    assert (rows(house, sessions), rows(house, passwords)) == ([], [])
    with pytest.raises(TokenRefused):
        authenticate(house.desk, made.secret)


def test_whoever_holds_a_role_is_not_erased_until_it_ended(house: House) -> None:
    known(house)
    role = {"id": "r", "roster": "x", "person": "bruno", "role": "focal_point", "status": "granted", "seq": 1}
    told = {"proposed_by": "ana", "proposed_at": house.desk.now()}
    house.desk.store.write(lambda connection: connection.execute(insert(roles), {**role, **told}).rowcount)
    with pytest.raises(StillActs):
        ask_erasure(house.desk, ANA, "bruno", "at their own request")


def test_a_signed_paper_keeps_the_names_it_was_signed_with(house: House) -> None:
    known(house, "b", "Bruno", None)
    reach(house, "execution")
    before = len(rows(house, sealed))
    done = erased(house, "b")
    assert done["kept"] > 0
    assert len(rows(house, sealed)) == before - done["values"]
    assert take_stock(house.desk.store, house.desk.papers).is_clean
