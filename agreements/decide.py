# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding what may happen to an agreement. Pure, and reads the agreement's own stream alone.

What happens in the exchanges it covers was told to it when it happened (`ExecutionBegan`), so ending an agreement under
which activities run can be judged without looking at any of them.
"""

from collections.abc import Collection, Mapping
from typing import Any

from agreements import agreement as a
from agreements.agreement import Agreement
from agreements.rules import ENDED, MACHINE, STEPS, UNSIGNED, Status
from cycle.checking import is_day, is_text
from cycle.events import Happening
from cycle.moment import Moment
from cycle.refusals import Missing, Refusal

Decision = tuple[Happening, ...] | Refusal


CARRIED = ("reason", "running", "expires_on")
"""What a step may carry: why; `continue` or `stop`, what becomes of running activities; the last day of its force."""


def decide_step(agreement: Agreement, name: str, says: Mapping[str, Any], moment: Moment) -> Decision:
    """Whether a step may be made, with what it carries: see CARRIED."""
    if moment.is_in_the_future:
        return Refusal.because("moment.in_the_future", "what is told has happened already", day=moment.occurred_on)
    step = STEPS.get(name)
    if step is None:
        return Refusal.because("agreement.step_unknown", "a step of the agreement's machine", step=name)
    if not MACHINE.allows(name, agreement.status):
        need = f"{name} starts from {', '.join(step.sources)}"
        return Refusal.because("agreement.not_from_here", need, status=agreement.status)
    missing = _unknown(name, says) + _missing(agreement, name, says) + _malformed(says, ("reason", "expires_on"))
    missing += _still_in_force(agreement, moment) if name == "expire" else []
    if missing:
        return Refusal("agreement.requirements_unmet", tuple(missing))
    to = MACHINE.destination(name, agreement.status)
    payload = {"step": name, "from": agreement.status, "to": to, "on": moment.occurred_on}
    payload |= {key: says[key] for key in CARRIED if says.get(key)}
    if name == "bring_into_force":
        payload["in_force_on"] = moment.occurred_on
    return (Happening(a.MOVED, payload),)


def _missing(agreement: Agreement, name: str, says: Mapping[str, Any]) -> list[Missing]:
    match name:
        case "send_for_clearance" if agreement.text_hash is None:
            return [Missing("agreement.text", "a text between its present parties was proposed", _each(agreement))]
        case "open_for_signature":
            unlisted = [p for p in agreement.parties if p not in agreement.signatories]
            return [Missing("agreement.signatory", f"{p} lists who signs", (f"party:{p}",)) for p in unlisted]
        case "complete_signatures":
            return [
                Missing("agreement.counterpart", f"the confirmed counterpart of {p}", (f"party:{p}",))
                for p in agreement.unsigned()
            ]
        case "terminate" | "expire":
            return _running(agreement, says) + ([_reason()] if _is_blank(says, "reason") else [])
        case "return_to_negotiation" if _is_blank(says, "reason"):
            return [_reason()]
        case _:
            return []


def _unknown(name: str, says: Mapping[str, Any]) -> list[Missing]:
    return [
        Missing("fact.field_unknown", f"{name} carries no {said}", facts={"field": said})
        for said in sorted(set(says) - set(CARRIED))
    ]


def _is_blank(says: Mapping[str, Any], name: str) -> bool:
    return not str(says.get(name) or "").strip()


def _malformed(says: Mapping[str, Any], names: tuple[str, ...]) -> list[Missing]:
    """Texts are texts, and days are days."""
    return [
        Missing("fact.field_invalid", f"{name} has no such form", facts={"field": name})
        for name in names
        if says.get(name) and not (is_day if name.endswith("_on") else is_text)(says[name])
    ]


def _signed_ahead(says: Mapping[str, Any], moment: Moment) -> list[Missing]:
    """What was signed was not signed in the future."""
    if str(says.get("signed_on") or "") <= moment.tomorrow:
        return []
    return [Missing("fact.day_in_the_future", "signed_on has come already", facts={"field": "signed_on"})]


def _reason() -> Missing:
    return Missing("agreement.reason", "the step carries its reason")


def _running(agreement: Agreement, says: Mapping[str, Any]) -> list[Missing]:
    """An agreement does not end under running activities unsaid: they are continued to completion, or stopped."""
    if not agreement.executing or says.get("running") in ("continue", "stop"):
        return []
    need = "says what becomes of the activities that run under it: running = continue or stop"
    return [Missing("agreement.activities_run", need, _each(agreement), {"exchanges": list(agreement.executing)})]


def _still_in_force(agreement: Agreement, moment: Moment) -> list[Missing]:
    """An agreement whose last day is known does not expire before that day is over; earlier it is terminated."""
    if not agreement.expires_on or moment.occurred_on > agreement.expires_on:
        return []
    need = "its last day is over; an agreement that ends before is terminated"
    return [Missing("agreement.still_in_force", need, facts={"expires_on": agreement.expires_on})]


def _each(agreement: Agreement) -> tuple[str, ...]:
    return tuple(f"party:{party}" for party in agreement.parties)


def propose_text(agreement: Agreement, text_hash: str, summary: str) -> Decision:
    """A new version of the text; a counterpart of an earlier one stops counting."""
    if agreement.status not in (Status.DRAFT, Status.NEGOTIATION):
        return Refusal.because("agreement.text_is_fixed", "the text is negotiated in draft or negotiation")
    payload = {"version": agreement.version + 1, "text_hash": text_hash, "summary": summary}
    return (Happening(a.TEXT_PROPOSED, payload),)


def list_signatory(agreement: Agreement, says: Mapping[str, Any]) -> Decision:
    """Who signs for a party: name (sealed), title, institution."""
    wrong = _stranger(agreement, says) + [
        Missing("fact.field_missing", f"a signatory has a {name}", facts={"field": name})
        for name in ("name", "title", "institution")
        if _is_blank(says, name)
    ]
    wrong += _malformed(says, ("name", "title", "institution"))
    if agreement.status not in UNSIGNED:
        wrong.append(Missing("agreement.text_is_fixed", "signatories are listed before signing ends"))
    if wrong:
        return Refusal("agreement.requirements_unmet", tuple(wrong))
    payload = {key: says[key] for key in ("party", "name", "title", "institution")}
    known = agreement.signatories.get(payload["party"])
    order = known["order"] if known else len(agreement.signatories) + 1
    return (Happening(a.SIGNATORY_LISTED, {**payload, "order": order}, ("name",)),)


def receive_counterpart(agreement: Agreement, says: Mapping[str, Any], person: str, moment: Moment) -> Decision:
    """A counterpart signed in ink has arrived for a party; a second officer of that country will confirm it."""
    wrong = _stranger(agreement, says)
    wrong += _malformed(says, ("signed_on", "place", "scan_sha256")) or _signed_ahead(says, moment)
    if agreement.status != Status.OPEN_FOR_SIGNATURE:
        wrong.append(Missing("agreement.not_open_for_signature", "the agreement is open for signature"))
    if says.get("party") not in agreement.unsigned() and not wrong:
        wrong.append(Missing("agreement.counterpart_confirmed", "a counterpart of the present text counts already"))
    if not says.get("signed_on"):
        wrong.append(Missing("fact.field_missing", "the day it was signed", facts={"field": "signed_on"}))
    if wrong:
        return Refusal("agreement.requirements_unmet", tuple(wrong))
    payload = {
        "party": says["party"],
        "version": agreement.version,
        "text_hash": agreement.text_hash,
        "signed_on": says["signed_on"],
        "place": says.get("place") or "",
        "means": "wet ink",
        "scan_sha256": says.get("scan_sha256") or "",
        "received_by": person,
    }
    return (Happening(a.COUNTERPART_RECEIVED, payload),)


def confirm_counterpart(agreement: Agreement, says: Mapping[str, Any], person: str, moment: Moment) -> Decision:
    """The second pair of eyes; the last confirmation completes the signatures by itself."""
    wrong = _stranger(agreement, says)
    if agreement.status != Status.OPEN_FOR_SIGNATURE:
        wrong.append(Missing("agreement.not_open_for_signature", "the agreement is open for signature"))
    given = agreement.counterparts.get(str(says.get("party")))
    if given is None or given["version"] != agreement.version:
        wrong.append(Missing("agreement.counterpart", "a counterpart of the present text was received"))
    elif given["confirmed"]:
        wrong.append(Missing("agreement.counterpart_confirmed", "a counterpart is confirmed once"))
    elif given["received_by"] == person:
        second = (f"party:{says['party']}",)
        wrong.append(Missing("agreement.second_officer", "a second officer of the same country confirms", second))
    if wrong:
        return Refusal("agreement.requirements_unmet", tuple(wrong))
    confirmed = Happening(a.COUNTERPART_CONFIRMED, {"party": says["party"], "version": agreement.version})
    left = [party for party in agreement.unsigned() if party != says["party"]]
    if left:
        return (confirmed,)
    done = {"step": "complete_signatures", "from": agreement.status, "to": Status.SIGNED.value}
    return (confirmed, Happening(a.MOVED, {**done, "on": moment.occurred_on}))


def apply_provisionally(agreement: Agreement, reason: str) -> Decision:
    """Provisional application: a signed text has effect before its entry into force."""
    if agreement.status not in (Status.SIGNED, Status.SEALED) or not reason.strip():
        return Refusal.because("agreement.not_signed", "a signed text and a reason")
    if agreement.provisional:
        return Refusal.because("agreement.provisional_already", "it is applied provisionally once")
    return (Happening(a.PROVISIONALLY_APPLIED, {"reason": reason}),)


def cover(agreement: Agreement, exchange: str, parties: Collection[str]) -> Decision:
    """One exchange more under the agreement: between the same parties, and not after its end."""
    wrong: list[Missing] = []
    if agreement.status in ENDED:
        wrong.append(Missing("agreement.ended", "an agreement that ended covers nothing new"))
    if exchange in agreement.exchanges:
        wrong.append(Missing("agreement.covers_already", "an exchange is covered once"))
    if not set(agreement.parties) <= set(parties):
        facts = {"parties": list(agreement.parties)}
        wrong.append(Missing("agreement.other_parties", "an exchange between the same parties", facts=facts))
    if wrong:
        return Refusal("agreement.requirements_unmet", tuple(wrong))
    return (Happening(a.EXCHANGE_COVERED, {"exchange": exchange}),)


def _stranger(agreement: Agreement, says: Mapping[str, Any]) -> list[Missing]:
    party = says.get("party")
    if party in agreement.parties:
        return []
    return [Missing("agreement.party_unknown", "a party of the agreement", facts={"party": party})]
