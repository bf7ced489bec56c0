# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What was negotiated in an agreement: every version of its text, and who signs it for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from agreements.agreement import TEXT_PROPOSED, Agreement
from storage import streams
from storage.agreements import stream_of


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the text. `counts`: it is the present one; after a succession none is, until another is proposed."""

    version: int
    summary: str
    terms: Mapping[str, Any]
    text_hash: str
    proposed_at: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs for a party, by office: the name is sealed and stands on the paper alone."""

    party: str
    title: str
    institution: str
    order: int


def versions(connection: Connection, standing: Agreement) -> tuple[Version, ...]:
    """Every version that was proposed, in order."""
    told = streams.read_stream(connection, stream_of(standing.agreement))
    return tuple(
        Version(
            version=event.payload["version"],
            summary=event.payload["summary"],
            terms=event.payload.get("terms", {}),
            text_hash=event.payload["text_hash"],
            proposed_at=event.occurred_at,
            counts=standing.text_hash is not None and event.payload["version"] == standing.version,
        )
        for event in told
        if event.type == TEXT_PROPOSED
    )


def signatories(standing: Agreement) -> tuple[Signatory, ...]:
    """Everybody who is to sign, in the order of signing."""
    listed = (
        Signatory(party, said["title"], said["institution"], said["order"])
        for party, said in standing.signatories.items()
    )
    return tuple(sorted(listed, key=lambda one: (one.order, one.party)))
