# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Coming in by link, and the same answer for an address nobody has."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from services.sign_in import entering, links, sessions
from services.sign_in.entering import SignInRefused
from services.sign_in.links import LinkRefused
from storage.tables import outbox, sign_in_links
from tests.accounts import ELSEWHERE, HERE, PASSWORD, invite, invite_with_password, key_in, read_mail
from tests.house import House


def asked_for(house: House, address: str) -> str:
    """The secret in the letter that was asked for."""
    entering.ask_for_link(house.desk, HERE, address)
    return key_in(read_mail(house)[-1])


def test_a_link_lets_in_once(house: House) -> None:
    address = invite(house, "Bruno")
    key = asked_for(house, address)
    session = sessions.resume(house.desk, entering.with_link(house.desk, HERE, key))
    assert (session.name, session.means) == ("Bruno", "link")
    with pytest.raises(LinkRefused):
        entering.with_link(house.desk, HERE, key)


@pytest.mark.parametrize(
    ("after", "works"), [(timedelta(minutes=14, seconds=59), True), (timedelta(minutes=15), False)]
)
def test_a_link_lasts_a_quarter_of_an_hour(house: House, after: timedelta, works: bool) -> None:
    key = asked_for(house, invite(house, "Bruno"))
    house.clock.now += after
    assert links.works(house.desk, key) is works
    if not works:
        with pytest.raises(LinkRefused):
            entering.with_link(house.desk, HERE, key)


def test_a_link_is_made_when_its_letter_is_sent_and_kept_as_a_digest(house: House) -> None:
    address = invite(house, "Bruno")
    entering.ask_for_link(house.desk, HERE, address)
    with house.desk.store.read() as connection:
        owed = str(connection.execute(select(outbox).where(outbox.c.duty == "mail")).one())
        assert connection.scalar(select(func.count()).select_from(sign_in_links)) == 0
    assert "@" not in owed
    key = key_in(read_mail(house)[0])
    with house.desk.store.read() as connection:
        assert key not in str(connection.execute(select(sign_in_links)).one())


def test_nobodys_address_is_answered_alike_and_gets_no_letter(house: House) -> None:
    invite_with_password(house, "Bruno")
    entering.ask_for_link(house.desk, HERE, "nobody@example.org")
    assert read_mail(house) == []
    told = []
    for address, password in (("nobody@example.org", PASSWORD), ("bruno@example.org", "not this one, no")):
        with pytest.raises(SignInRefused) as error:
            entering.with_password(house.desk, ELSEWHERE, address, password)
        told.append((str(error.value), error.value.code, dict(error.value.facts)))
    assert told[0] == told[1]


def test_a_person_without_a_password_is_answered_like_nobody(house: House) -> None:
    address = invite(house, "Bruno")
    with pytest.raises(SignInRefused):
        entering.with_password(house.desk, HERE, address, PASSWORD)


def test_a_letter_box_is_not_flooded_and_the_links_in_it_go_on_working(house: House) -> None:
    address = invite(house, "Bruno")
    for number in range(30):
        entering.ask_for_link(house.desk, entering.Came(f"203.0.113.{number}", "?"), address)
    letters = read_mail(house)
    assert len(letters) == 20
    assert entering.with_link(house.desk, HERE, key_in(letters[0]))


def test_an_address_is_the_same_in_large_letters_and_between_spaces(house: House) -> None:
    invite_with_password(house, "Bruno")
    assert entering.with_password(house.desk, HERE, "  BRUNO@Example.ORG ", PASSWORD)
