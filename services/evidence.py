# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Evidence: brought with a declaration, read by those who may, redacted or erased by a decision that stands in the ledger.

First the file is on the disk under its digest, then one transaction says the fact that names it. Whoever dies between the two
leaves a file that no fact names; the beat takes it away after a day. A file is taken away only after the event that says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection

from cycle.decide import decide
from cycle.evidence import ERASED, KIND, REDACTED, access_of, erased, served, unfit
from cycle.items import Item
from cycle.standing import Standing
from people.actors import Actor
from people.policy import can, may_read, may_state
from people.resources import of_exchange
from people.roster_rules import SPEAK
from services.act import act_of
from services.asking import Answer, Asking, ask
from services.behalf import noted, speaker
from services.desk import Desk
from services.errors import NotFound, Refused, ServiceError, refused, require, unless_refused
from services.evidence_files import keep, path_of, received, remove
from services.naming import command_of
from services.tending_exchanges import answer, load_for, recorded
from services.uploads import Inspected, inspect
from storage import evidence, exchanges, streams

LONGEST_NAME = 200
ACTIONS = {KIND: "evidence.add", REDACTED: "redaction.decide", ERASED: "evidence.erase"}
"""The fact that tells what is done with a file, and the action by which the policy knows it."""


class EvidenceGone(ServiceError):
    """The evidence was withdrawn, or its file was erased by a decision: what was there is told by the history."""

    code = "evidence.gone"


@dataclass(frozen=True, slots=True)
class Declaration:
    """What whoever brings a file says of it.

    shows: document, photograph, attendance_list, recording or other · people: who appears in it
    access: restricted, where it is to be so though nobody appears · of_item: what it is evidence of, like activity-1
    """

    shows: str
    people: str
    access: str | None = None
    of_item: str | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """A file as a reader gets it."""

    path: Path
    name: str
    media_type: str
    sha256: str
    restricted: bool


def add_evidence(
    desk: Desk, asking: Asking, exchange: str, file: BinaryIO, name: str, declaration: Declaration
) -> Answer:
    """Keeps a file and says the fact that names it.

    Answers {exchange, reference, stage, lifecycle, version, item, sha256, access}. Raises NotFound, Refused.
    """
    if mistake := unfit(declaration.people):
        raise Refused(mistake)
    _require_bringing(desk, asking, exchange, KIND)
    with received(desk.evidence, file) as brought:
        found = inspect(brought, name)
        said = _fields(found, name, declaration)
        keep(desk.evidence, brought, found.sha256)
    done = _say(desk, asking, exchange, KIND, said)
    return {**done, "sha256": found.sha256, "access": said["access"]}


def redact_evidence(
    desk: Desk, asking: Asking, exchange: str, item: str, file: BinaryIO, name: str, *, original: str, reason: str
) -> Answer:
    """Puts a redacted copy in the place of what readers get. `original`: kept, for nobody to read, or erased.

    Answers as add_evidence. Raises NotFound, Refused.
    """
    _require_bringing(desk, asking, exchange, REDACTED)
    with received(desk.evidence, file) as brought:
        found = inspect(brought, name)
        keep(desk.evidence, brought, found.sha256)
    copy = {"redacted_sha256": found.sha256, "redacted_bytes": found.bytes, "redacted_media_type": found.media_type}
    said = {**copy, "original": original, "reason": reason}
    done = _say(desk, asking, exchange, REDACTED, said, item)
    take_away(desk, exchange, item)
    return {**done, "sha256": found.sha256}


def erase_evidence(desk: Desk, asking: Asking, exchange: str, item: str, reason: str) -> Answer:
    """Erases every file of a piece of evidence; its digest and the decision stay in the ledger."""
    done = _say(desk, asking, exchange, ERASED, {"reason": reason}, item)
    take_away(desk, exchange, item)
    return done


def open_evidence(desk: Desk, reader: Actor, exchange: str, item: str) -> Served:
    """The file of a piece of evidence; a restricted one writes down who reads it, first.

    Raises NotFound, Refused, EvidenceGone.
    """
    with desk.store.read() as connection:
        standing, found = _found(connection, reader, exchange, item)
        restricted = found.body["access"] == "restricted"
        resource = of_exchange(standing, kind="evidence")
        action = "evidence.restricted" if restricted else "evidence.read"
        require(can(reader, action, resource), _unknown(exchange, item))
        name = _name(connection, standing, found)
    if found.struck or found.status in ("withdrawn", "erased"):
        raise EvidenceGone(f"{item} was {found.status if not found.struck else 'struck'}", item=item)
    digest, media_type = served(found.body)
    if restricted:
        _write_down(desk, reader, standing.exchange, item)
    return Served(path_of(desk.evidence, digest), name, media_type, digest, restricted)


