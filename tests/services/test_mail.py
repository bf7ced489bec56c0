# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Sending letters: to a real mail server, once each, later when it is away; or to files that nobody else reads."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from minga.loopback import any_free_port
from services.beat import pass_once
from services.mail import send_next
from services.sign_in import entering, on_the_server
from storage import outbox
from storage.tables import outbox as duties
from storage.tables import persons
from tests.accounts import HERE, invite
from tests.house import House


@dataclass
class Mailbox:
    """What a mail server took, and what it answers."""

    answer: str = "250 OK"
    taken: list[Any] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the server's own name
        self.taken.append(envelope)
        return self.answer


@dataclass
class Server:
    """A mail server on this machine."""

    box: Mailbox
    port: int


@pytest.fixture
def server() -> Iterator[Server]:
    box = Mailbox()
    port = any_free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield Server(box, port)
    controller.stop()


def ask(house: House, server: Server | None = None) -> str:
    """Bruno asks for a link; where the letter goes."""
    address = invite(house, "Bruno")
    house.desk.smtp_url = f"smtp://127.0.0.1:{server.port}" if server else None
    entering.ask_for_link(house.desk, HERE, address)
    return address


def test_a_letter_reaches_the_mail_server_with_text_and_page(house: House, server: Server) -> None:
    address = ask(house, server)
    assert (send_next(house.desk), send_next(house.desk)) == (1, 0)
    (envelope,) = server.box.taken
    told = envelope.content.decode()
    assert (envelope.mail_from, envelope.rcpt_tos) == ("minga@localhost", [address])
    for part in ("Message-ID: <", "@localhost>", "Auto-Submitted: auto-generated", "text/plain", "text/html"):
        assert part in told


def test_the_beat_sends_what_is_owed(house: House, server: Server) -> None:
    ask(house, server)
    assert pass_once(house.desk).mail == 1
    assert len(server.box.taken) == 1


def test_a_mail_server_that_is_away_loses_nothing_and_doubles_nothing(house: House, server: Server) -> None:
    ask(house, server)
    there = house.desk.smtp_url
    house.desk.smtp_url = "smtp://127.0.0.1:1"
    assert send_next(house.desk) == 0
    house.desk.smtp_url = there
    assert send_next(house.desk) == 0, "it pauses first"
    house.clock.on(seconds=11)
    assert (send_next(house.desk), len(server.box.taken)) == (1, 1)


def test_a_letter_refused_again_and_again_is_dead_and_can_be_seen(house: House, server: Server) -> None:
    address = ask(house, server)
    server.box.answer = f"550 no such person {address}"
    for _ in range(outbox.MAX_ATTEMPTS):
        send_next(house.desk)
        house.clock.on(hours=7)
    with house.desk.store.read() as connection:
        (dead,) = outbox.dead(connection)
    assert (dead.duty, dead.last_error) == ("mail", "mail.not_sent (SMTPDataError)")
    messages = {line for envelope in server.box.taken for line in envelope.content.decode().splitlines()}
    assert len([line for line in messages if line.startswith("Message-ID:")]) == 1


def test_a_password_for_the_mail_server_goes_over_no_open_wire(house: House, server: Server) -> None:
    ask(house, server)
    house.desk.smtp_url = f"smtp://minga:secret@127.0.0.1:{server.port}"
    assert send_next(house.desk) == 0
    with house.desk.store.read() as connection:
        assert connection.scalar(select(duties.c.last_error)) == "mail.not_sent (SMTPNotSupportedError)"
    assert server.box.taken == []


def test_without_a_server_a_letter_is_a_file_for_this_user_alone(house: House) -> None:
    ask(house)
    send_next(house.desk)
    (path,) = (house.desk.data / "mail").iterdir()
    assert (path.suffix, stat.S_IMODE(path.stat().st_mode)) == (".eml", 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_letter_to_somebody_erased_meanwhile_is_owed_to_nobody(house: House, server: Server) -> None:
    address = ask(house, server)
    erased = update(persons).where(persons.c.email == address).values(email=None, name="", erased_at=house.desk.now())
    house.desk.store.write(lambda connection: connection.execute(erased))
    send_next(house.desk)
    assert server.box.taken == []
    with house.desk.store.read() as connection:
        assert outbox.open_count(connection, "mail") == 0


def test_a_server_that_is_away_is_asked_three_times_a_pass(house: House) -> None:
    house.desk.smtp_url = "smtp://127.0.0.1:1"
    address = invite(house, "Bruno")
    for _ in range(5):
        on_the_server.mail_link(house.desk, address)
    send_next(house.desk)
    with house.desk.store.read() as connection:
        tried = list(connection.scalars(select(duties.c.attempts).where(duties.c.duty == "mail")))
    assert sorted(tried) == [0, 0, 1, 1, 1]
