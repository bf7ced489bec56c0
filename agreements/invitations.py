# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Deciding who is invited to sign a text, and what they answer. Pure, and reads the agreement's own stream alone.

Who is invited is who is listed; to which address the letter went stands in no event. Signing is not declining: a signatory
who declined may still sign while the text lies before them, and the counterpart says so.
"""

from agreements import agreement as a
from agreements.agreement import Agreement
from agreements.decide import Decision
from agreements.rules import BEFORE_SIGNATORIES
from cycle.checking import is_text
from cycle.events import Happening
from cycle.moment import Moment
from cycle.refusals import Missing, Refusal

LONGEST_REASON = 2000


def invite_signatory(agreement: Agreement, party: str, invitation: str, expires_at: str) -> Decision:
    """An invitation of who is listed for a party to the present text."""
    wrong = _not_before_them(agreement) + _unlisted(agreement, party) + _signed(agreement, party)
    if wrong:
        return Refusal("agreement.requirements_unmet", tuple(wrong))
    payload = {"party": party, "version": agreement.version, "invitation": invitation, "expires_at": expires_at}
    return (Happening(a.SIGNATORY_INVITED, payload),)


def revoke_invitation(party: str, invitation: str) -> Decision:
    """The letter of an invitation opens nothing any more."""
    return (Happening(a.INVITATION_REVOKED, {"party": party, "invitation": invitation}),)


def decline_signature(agreement: Agreement, party: str, invitation: str, reason: str, moment: Moment) -> Decision:
    """The signatory's own word that they do not sign the present text; the reason is sealed, for it may speak of persons."""
    wrong = _not_before_them(agreement) + _signed(agreement, party)
    if not reason.strip():
        wrong.append(Missing("agreement.reason", "the step carries its reason"))
    elif not is_text(reason) or len(reason) > LONGEST_REASON:
        need = f"a reason is a text of at most {LONGEST_REASON} letters"
        wrong.append(Missing("fact.field_invalid", need, facts={"field": "reason"}))
    if agreement.declined(party):
        wrong.append(Missing("agreement.declined_already", "the signature of one text is declined once"))
    if wrong:
        return Refusal("agreement.requirements_unmet", tuple(wrong))
    payload = {
        "party": party,
        "version": agreement.version,
        "text_hash": agreement.text_hash,
        "invitation": invitation,
        "on": moment.occurred_on,
        "reason": reason.strip(),
    }
    return (Happening(a.SIGNATURE_DECLINED, payload, ("reason",)),)


def _not_before_them(agreement: Agreement) -> list[Missing]:
    if agreement.status in BEFORE_SIGNATORIES:
        return []
    return [Missing("agreement.not_before_signatories", "the agreement is in clearance, or open for signature")]


def _unlisted(agreement: Agreement, party: str) -> list[Missing]:
    if party not in agreement.parties:
        return [Missing("agreement.party_unknown", "a party of the agreement", facts={"party": party})]
    if party not in agreement.signatories:
        return [Missing("agreement.signatory", f"{party} lists who signs", (f"party:{party}",))]
    return []


def _signed(agreement: Agreement, party: str) -> list[Missing]:
    if party not in agreement.parties or party in agreement.unsigned():
        return []
    return [Missing("agreement.counterpart_confirmed", "a counterpart of the present text counts already")]
