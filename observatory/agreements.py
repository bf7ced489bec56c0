# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Agreements as they stand, for those who may know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agreements.agreement import Agreement
from agreements.rules import STEPS
from observatory.errors import NotFound
from people.actors import Actor
from people.policy import can
from people.resources import of_parties
from storage import agreements, papers
from storage.papers import PaperRow


@dataclass(frozen=True, slots=True)
class Text:
    """An agreement whole. `version` is its ETag; `steps` start from here; `unsigned`: whose ink is missing."""

    agreement: str
    reference: str | None
    title: str
    programme: str
    register: str
    status: str
    text_version: int
    text_hash: str | None
    provisional: bool
    in_force_on: str | None
    expires_on: str | None
    amends: str | None
    parties: tuple[str, ...]
    signatories: Mapping[str, Mapping[str, Any]]
    counterparts: Mapping[str, Mapping[str, Any]]
    unsigned: tuple[str, ...]
    exchanges: Mapping[str, str]
    steps: tuple[str, ...]
    papers: tuple[PaperRow, ...]
    specimen: bool
    version: int


def found(connection: Connection, reader: Actor, agreement: str) -> Agreement:
    """An agreement by id or reference. Raises NotFound for what the reader may not know of."""
    loaded = agreements.load(connection, agreements.id_of(connection, agreement) or agreement)
    if loaded is None or not may_know(reader, loaded.standing):
        raise NotFound(f"no agreement {agreement}", agreement=agreement)
    return loaded.standing


def may_know(reader: Actor, standing: Agreement) -> bool:
    """Whether a reader may know of an agreement."""
    return can(reader, "agreement.read", of_parties("agreement", standing.parties, status=standing.status)).allowed


def shown(connection: Connection, standing: Agreement) -> Text:
    """One agreement whole, as it stands."""
    return Text(
        agreement=standing.agreement,
        reference=standing.reference,
        title=standing.title,
        programme=standing.programme,
        register=standing.register,
        status=standing.status,
        text_version=standing.version,
        text_hash=standing.text_hash,
        provisional=standing.provisional,
        in_force_on=standing.in_force_on,
        expires_on=standing.expires_on,
        amends=standing.amends,
        parties=standing.parties,
        signatories=standing.signatories,
        counterparts=standing.counterparts,
        unsigned=standing.unsigned(),
        exchanges=standing.exchanges,
        steps=tuple(step.name for step in STEPS.values() if standing.status in step.sources),
        papers=papers.of_agreement(connection, standing.agreement),
        specimen=standing.specimen,
        version=standing.changed_seq,
    )
