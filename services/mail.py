# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Sending letters: duties of the outbox become mail. What a letter needs is looked up when it is sent, and a link made then.

So no address and no secret rests in the outbox. A letter whose reader was erased meanwhile is owed to nobody any more.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from documents.words import words_in
from notifications.letters import (
    LANGUAGES,
    AccountChanged,
    Entered,
    GlassBroken,
    InvitedToSign,
    Letter,
    RosterChanged,
    RosterNews,
    SignInLink,
    write_letter,
)
from notifications.mail import MailNotSent, Post
from services.desk import Desk
from services.entry_letters import waiting_for
from services.invitations import addressee, new_key
from services.owed import claim_next, fail, finish
from services.rosters.letters import names_in
from services.sign_in import letters, links
from services.sign_in.accounts import Account, account_by_id
from storage import agreements, invitations
from storage.outbox import Duty, LeaseLost

LEASE_SECONDS = 60.0
FAILURES_A_PASS = 3
FOLDER = "mail"
ENTRIES = "/entries"

logger = logging.getLogger("minga.mail")


def send_next(desk: Desk, limit: int = 50) -> int:
    """Sends up to `limit` letters that are owed and due, one lease at a time; how many were done."""
    sent = failed = 0
    # A mail server that hangs is asked three times a pass, not once for each letter.
    while sent + failed < limit and failed < FAILURES_A_PASS:
        duty = claim_next(desk, letters.DUTY, LEASE_SECONDS)
        if duty is None:
            break
        done = _send_owed(desk, duty)
        sent, failed = sent + done, failed + (not done)
    return sent


def _send_owed(desk: Desk, duty: Duty) -> bool:
    """Whether the duty is done: sent, or owed to nobody any more."""
    try:
        _send(desk, duty)
        finish(desk, duty)
    except LeaseLost:
        return False
    except (MailNotSent, LookupError, ValueError, TypeError) as error:
        fail(desk, duty, _code_of(error), logger=logger, said=f"Letter {duty.id} was not sent")
        return False
    return True


def _code_of(error: Exception) -> str:
    """Why a letter was not sent. What another error says may hold names, so only its kind is told."""
    return f"{error.code} ({error})" if isinstance(error, MailNotSent) else f"mail.not_written ({type(error).__name__})"


def _send(desk: Desk, duty: Duty) -> None:
    payload = json.loads(duty.payload)

    def work(connection: Connection) -> tuple[Account, Letter] | None:
        account = _reader(desk, connection, payload)
        letter = LETTERS[payload["event"]](desk, connection, account, payload) if account else None
        return (account, letter) if account and letter else None

    told = desk.store.write(work)
    if told is not None:
        account, letter = told
        post = Post(desk.data / FOLDER, desk.mail_from, desk.smtp_url)
        post.send(duty.id, account.email, write_letter(letter, account.language), desk.now())


def _reader(desk: Desk, connection: Connection, payload: Mapping[str, Any]) -> Account | None:
    """Who is written to: somebody with an account here, or somebody invited to one paper."""
    if payload["event"] == letters.INVITED:
        return addressee(connection, payload["invitation"], desk.now())
    return account_by_id(connection, payload["person"])


def _link(desk: Desk, connection: Connection, account: Account, facts: Mapping[str, Any]) -> Letter:
    made = links.new_link(desk, connection, account.person, facts.get("after"))
    return SignInLink(account.name, made, links.LASTS_SECONDS // 60)


def _changed(desk: Desk, _: Connection, account: Account, facts: Mapping[str, Any]) -> Letter:
    return AccountChanged(account.name, facts["what"], _minute(facts["at"], account.language), desk.address)


def _broken(_: Desk, connection: Connection, account: Account, facts: Mapping[str, Any]) -> Letter:
    return GlassBroken(
        account.name, _name_of(connection, facts["whose"]) or "—", _minute(facts["at"], account.language)
    )


def _roster_changed(desk: Desk, connection: Connection, account: Account, facts: Mapping[str, Any]) -> Letter:
    names = names_in(desk, connection, account.language)
    return RosterChanged(
        name=account.name,
        party=names.get(facts["party"], facts["party"]),
        news=tuple(
            RosterNews(
                what=one["what"],
                whose=_name_of(connection, one["person"]) or "—",
                role=one["role"],
                bench=names.get(one["bench"], one["bench"]),
            )
            for one in facts["news"]
        ),
        by=_name_of(connection, facts["by"]),
        acting=facts["as"],
        at=_minute(facts["at"], account.language),
        address=desk.address,
    )


def _name_of(connection: Connection, person: str) -> str | None:
    """What a person is called, as long as that is kept."""
    account = account_by_id(connection, person)
    return account.name if account else None


def _entered(desk: Desk, connection: Connection, account: Account, _: Mapping[str, Any]) -> Letter | None:
    """Nothing to tell when all was answered before the letter left, or the reader answers for nobody any more."""
    waiting = waiting_for(desk, connection, account.person)
    return Entered(account.name, waiting, f"{desk.address}{ENTRIES}") if waiting else None


def _invited(desk: Desk, connection: Connection, account: Account, facts: Mapping[str, Any]) -> Letter | None:
    """The key is made now; each attempt makes another, and each that arrived opens the same."""
    found = invitations.living(connection, facts["invitation"], desk.now())
    loaded = agreements.load(connection, found.agreement) if found else None
    if found is None or loaded is None:
        return None
    told = loaded.standing
    link = new_key(desk, connection, found.id, account.language)
    return InvitedToSign(account.name, told.title, told.reference or "", link, _day(found.expires_at, account.language))


def _day(at: str, language: str) -> str:
    """`23 November 2026`, in the letter's language."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    return words_in(spoken).day(date.fromisoformat(at[:10]))


def _minute(at: str, language: str) -> str:
    """`23 November 2026, 15:04 UTC`."""
    return f"{_day(at, language)}, {at[11:16]} UTC"


LETTERS: dict[str, Callable[[Desk, Connection, Account, Mapping[str, Any]], Letter | None]] = {
    letters.LINK: _link,
    letters.CHANGED: _changed,
    letters.GLASS_BROKEN: _broken,
    letters.ENTERED: _entered,
    letters.ROSTER_CHANGED: _roster_changed,
    letters.INVITED: _invited,
}
