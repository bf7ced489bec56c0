# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""That something waits for somebody's answer: told on the first pages they see."""

from api.pages.entries_words import ENTRY_WORDS
from observatory.window_registers import see_waiting
from people.policy import offers
from people.resources import of_parties
from services.desk import Desk
from services.sign_in.sessions import Session


def banner_for(desk: Desk, session: Session | None, lang: str) -> str | None:
    """How many entries wait for the country somebody may answer for; None where none does, or for anybody else."""
    if session is None or session.lacks or session.actor is None or session.actor.party is None:
        return None
    actor, party = session.actor, session.actor.party
    if "entry.confirm" not in offers(actor, of_parties("entry", (party,), party=party)):
        return None
    words, waiting = ENTRY_WORDS[lang], see_waiting(desk, actor)
    return words["banner_one" if waiting == 1 else "banner"].format(n=waiting) if waiting else None
