# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An agreement's standing and how its events fold into it.

Bounded: one value per party, signatory and covered exchange.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agreements.rules import Status
from cycle.events import BESIDE, Happening, Told

DRAFTED = "AgreementDrafted"
MOVED = "AgreementMoved"
TEXT_PROPOSED = "TextProposed"
SIGNATORY_LISTED = "SignatoryListed"
SIGNATORY_INVITED = "SignatoryInvited"
INVITATION_REVOKED = "InvitationRevoked"
SIGNATURE_DECLINED = "SignatureDeclined"
COUNTERPART_RECEIVED = "CounterpartReceived"
COUNTERPART_CONFIRMED = "CounterpartConfirmed"
EXCHANGE_COVERED = "ExchangeCovered"
EXECUTION_BEGAN = "ExecutionBegan"
EXECUTION_ENDED = "ExecutionEnded"
PARTY_SUCCEEDED = "PartySucceeded"
PROVISIONALLY_APPLIED = "ProvisionallyApplied"


@dataclass(frozen=True, slots=True)
class Agreement:
    """Where one agreement stands after its event `seq`.

    changed_seq: the last event but those about papers: the ETag
    version: of the text; a counterpart of another version counts for nothing
    text_hash: of the present text; None before the first, and after a succession until a text names the new party
    signatories: party → {title, institution, order}, and {declined: {version, on}} once this one declined to sign
    counterparts: party → {version, received_by, confirmed, signed_on}
    exchanges: covered exchange → executing | waiting
    """

    agreement: str
    programme: str
    programme_version: int
    title: str
    register: str
    specimen: bool
    status: str = Status.DRAFT.value
    reference: str | None = None
    version: int = 0
    text_hash: str | None = None
    provisional: bool = False
    in_force_on: str | None = None
    expires_on: str | None = None
    amends: str | None = None
    seq: int = 0
    recorded_at: str = ""
    changed_seq: int = 0
    parties: tuple[str, ...] = ()
    signatories: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    counterparts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    exchanges: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_effect(self) -> bool:
        return self.effect is not None

    @property
    def effect(self) -> str | None:
        """`in_force`, `provisional`, or None without effect."""
        if self.status == Status.IN_FORCE:
            return "in_force"
        return "provisional" if self.provisional and self.status in (Status.SIGNED, Status.SEALED) else None

    @property
    def executing(self) -> tuple[str, ...]:
        """Covered exchanges that began execution under this agreement and have not left it."""
        return tuple(sorted(exchange for exchange, state in self.exchanges.items() if state == "executing"))

    def declined(self, party: str) -> bool:
        """Whether who signs for a party declined to sign the present text."""
        said = self.signatories.get(party, {}).get("declined") or {}
        return said.get("version") == self.version

    def unsigned(self) -> tuple[str, ...]:
        """Parties whose confirmed counterpart of the present text is still missing."""
        return tuple(
            party
            for party in self.parties
            if (given := self.counterparts.get(party)) is None
            or not given["confirmed"]
            or given["version"] != self.version
        )


def begin(agreement: str, event: Told) -> Agreement:
    """The standing after AgreementDrafted."""
    payload = event.payload
    return Agreement(
        agreement=agreement,
        programme=payload["programme"],
        programme_version=payload["programme_version"],
        title=payload["title"],
        register=payload["register"],
        specimen=payload["specimen"],
        reference=payload["reference"],
        amends=payload.get("amends"),
        expires_on=payload.get("expires_on"),
        parties=tuple(payload["parties"]),
        exchanges=dict.fromkeys(payload["exchanges"], "waiting"),
        seq=event.seq,
        recorded_at=event.recorded_at,
        changed_seq=event.seq,
    )


def evolve(agreement: Agreement, event: Told) -> Agreement:
    """The standing after one more event."""
    changed = agreement.changed_seq if event.type in BESIDE else event.seq
    told = replace(agreement, seq=event.seq, changed_seq=changed, recorded_at=event.recorded_at)
    return EFFECTS[event.type](told, event.payload) if event.type in EFFECTS else told


def fold(agreement: str, events: Iterable[Told]) -> Agreement:
    """The standing after all events of an agreement's stream."""
    telling = iter(events)
    standing = begin(agreement, next(telling))
    for event in telling:
        standing = evolve(standing, event)
    return standing


def foreseen(agreement: Agreement, told: Iterable[Happening]) -> Agreement:
    """Where an agreement will stand after what was decided but is not yet written."""
    for happening in told:
        effect = EFFECTS.get(happening.type)
        agreement = effect(agreement, happening.payload) if effect else agreement
    return agreement


Payload = Mapping[str, Any]


def _move(told: Agreement, payload: Payload) -> Agreement:
    days = {key: payload[key] for key in ("in_force_on", "expires_on") if key in payload}
    return replace(told, status=payload["to"], **days)


def _list_signatory(told: Agreement, payload: Payload) -> Agreement:
    listed = {key: payload[key] for key in ("title", "institution", "order")}
    return replace(told, signatories={**told.signatories, payload["party"]: listed})


def _decline(told: Agreement, payload: Payload) -> Agreement:
    """Theirs alone: whoever is listed in their place has declined nothing."""
    listed = told.signatories[payload["party"]]
    said = {"version": payload["version"], "on": payload["on"]}
    return replace(told, signatories={**told.signatories, payload["party"]: {**listed, "declined": said}})


def _receive(told: Agreement, payload: Payload) -> Agreement:
    given = {key: payload[key] for key in ("version", "received_by", "signed_on")}
    return replace(told, counterparts={**told.counterparts, payload["party"]: {**given, "confirmed": False}})


def _confirm(told: Agreement, payload: Payload) -> Agreement:
    given = {**told.counterparts[payload["party"]], "confirmed": True}
    return replace(told, counterparts={**told.counterparts, payload["party"]: given})


def _cover(state: str) -> Callable[[Agreement, Payload], Agreement]:
    def cover(told: Agreement, payload: Payload) -> Agreement:
        return replace(told, exchanges={**told.exchanges, payload["exchange"]: state})

    return cover


def _succeed(told: Agreement, payload: Payload) -> Agreement:
    """The text that named the old party stops counting: only a new one goes on to signature."""
    parties = tuple(payload["new"] if party == payload["old"] else party for party in told.parties)
    again = {"version": payload["version"], "status": payload["to"], "text_hash": None}
    return replace(told, parties=tuple(dict.fromkeys(parties)), **again)


EFFECTS: Mapping[str, Callable[[Agreement, Payload], Agreement]] = {
    MOVED: _move,
    TEXT_PROPOSED: lambda told, said: replace(told, version=said["version"], text_hash=said["text_hash"]),
    SIGNATORY_LISTED: _list_signatory,
    SIGNATURE_DECLINED: _decline,
    COUNTERPART_RECEIVED: _receive,
    COUNTERPART_CONFIRMED: _confirm,
    PROVISIONALLY_APPLIED: lambda told, _: replace(told, provisional=True),
    EXCHANGE_COVERED: _cover("waiting"),
    EXECUTION_BEGAN: _cover("executing"),
    EXECUTION_ENDED: _cover("waiting"),
    PARTY_SUCCEEDED: _succeed,
}
