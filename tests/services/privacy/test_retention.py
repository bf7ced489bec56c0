# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Retention: each class of what is kept goes on its day, not before, by a clock that is moved on; and every class is swept."""

import os
from typing import Any

import pytest
from sqlalchemy import Table, func, insert, select

from people.actors import OPERATOR
from services import beat
from services.mail import FOLDER
from services.privacy import retention
from services.privacy.data_map import DATA_MAP
from services.tokens import create_token, revoke_token
from storage.tables import (
    evidence_readings,
    idempotency,
    invitations,
    outbox,
    persons,
    sessions,
    sign_in_links,
    sign_in_tries,
    tokens,
)
from tests.house import House

LINK = {"id": "l", "secret_hash": "x", "person": "p"}
SESSION = {"id": "s", "secret_hash": "x", "person": "p", "means": "link", "strong": 0, "device": "a browser"}
READING = {"id": "r", "exchange": "e", "item": "evidence-1", "person": "p", "role": "auditor"}
ANSWER = {"actor": "p", "key": "k", "fingerprint": "f", "status": 200, "answer": "{}"}
DUTY = {"id": "d", "duty": "notify", "subject": "x", "payload": "{}", "key": "k", "attempts": 1, "max_attempts": 3}
INVITATION = {
    "id": "i",
    "agreement": "a",
    "party": "BR",
    "person": "p",
    "email": "x",
    "language": "pt",
    "text_version": 1,
}
TRY = {"id": "t", "way": "password", "account": "a", "origin": "o", "succeeded": 1}

KEPT: list[tuple[str, Table, dict[str, Any], tuple[str, ...]]] = [
    ("sessions", sessions, SESSION, ("created_at", "seen_at", "expires_at", "ended_at")),
    ("links", sign_in_links, LINK, ("created_at", "expires_at")),
    ("invitations", invitations, INVITATION, ("invited_at", "expires_at", "ended_at")),
    ("tries", sign_in_tries, TRY, ("tried_at",)),
    ("answers", idempotency, ANSWER, ("created_at",)),
    ("duties", outbox, DUTY, ("created_at", "due_at", "done_at")),
    ("readings", evidence_readings, READING, ("read_at",)),
]


def days_of(name: str) -> int:
    (days,) = (rule.days for rule in retention.RULES if rule.name == name)
    assert days is not None
    return days


def keep(house: House, table: Table, row: dict[str, Any]) -> None:
    house.desk.store.write(lambda connection: connection.execute(insert(table), row).rowcount)


def left(house: House, table: Table) -> int:
    with house.desk.store.read() as connection:
        return int(connection.scalar(select(func.count()).select_from(table)) or 0)


@pytest.mark.parametrize(("name", "table", "row", "instants"), KEPT, ids=[one[0] for one in KEPT])
def test_each_class_goes_after_its_days_and_not_before(
    house: House, name: str, table: Table, row: dict[str, Any], instants: tuple[str, ...]
) -> None:
    keep(house, table, {**row, **dict.fromkeys(instants, house.desk.now())})
    house.clock.on(days=days_of(name), seconds=-1)
    beat.forget(house.desk)
    assert left(house, table) == 1
    house.clock.on(seconds=2)
    assert beat.forget(house.desk) == 1
    assert left(house, table) == 0


def test_a_token_that_ended_is_forgotten_after_a_year_and_one_that_lives_never(house: House) -> None:
    living = create_token(house.desk, OPERATOR, "a program", expires_in_days=366)
    ended = create_token(house.desk, OPERATOR, "another", expires_in_days=366)
    revoke_token(house.desk, OPERATOR, ended.id)
    house.clock.on(days=days_of("tokens") - 1)
    assert retention.sweep(house.desk) == 0
    house.clock.on(days=2)
    assert retention.sweep(house.desk) == 1
    with house.desk.store.read() as connection:
        assert connection.scalars(select(tokens.c.id)).all() == [living.id]


def test_a_letter_that_lies_here_goes_after_its_days(house: House) -> None:
    letter = house.desk.data / FOLDER / "1.eml"
    letter.parent.mkdir()
    letter.write_bytes(b"To: bruno@example.org")
    written = house.clock.now.timestamp()
    os.utime(letter, (written, written))
    house.clock.on(days=days_of("letters"), seconds=-1)
    assert (beat.forget(house.desk), letter.exists()) == (0, True)
    house.clock.on(seconds=2)
    assert (beat.forget(house.desk), letter.exists()) == (1, False)


def test_a_sweep_takes_at_most_five_hundred_rows_in_one_transaction(house: House) -> None:
    rows = [{**READING, "id": f"r{number}", "read_at": house.desk.now()} for number in range(1201)]
    house.desk.store.write(lambda connection: connection.execute(insert(evidence_readings), rows).rowcount)
    house.clock.on(days=days_of("readings") + 1)
    most = []
    forget = next(rule.forget for rule in retention.RULES if rule.name == "readings")
    assert forget is not None

    def counted(connection: Any) -> int:
        most.append(forget(connection, house.desk.now(), retention.ROWS_A_TRANSACTION))
        return most[-1]

    assert retention.until_empty(house.desk, counted) == 1201
    assert most == [500, 500, 201, 0]


def test_what_belongs_to_the_ledger_and_to_people_who_act_is_not_swept(house: House) -> None:
    house.offered()
    person = {"id": "p", "name": "Bruno", "kind": "person", "specimen": 0, "created_at": house.desk.now()}
    house.desk.store.write(lambda connection: connection.execute(insert(persons), person).rowcount)
    house.clock.on(days=40_000)
    assert retention.sweep(house.desk) == 0
    assert left(house, persons) == 1


def test_every_table_belongs_to_a_class() -> None:
    assert {kept.keeps for kept in DATA_MAP.values()} <= {rule.name for rule in retention.RULES}
