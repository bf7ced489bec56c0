# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What waits for somebody's answer: told on the first pages they see, with the way to the place where it is given."""

from dataclasses import dataclass

from api.pages.entries_words import ENTRY_WORDS
from api.pages.onward import carrying
from observatory.window_registers import see_unheard, see_waiting
from people.policy import offers
from people.resources import of_parties
from services.desk import Desk
from services.sign_in.sessions import Session


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of a kind wait, in words; and the words of the way there."""

    text: str
    href: str
    go: str


def waiting_for(desk: Desk, session: Session | None, lang: str) -> tuple[Waiting, ...]:
    """Entries that a country's focal point may answer, and steps that did not wait for a delegate's bench."""
    if session is None or session.lacks or session.actor is None or session.actor.party is None:
        return ()
    actor, party = session.actor, session.actor.party
    found = []
    if "entry.confirm" in offers(actor, of_parties("entry", (party,), party=party)):
        found.append(_told("banner", see_waiting(desk, actor), lang))
    if "reply.give" in offers(actor, of_parties("reply", (party,), party=party)):
        found.append(_told("reply_banner", len(see_unheard(desk, actor)), lang, "#replies"))
    return tuple(one for one in found if one)


def _told(word: str, n: int, lang: str, part: str = "") -> Waiting | None:
    words = ENTRY_WORDS[lang]
    text = words[f"{word}_one" if n == 1 else word].format(n=n)
    return Waiting(text, carrying("/entries", lang=lang) + part, words["banner_go"]) if n else None
