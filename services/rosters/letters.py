# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The letters that a change of a roster owes, in its own transaction: who lost what, and what waits for a newcomer."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from cycle.events import Happening
from cycle.moment import day_in
from people.roster import HOUSE, ROLE_GRANTED, Roster
from people.roster_news import news_of, told_of
from services.act import Act
from services.desk import Desk
from services.entry_letters import owe_waiting
from services.sign_in.letters import ROSTER_CHANGED, owe_letter


def owe_letters(act: Act, before: Roster, after: Roster, happenings: Sequence[Happening]) -> None:
    """Owes what is told of happenings just recorded."""
    desk, connection, by = act.desk, act.connection, act.actor
    news = news_of(before, happenings)
    facts = {"party": after.party, "news": [asdict(one) for one in news], "by": by.person, "as": by.role.value}
    for person in sorted(told_of(news, after, day_in(desk.now(), after.timezone))):
        owe_letter(desk, connection, person, ROSTER_CHANGED, **facts, at=desk.now())
    for happening in happenings:
        if happening.type == ROLE_GRANTED:
            owe_waiting(desk, connection, after.party, after.roles[happening.payload["id"]])


def names_in(desk: Desk, connection: Connection, language: str) -> dict[str, str]:
    """What the published programmes call countries and benches, by code; the house is Minga."""
    named = {HOUSE: "Minga"}
    for programme in desk.published(connection):
        named |= {one["code"]: programme.text(one["names"], language) for one in programme.document["countries"]}
        named |= {one["code"]: programme.text(one["labels"], language) for one in programme.document["benches"]}
    return named
