# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Erasing a person: one officer asks for it, another decides, and then name, address, means to come in and sealed values go.

What an event says of the person is a random id and digests, which say nothing once name and salt are gone. Kept are the
names a paper was signed with: those of signatories listed in an agreement that was signed, and of a minute.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from agreements.rules import UNSIGNED
from ledger.event import GENESIS, Tip
from notifications.mail import lying_for
from people.erasure import (
    ASKED,
    DECIDED,
    STREAM,
    VALUES_ERASED,
    Erasure,
    SealedPlace,
    ask,
    decide,
    stream_of,
    tell_values,
)
from people.policy import can
from people.resources import of_person
from services.accounts import require_in_person
from services.act import Act
from services.asking import Answer, Asking
from services.asking import ask as once
from services.desk import Desk
from services.errors import NotFound, ServiceError, require, unless_refused
from services.mail import FOLDER
from services.recording import record_events
from storage import agreements, invitations, privacy, streams
from storage.tables import events, roles, seats

MOST_VALUES = 500


class StillActs(ServiceError):
    """The person holds a role or a seat: it is ended first, so that nobody acts without a name."""

    code = "erasure.still_acts"


def ask_erasure(desk: Desk, asking: Asking, person: str, reason: str, named: Iterable[SealedPlace] = ()) -> Answer:
    """Asks that a person be erased. `named`: further sealed values about them, which hold neither name nor address.

    Answers {erasure, person, status, values, kept}: how many values would go, and how many a signed paper keeps.
    Raises NotFound, Refused, StillActs.
    """
    require_in_person(asking.actor, "an erasure")
    places = tuple(named)
    about = _about(desk, person)

    def work(connection: Connection) -> Answer:
        row = _person(connection, asking, person)
        _require_no_office(connection, row["id"])
        begun = unless_refused(ask(row["id"], reason, places, name=row["name"], address=row["email"] or ""))
        erasure = desk.identifiers.new()
        record_events(Act.now(desk, connection, asking.actor), stream_of(erasure), GENESIS, [begun])
        go, kept = _values(connection, {*about, *places})
        return {"erasure": erasure, "person": row["id"], "status": "asked", "values": len(go), "kept": len(kept)}

    return once(desk, asking, {"ask_erasure": person, "reason": reason, "named": [list(p) for p in places]}, work)


def decide_erasure(desk: Desk, asking: Asking, erasure: str) -> Answer:
    """Decides an erasure that another officer asked for, and carries it out.

    Answers {erasure, person, status, values, kept}. Raises NotFound, Refused, StillActs.
    """
    require(can(asking.actor, "person.erase"))
    require_in_person(asking.actor, "an erasure")
    with desk.store.read() as connection:
        about = _about(desk, _load(connection, erasure)[0].person)
        letters = _letters(desk, connection, _load(connection, erasure)[0].person)

    def work(connection: Connection) -> Answer:
        streams.lock(connection, [stream_of(erasure)])
        asked, named, tip = _load(connection, erasure)
        row = _person(connection, asking, asked.person)
        _require_no_office(connection, row["id"])
        decided = unless_refused(decide(asked, asking.actor.person))
        go, kept = _values(connection, {*about, *named})
        told = [decided, *(tell_values(part) for part in _parts(sorted(go)))]
        record_events(Act.now(desk, connection, asking.actor), stream_of(erasure), tip, told)
        privacy.delete_sealed(connection, go)
        privacy.blank_person(connection, row["id"], desk.now())
        invitations.forget_of(connection, row["id"], row["email"])
        return {"erasure": erasure, "person": row["id"], "status": "decided", "values": len(go), "kept": len(kept)}

    done = once(desk, asking, {"decide_erasure": erasure}, work)
    for letter in letters:
        letter.unlink(missing_ok=True)
    return done


def erasures(desk: Desk, asking: Asking) -> tuple[Erasure, ...]:
    """Every erasure that was asked for, the first leading. Raises Refused."""
    require(can(asking.actor, "person.erase"))
    with desk.store.read() as connection:
        begun = select(events.c.stream).where(
            events.c.stream > STREAM, events.c.stream < STREAM + "~", events.c.seq == 1
        )
        named = connection.scalars(begun.order_by(events.c.stream)).all()
        return tuple(_load(connection, stream.removeprefix(STREAM))[0] for stream in named)


def _person(connection: Connection, asking: Asking, name: str) -> dict[str, Any]:
    require(can(asking.actor, "person.erase", of_person("person", name)))
    row = privacy.person(connection, name)
    if row is None or row["erased_at"] is not None:
        raise NotFound(f"no person {name}", person=name)
    return row


def _require_no_office(connection: Connection, person: str) -> None:
    held = select(roles.c.id).where(roles.c.person == person, roles.c.status.in_(("proposed", "granted")))
    sat = select(seats.c.bench).where(seats.c.person == person)
    if connection.execute(held).first() or connection.execute(sat).first():
        raise StillActs("end their roles and vacate their seats first", person=person)


def _about(desk: Desk, person: str) -> frozenset[SealedPlace]:
    """The sealed values that hold a person's name or address; looked for before the writer is asked to wait."""
    with desk.store.read() as connection:
        row = privacy.person(connection, person)
        return privacy.sealed_about(connection, (row["name"], row["email"] or "")) if row else frozenset()


def _letters(desk: Desk, connection: Connection, person: str) -> tuple[Path, ...]:
    """The letters to a person that lie here, where no mail server is set: they hold name and address."""
    row = privacy.person(connection, person)
    own = (row["email"],) if row and row["email"] else ()
    addresses = {*own, *invitations.addresses_of(connection, person)}
    return tuple(letter for address in sorted(addresses) for letter in lying_for(desk.data / FOLDER, address))


def _values(
    connection: Connection, places: Iterable[SealedPlace]
) -> tuple[frozenset[SealedPlace], frozenset[SealedPlace]]:
    """Of sealed values about a person: those to go, and those that a signed paper keeps."""
    about = privacy.still_sealed(connection, places)
    types = privacy.types_at(connection, about)
    kept = frozenset(place for place in about if _is_signed(connection, place, types[place]))
    return about - kept, kept


def _is_signed(connection: Connection, place: SealedPlace, kind: str) -> bool:
    if kind == "MinuteSigned":
        return True
    if kind != "SignatoryListed":
        return False
    loaded = agreements.load(connection, place.stream.removeprefix(agreements.STREAM))
    return loaded is not None and loaded.standing.status not in UNSIGNED


def _parts(places: list[SealedPlace]) -> list[list[SealedPlace]]:
    return [places[start : start + MOST_VALUES] for start in range(0, len(places), MOST_VALUES)]


def _load(connection: Connection, erasure: str) -> tuple[Erasure, tuple[SealedPlace, ...], Tip]:
    """An erasure folded from its stream, the values its asker named, and the tip. Raises NotFound."""
    told = list(streams.read_stream(connection, stream_of(erasure)))
    if not told or told[0].type != ASKED:
        raise NotFound(f"no erasure {erasure}", erasure=erasure)
    first = told[0]
    decided = next((event for event in told if event.type == DECIDED), None)
    values = sum(len(event.payload["values"]) for event in told if event.type == VALUES_ERASED)
    asked = Erasure(
        erasure=erasure,
        person=first.payload["person"],
        reason=first.payload["reason"],
        asked_by=first.actor,
        asked_at=first.recorded_at,
        decided_by=decided.actor if decided else None,
        decided_at=decided.recorded_at if decided else None,
        values=values,
        seq=told[-1].seq,
    )
    return asked, tuple(SealedPlace(**one) for one in first.payload["values"]), told[-1].tip
