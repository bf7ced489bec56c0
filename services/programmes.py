# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Publishing programmes: a file becomes an immutable, hashed version, told by the ledger."""

from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from typing import Any

from sqlalchemy import Connection

from cycle.events import Happening
from cycle.publish import resolve
from ledger.canonical import canonical_text
from people.actors import SYSTEM_ACTOR, Actor
from people.policy import can
from services.act import Act
from services.desk import Desk
from services.errors import require
from services.recording import record_events
from storage import programmes, streams

BUILT_IN = "regional_initiative.toml"


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a programme. `new` is false when the newest version says the same already."""

    slug: str
    version: int
    hash: str
    new: bool


def publish(desk: Desk, actor: Actor, source: str) -> Published:
    """Publishes a programme file (TOML text). Raises ProgrammeRefused with every finding; then nothing is stored."""
    require(can(actor, "programme.publish"))
    document = canonical_text(resolve(source))
    return desk.store.write(lambda connection: _publish(desk, connection, actor, source, document))


def _publish(desk: Desk, connection: Connection, actor: Actor, source: str, document: str) -> Published:
    digest = sha256(document.encode()).hexdigest()
    slug = str(resolve(source)["slug"])
    known = _versions(connection, slug)
    if known:
        streams.lock(connection, [known[-1]["stream"]])
        known = _versions(connection, slug)
    if known and known[-1]["hash"] == digest:
        return Published(slug, known[-1]["version"], digest, new=False)
    version = known[-1]["version"] + 1 if known else 1
    stream = known[-1]["stream"] if known else f"programme/{desk.identifiers.new()}"
    tip = streams.lock(connection, [stream])[stream]
    source_hash = sha256(source.encode()).hexdigest()
    payload = {"slug": slug, "version": version, "hash": digest, "source_hash": source_hash}
    act, told = Act.now(desk, connection, actor), [Happening("ProgrammePublished", payload)]
    (event,) = record_events(act, stream, tip, told, f"{slug}@{version}")
    row = {"slug": slug, "version": version, "hash": digest, "document": document, "source": source}
    programmes.add(connection, {**row, "published_at": event.recorded_at, "stream": stream})
    return Published(slug, version, digest, new=True)


def _versions(connection: Connection, slug: str) -> list[dict[str, Any]]:
    return [row for row in programmes.listed(connection) if row["slug"] == slug]


def built_in_source() -> str:
    """The text of the programme that comes with Minga."""
    return files("cycle").joinpath("programmes", BUILT_IN).read_text(encoding="utf-8")


def ensure_built_in(desk: Desk) -> None:
    """Publishes the built-in programme where no programme was published yet."""
    with desk.store.read() as connection:
        if programmes.listed(connection):
            return
    publish(desk, SYSTEM_ACTOR, built_in_source())
