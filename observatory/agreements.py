# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Agreements as they stand, for those who may know of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, select

from agreements.agreement import SIGNATURE_DECLINED, Agreement
from agreements.rules import TAKEN
from observatory.errors import NotFound
from observatory.reading import readable_agreements
from people.actors import Actor
from people.policy import can
from people.resources import of_parties
from storage import agreements, exchanges, papers, streams
from storage import tables as t
from storage.papers import PaperRow


@dataclass(frozen=True, slots=True)
class Text:
    """An agreement whole. `version` is its ETag; `steps` start from here; `unsigned`: whose ink is missing.

    declined: party → {version, on, reason} of signatories who declined to sign; the reason is None once erased
    """

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
    declined: Mapping[str, Mapping[str, Any]]
    exchanges: Mapping[str, str]
    steps: tuple[str, ...]
    papers: tuple[PaperRow, ...]
    specimen: bool
    version: int


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """One agreement in a list. `version` is its ETag."""

    agreement: str
    reference: str | None
    title: str
    programme: str
    register: str
    status: str
    text_version: int
    in_force_on: str | None
    expires_on: str | None
    parties: tuple[str, ...]
    specimen: bool
    version: int


@dataclass(frozen=True, slots=True)
class Lines:
    """Some agreements, and the id after which the next page begins; None when there is none."""

    items: tuple[AgreementLine, ...]
    next: str | None


def listed(
    connection: Connection,
    reader: Actor,
    *,
    status: str | None = None,
    exchange: str | None = None,
    after: str = "",
    limit: int = 50,
) -> Lines:
    """A page of the agreements a reader may know of, in the order in which they were drafted.

    exchange: only those that cover it, by id or reference
    """
    query = select(t.agreements).where(t.agreements.c.id > after, readable_agreements(reader))
    if status is not None:
        query = query.where(t.agreements.c.status == status)
    if exchange is not None:
        named = exchanges.id_of(connection, exchange) or exchange
        here = (t.coverage.c.agreement == t.agreements.c.id, t.coverage.c.exchange == named)
        query = query.where(exists().where(*here, t.coverage.c.until_seq.is_(None)))
    rows = connection.execute(query.order_by(t.agreements.c.id).limit(limit + 1)).all()
    page = tuple(_line(agreements.standing_of(row)) for row in rows[:limit])
    return Lines(page, page[-1].agreement if len(rows) > limit else None)


def _line(standing: Agreement) -> AgreementLine:
    same = (
        "agreement",
        "reference",
        "title",
        "programme",
        "register",
        "status",
        "in_force_on",
        "expires_on",
        "parties",
    )
    told = {name: getattr(standing, name) for name in (*same, "specimen")}
    return AgreementLine(**told, text_version=standing.version, version=standing.changed_seq)


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
        signatories={party: _listed(who) for party, who in standing.signatories.items()},
        counterparts=standing.counterparts,
        unsigned=standing.unsigned(),
        declined=declined(connection, standing),
        exchanges=standing.exchanges,
        steps=tuple(step.name for step in TAKEN if standing.status in step.sources),
        papers=papers.of_agreement(connection, standing.agreement),
        specimen=standing.specimen,
        version=standing.changed_seq,
    )


def declined(connection: Connection, standing: Agreement) -> Mapping[str, Mapping[str, Any]]:
    """Who declined to sign, by party, each with the reason they gave."""
    said = {party: who["declined"] for party, who in standing.signatories.items() if "declined" in who}
    if not said:
        return {}
    stream = agreements.stream_of(standing.agreement)
    told = [event for event in streams.read_stream(connection, stream) if event.type == SIGNATURE_DECLINED]
    newest = {event.payload["party"]: event.seq for event in told}
    reasons = {row.seq: row.value for row in streams.read_sealed(connection, stream) if row.field == "reason"}
    return {party: {**words, "reason": reasons.get(newest[party])} for party, words in said.items()}


def _listed(who: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in who.items() if name != "declined"}
