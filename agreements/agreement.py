"""An agreement's standing and how its events fold into it. Bounded: one value per party, signatory and covered exchange."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from agreements.rules import Status
from cycle.events import Told

DRAFTED = "AgreementDrafted"
MOVED = "AgreementMoved"
TEXT_PROPOSED = "TextProposed"
SIGNATORY_LISTED = "SignatoryListed"
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

    version: of the text; a counterpart of another version counts for nothing
    signatories: party → {title, institution, order} · counterparts: party → {version, received_by, confirmed, signed_on}
    exchanges: covered exchange → executing | waiting
    """

    agreement: str
    programme: str
    programme_version: int
    title: str
    register: str
    specimen: bool
    status: str = Status.DRAFT
    reference: str | None = None
    version: int = 0
    text_hash: str | None = None
    provisional: bool = False
    in_force_on: str | None = None
    expires_on: str | None = None
    amends: str | None = None
    seq: int = 0
    recorded_at: str = ""
    parties: tuple[str, ...] = ()
    signatories: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    counterparts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    exchanges: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_effect(self) -> bool:
        return self.status == Status.IN_FORCE or (self.provisional and self.status in (Status.SIGNED, Status.SEALED))

    @property
    def executing(self) -> tuple[str, ...]:
        """Covered exchanges that began execution under this agreement and have not left it."""
        return tuple(sorted(exchange for exchange, state in self.exchanges.items() if state == "executing"))

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
    )


def evolve(agreement: Agreement, event: Told) -> Agreement:
    """The standing after one more event."""
    told = replace(agreement, seq=event.seq, recorded_at=event.recorded_at)
    payload = event.payload
    match event.type:
        case "AgreementMoved":
            changes = {key: payload[key] for key in ("in_force_on", "expires_on") if key in payload}
            return replace(told, status=payload["to"], **changes)
        case "TextProposed":
            return replace(told, version=payload["version"], text_hash=payload["text_hash"])
        case "SignatoryListed":
            listed = {key: payload[key] for key in ("title", "institution", "order")}
            return replace(told, signatories={**told.signatories, payload["party"]: listed})
        case "CounterpartReceived":
            given = {
                "version": payload["version"],
                "received_by": payload["received_by"],
                "signed_on": payload["signed_on"],
                "confirmed": False,
            }
            return replace(told, counterparts={**told.counterparts, payload["party"]: given})
        case "CounterpartConfirmed":
            given = {**told.counterparts[payload["party"]], "confirmed": True}
            return replace(told, counterparts={**told.counterparts, payload["party"]: given})
        case "ProvisionallyApplied":
            return replace(told, provisional=True)
        case "ExchangeCovered":
            return replace(told, exchanges={**told.exchanges, payload["exchange"]: "waiting"})
        case "ExecutionBegan":
            return replace(told, exchanges={**told.exchanges, payload["exchange"]: "executing"})
        case "ExecutionEnded":
            return replace(told, exchanges={**told.exchanges, payload["exchange"]: "waiting"})
        case "PartySucceeded":
            parties = tuple(payload["new"] if party == payload["old"] else party for party in told.parties)
            return replace(
                told, parties=tuple(dict.fromkeys(parties)), version=payload["version"], status=payload["to"]
            )
        case _:
            return told


def fold(agreement: str, events: Iterable[Told]) -> Agreement:
    """The standing after all events of an agreement's stream."""
    telling = iter(events)
    standing = begin(agreement, next(telling))
    for event in telling:
        standing = evolve(standing, event)
    return standing
