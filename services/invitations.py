# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Signatories are invited by mail to one agreement, and need no account: the key in the letter opens that text, and no more.

A key holds 256 bits and is kept as their SHA-256. It is made when its letter leaves, so neither the outbox nor a dead letter
holds one that works. Looking uses up nothing. It opens nothing any more after 30 days, when it is taken back, when another
signatory is listed or invited, when the text lies before the signatories no more, and after a change of government.
"""

from urllib.parse import urlencode

from sqlalchemy import Connection

from agreements import agreement as a
from agreements import invitations as rules
from agreements.agreement import Agreement
from agreements.rules import BEFORE_SIGNATORIES
from ledger.instants import DAY_SECONDS, later
from people.actors import Actor, Role
from services.act import act_of
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, ServiceError
from services.persons import add_unaccounted, check_address, normal_email
from services.sign_in.accounts import Account
from services.sign_in.keys import digest_of, hash_of, is_digest, new_secret
from services.sign_in.letters import INVITED, owe_letter
from services.tending_agreements import Does, answer, load_for, recorded
from storage import agreements, invitations, streams
from storage.invitations import Invitation

LASTS_DAYS = 30
PATH = "/invitation"


class InvitationRefused(ServiceError):
    """A key that is unknown, or opens nothing any more: the two are told alike."""

    code = "invitation.refused"


class FormOutdated(ServiceError):
    """The form came from no page that showed the present text to this signatory."""

    code = "invitation.form_outdated"


def invite_signatory(desk: Desk, asking: Asking, agreement: str, party: str, email: str, language: str) -> Answer:
    """Invites who is listed for a party to the present text; the letter leaves with the next beat.

    Answers what every command on an agreement does, with {invitation, expires_at}. Raises NotFound, Refused, Stale.
    """
    check_address(email, language)

    def work(connection: Connection) -> Answer:
        loaded, programme = load_for(desk, connection, asking, agreement, Does("agreement.invite", party))
        before, invitation = loaded.standing, desk.identifiers.new()
        expires_at = later(desk.now(), LASTS_DAYS * DAY_SECONDS)
        decided = rules.invite_signatory(before, party, invitation, expires_at)
        after = recorded(act_of(desk, connection, programme, asking), programme, loaded, decided)
        invitations.end(connection, invitations.AGAIN, desk.now(), agreement=after.agreement, party=party)
        name = _listed(connection, after, party)
        person = add_unaccounted(desk, connection, name, language, specimen=after.specimen)
        row = {"id": invitation, "agreement": after.agreement, "party": party, "person": person}
        row |= {"email": normal_email(email), "language": language}
        how = {"text_version": after.version, "invited_at": desk.now(), "expires_at": expires_at}
        invitations.add(connection, **row, **how)
        owe_letter(desk, connection, person, INVITED, invitation=invitation)
        return {**answer(after), "invitation": invitation, "expires_at": expires_at}

    return ask(desk, asking, {"invite": agreement, "party": party, "email": email, "language": language}, work)


def revoke_invitation(desk: Desk, asking: Asking, agreement: str, invitation: str) -> Answer:
    """Takes an invitation back: its letter opens nothing from now on. Raises NotFound, Refused, Stale."""

    def work(connection: Connection) -> Answer:
        found = invitations.living(connection, invitation, desk.now())
        if found and found.agreement != (agreements.id_of(connection, agreement) or agreement):
            found = None
        does = Does("agreement.revoke_invitation", found.party if found else None)
        loaded, programme = load_for(desk, connection, asking, agreement, does)
        if found is None:
            raise NotFound("no such invitation", invitation=invitation)
        decided = rules.revoke_invitation(found.party, invitation)
        after = recorded(act_of(desk, connection, programme, asking), programme, loaded, decided)
        invitations.end(connection, invitations.REVOKED, desk.now(), id=invitation)
        return {**answer(after), "invitation": invitation, "expires_at": found.expires_at}

    return ask(desk, asking, {"revoke_invitation": invitation, "agreement": agreement}, work)


def decline_signature(desk: Desk, key: str, token: str, reason: str) -> Answer:
    """The signatory's own word: they do not sign the text that the page with this form showed them.

    Raises InvitationRefused, FormOutdated, Refused.
    """

    with desk.store.read() as connection:
        found = _behind(desk, connection, key)
    asking, does = Asking(signatory_of(found)), Does("agreement.decline", found.party, frozenset({found.person}))

    def work(connection: Connection) -> Answer:
        _behind(desk, connection, key)
        loaded, programme = load_for(desk, connection, asking, found.agreement, does)
        if not is_digest(form_token(desk, found.id, loaded.standing), token):
            raise FormOutdated("a form of the page that shows the present text")
        act = act_of(desk, connection, programme, asking)
        decided = rules.decline_signature(loaded.standing, found.party, found.id, reason, act.moment)
        return answer(recorded(act, programme, loaded, decided))

    return ask(desk, asking, {"decline_signature": found.id, "reason": reason}, work)


def signatory_of(invitation: Invitation) -> Actor:
    """As whom somebody acts who holds the key of an invitation."""
    return Actor(invitation.person, Role.SIGNATORY, invitation.party)


def form_token(desk: Desk, invitation: str, shown: Agreement) -> str:
    """What a form must bring back: only a page that showed this very text to this signatory holds it."""
    return digest_of(desk, "invitation form", f"{invitation}\0{shown.version}\0{shown.text_hash}")


def addressee(connection: Connection, invitation: str, now: str) -> Account | None:
    """Whom a letter of invitation goes to; None once it would open nothing."""
    found = invitations.living(connection, invitation, now)
    loaded = agreements.load(connection, found.agreement) if found else None
    if found is None or loaded is None or loaded.standing.status not in BEFORE_SIGNATORIES:
        return None
    return Account(found.person, _listed(connection, loaded.standing, found.party), found.email, found.language)


def new_key(desk: Desk, connection: Connection, invitation: str, language: str) -> str:
    """The address of the page that a letter opens. Nobody can read it anywhere later."""
    secret = new_secret(desk)
    invitations.add_key(connection, hash_of(secret), invitation, desk.now())
    return f"{desk.address}{PATH}?{urlencode({'key': secret, 'lang': language})}"


def _behind(desk: Desk, connection: Connection, key: str) -> Invitation:
    found = invitations.behind(connection, hash_of(key), desk.now())
    if found is None:
        raise InvitationRefused("a key that opens a text")
    return found


def _listed(connection: Connection, standing: Agreement, party: str) -> str:
    """The name that was listed last for a party; the title where the name was erased."""
    stream = agreements.stream_of(standing.agreement)
    listings = [
        event.seq
        for event in streams.read_stream(connection, stream)
        if event.type == a.SIGNATORY_LISTED and event.payload["party"] == party
    ]
    values = {row.seq: row.value for row in streams.read_sealed(connection, stream) if row.field == "name"}
    return str(values.get(listings[-1]) or standing.signatories[party]["title"])