def take_away(desk: Desk, exchange: str, item: str) -> None:
    """Takes away the files that an item names and nothing needs any more; the event that says so is committed."""
    with desk.store.read() as connection:
        found = exchanges.load_item(connection, exchanges.id_of(connection, exchange) or exchange, item)
        gone = erased(found.status, found.body) if found else ()
        unneeded = [digest for digest in gone if not evidence.is_needed(connection, digest)]
    for digest in unneeded:
        remove(desk.evidence, digest)


def _fields(found: Inspected, name: str, declaration: Declaration) -> dict[str, Any]:
    access = access_of(declaration.shows, declaration.people, found.media_type, declaration.access)
    said = {"name": Path(name).name[-LONGEST_NAME:], "sha256": found.sha256, "bytes": found.bytes}
    told = {"media_type": found.media_type, "shows": declaration.shows, "people": declaration.people}
    return {**said, **told, "access": access, "holds_no_child_data": True, "of_item": declaration.of_item}


def _say(
    desk: Desk, asking: Asking, exchange: str, kind: str, said: Mapping[str, Any], item: str | None = None
) -> Answer:
    def work(connection: Connection) -> Answer:
        loaded, programme = load_for(desk, connection, asking, exchange)
        standing = loaded.standing
        require(can(asking.actor, ACTIONS[kind], of_exchange(standing, kind="evidence")))
        require(may_state(programme, standing, speaker(programme, standing, asking), kind, said))
        _require_item(connection, standing, said.get("of_item"))
        command = command_of(connection, programme, standing, kind, said, item)
        act = act_of(desk, connection, programme, asking)
        decided = unless_refused(decide(programme, standing, command, act.moment))
        after = recorded(act, programme, loaded, noted(asking, decided, act.moment), command.item)
        return {**answer(after), "item": decided[0].payload["item"]}

    return ask(desk, asking, {kind: dict(said), "exchange": exchange, "item": item}, work, reach=SPEAK)


def _require_bringing(desk: Desk, asking: Asking, exchange: str, kind: str) -> None:
    """Before a byte is kept: whoever may not say the fact brings no file."""
    with desk.store.read() as connection:
        standing = _known(connection, asking.actor, exchange)
        programme = desk.programme(connection, standing.programme, standing.programme_version)
        require(can(asking.actor, ACTIONS[kind], of_exchange(standing, kind="evidence")))
        require(may_state(programme, standing, speaker(programme, standing, asking), kind, {}))


def _known(connection: Connection, reader: Actor, exchange: str) -> Standing:
    loaded = exchanges.load(connection, exchanges.id_of(connection, exchange) or exchange)
    if loaded is None or not may_read(loaded.standing, reader):
        raise NotFound(f"no exchange {exchange}", exchange=exchange)
    return loaded.standing


def _found(connection: Connection, reader: Actor, exchange: str, item: str) -> tuple[Standing, Item]:
    standing = _known(connection, reader, exchange)
    found = exchanges.load_item(connection, standing.exchange, item)
    if found is None or found.kind != KIND:
        raise _unknown(exchange, item)
    return standing, found


def _unknown(exchange: str, item: str) -> NotFound:
    return NotFound(f"no evidence {item} of {exchange}", exchange=exchange, item=item)


def _require_item(connection: Connection, standing: Standing, item: str | None) -> None:
    if item is not None and exchanges.load_item(connection, standing.exchange, item) is None:
        raise refused("evidence.item_unknown", "names what it is evidence of, like activity-1", item=item)


def _name(connection: Connection, standing: Standing, found: Item) -> str:
    """The name the file came with; where that was erased, or the file redacted, the item's own."""
    if "redacted_sha256" in found.body:
        return found.item
    own = streams.read_sealed(connection, exchanges.stream_of(standing.exchange))
    return next((row.value for row in own if row.seq == found.said_seq and row.field == "name"), found.item)


def _write_down(desk: Desk, reader: Actor, exchange: str, item: str) -> None:
    row: dict[str, str | None] = {"id": desk.identifiers.new(), "exchange": exchange, "item": item}
    row |= {"person": reader.person, "role": reader.role.value, "party": reader.party, "read_at": desk.now()}
    desk.store.write(lambda connection: evidence.remember_reading(connection, row))
