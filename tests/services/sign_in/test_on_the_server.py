# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the operator does on the server: people added, links sent, telephones lost, and a glass broken loudly."""

import logging

import pytest

from people.actors import Role
from services.errors import NotFound, Refused
from services.sign_in import entering, on_the_server, sessions
from services.sign_in.entering import SignInRefused
from services.sign_in.links import LinkRefused
from storage import streams
from tests.accounts import (
    HERE,
    PASSWORD,
    come_in,
    come_in_strongly,
    invite,
    invite_with_password,
    key_in,
    read_mail,
    words_of,
)
from tests.house import House


def events_of_the_house(house: House) -> list[tuple[str, dict[str, object]]]:
    with house.desk.store.read() as connection:
        found = [row.id for row in streams.all_streams(connection) if row.id.startswith("house/")]
        assert len(found) <= 1, "the house has one stream"
        told = [event for stream in found for event in streams.read_stream(connection, stream)]
    return [(event.type, dict(event.payload)) for event in told]


def test_a_glass_is_broken_once_and_loudly(house: House, caplog: pytest.LogCaptureFixture) -> None:
    ana = invite_with_password(house, "Ana", Role.SECRETARIAT)
    invite(house, "Alba", Role.SECRETARIAT)
    old, _, _ = come_in_strongly(house, ana)
    read_mail(house)

    with caplog.at_level(logging.CRITICAL, "minga.sign_in"):
        glass = on_the_server.break_glass(house.desk, ana)

    letters = {letter["To"]: letter for letter in read_mail(house)}
    assert {to: letter["Subject"] for to, letter in letters.items()} == {
        "alba@example.org": "Emergency access to Minga was opened",
        ana: "How you sign in to Minga has changed",
    }
    assert "emergency access for Ana on the server" in words_of(letters["alba@example.org"])
    assert events_of_the_house(house) == [("GlassBroken", {"person": glass.person, "told": 1})]
    assert "GLASS WAS BROKEN" in caplog.text
    assert "example.org" not in caplog.text
    with pytest.raises(sessions.SessionRefused):
        sessions.resume(house.desk, old)
    key = glass.link.partition("key=")[2]
    session = sessions.resume(house.desk, entering.with_link(house.desk, HERE, key))
    assert (session.name, session.lacks) == ("Ana", "enrol")
    with pytest.raises(LinkRefused):
        entering.with_link(house.desk, HERE, key)


def test_the_glass_is_broken_for_officers_alone(house: House) -> None:
    bruno = invite_with_password(house, "Bruno", Role.FOCAL_POINT, "BR")
    with pytest.raises(Refused, match=r"person\.not_an_officer"):
        on_the_server.break_glass(house.desk, bruno)
    with pytest.raises(NotFound):
        on_the_server.break_glass(house.desk, "nobody@example.org")
    assert events_of_the_house(house) == []


def test_a_lost_telephone_is_forgotten_and_the_ledger_remembers(house: House) -> None:
    ana = invite_with_password(house, "Ana", Role.SECRETARIAT)
    come_in_strongly(house, ana)
    read_mail(house)
    account = on_the_server.reset_codes(house.desk, ana)
    on_the_server.reset_codes(house.desk, ana)
    assert events_of_the_house(house) == [("SecondFactorReset", {"person": account.person})] * 2
    assert come_in(house, ana)[1].lacks == "enrol"
    assert len(read_mail(house)) == 2


def test_a_password_given_on_the_server_ends_the_sessions(house: House) -> None:
    bruno = invite_with_password(house, "Bruno")
    secret, _ = come_in(house, bruno)
    on_the_server.set_password(house.desk, bruno, "eleven mules on the far side")
    with pytest.raises(sessions.SessionRefused):
        sessions.resume(house.desk, secret)
    with pytest.raises(SignInRefused):
        entering.with_password(house.desk, HERE, bruno, PASSWORD)


def test_an_address_is_one_persons(house: House) -> None:
    invite(house, "Bruno")
    with pytest.raises(Refused, match=r"person\.exists"):
        on_the_server.add_person(house.desk, "BRUNO@example.org", "Another")
    assert [account.name for account in on_the_server.everybody(house.desk)] == ["Bruno"]


def test_a_link_is_mailed_on_request_of_the_operator(house: House) -> None:
    bruno = invite(house, "Bruno")
    on_the_server.mail_link(house.desk, bruno)
    assert entering.with_link(house.desk, HERE, key_in(read_mail(house)[0]))
