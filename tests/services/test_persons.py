# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

import pytest
from sqlalchemy import update

from services.accounts import actors_of
from services.errors import Refused
from services.persons import find_by_email, invite
from storage.tables import persons
from tests.house import House
from tests.rostered import with_everybody


def test_a_person_is_found_by_their_address_however_it_is_written(house: House) -> None:
    with_everybody(house)
    with house.desk.store.read() as connection:
        found = find_by_email(connection, "  BRUNO@br.Example ")
        assert found is not None
        assert (found.name, found.email, found.language) == ("Bruno", "bruno@br.example", "es")
        assert find_by_email(connection, "nobody@br.example") is None


@pytest.mark.parametrize(
    ("name", "email", "language", "code"),
    [
        (" ", "a@b.example", "es", "person.name_malformed"),
        ("x" * 301, "a@b.example", "es", "person.name_malformed"),
        ("Bruno", "no address", "es", "person.email_malformed"),
        ("Bruno", "a@b@c.example", "es", "person.email_malformed"),
        ("Bruno", "a@b.example", "la", "person.language_unknown"),
    ],
)
def test_a_person_has_a_name_an_address_and_a_language(
    house: House, name: str, email: str, language: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        house.desk.store.write(lambda connection: invite(house.desk, connection, name, email, language))
    assert refused.value.code == code


def test_an_erased_person_acts_as_nobody(house: House) -> None:
    people = with_everybody(house)
    bruno = people.ids["bruno"]
    gone = update(persons).where(persons.c.id == bruno).values(name="", email=None, erased_at=house.desk.now())
    house.desk.store.write(lambda connection: connection.execute(gone).rowcount)
    with house.desk.store.read() as connection:
        assert actors_of(connection, bruno, house.desk.now()) == ()
