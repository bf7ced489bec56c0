# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a country says to entries in its name: it confirms one, or contests it with a reason. One tap each, and once."""

from sqlalchemy import Connection

from cycle.entries import decide_answer
from people.policy import can
from people.resources import of_parties
from people.roster_rules import SPEAK
from services.act import act_of
from services.asking import Answer, Asking, ask
from services.desk import Desk
from services.errors import NotFound, require, unless_refused
from services.tending_exchanges import answer, load_for, recorded
from storage import entries


def confirm_entry(desk: Desk, asking: Asking, exchange: str, seq: int) -> Answer:
    """The country says that an entry is what it said.

    Answers {exchange, reference, stage, lifecycle, version, entry, status}. Raises NotFound, Refused.
    """
    return _answer(desk, asking, exchange, seq, None)


def contest_entry(desk: Desk, asking: Asking, exchange: str, seq: int, reason: str) -> Answer:
    """The country says that an entry is not what it said; the entry stays, and shows as contested. As confirm_entry."""
    return _answer(desk, asking, exchange, seq, reason)


def _answer(desk: Desk, asking: Asking, exchange: str, seq: int, reason: str | None) -> Answer:
    def work(connection: Connection) -> Answer:
        loaded, programme = load_for(desk, connection, asking, exchange)
        entry = entries.find(connection, loaded.standing.exchange, seq)
        unknown = NotFound(f"no entry {seq} of {exchange}", exchange=exchange, entry=seq)
        if entry is None:
            raise unknown
        action = "entry.confirm" if reason is None else "entry.contest"
        require(can(asking.actor, action, of_parties("entry", (entry.party,), party=entry.party)), unknown)
        decided = unless_refused(decide_answer(seq, entry.party, entry.status, reason))
        after = recorded(act_of(desk, connection, programme, asking), programme, loaded, [decided])
        status = "confirmed" if reason is None else "contested"
        return {**answer(after), "entry": seq, "status": status}

    return ask(desk, asking, {"answer_entry": seq, "exchange": exchange, "reason": reason}, work, reach=SPEAK)
