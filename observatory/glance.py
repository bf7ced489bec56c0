# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An exchange at a glance: where it stands, what is missing, its papers and what happened last; one read."""

from dataclasses import dataclass

from cycle.explain import Explanation, explain
from cycle.programme import Programme
from cycle.standing import Standing
from observatory import exchange as one
from observatory import history as told
from observatory.exchange import Covering, Whole
from observatory.history import Happened
from observatory.window import Desk, Seen, events_of, looking_at
from people.actors import Actor
from storage import papers
from storage.papers import PaperRow

AT_ONCE = 50
"""How many events are read at once; a reader who may not list the evidence sees fewer."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What one page tells of an exchange.

    texts: each agreement that covers it, with the papers of its text · happened: newest first
    earlier: the event before which the next page ends; None when there is none
    """

    whole: Whole
    standing: Standing
    programme: Programme
    moves: tuple[Explanation, ...]
    texts: tuple[tuple[Covering, tuple[PaperRow, ...]], ...]
    happened: tuple[Happened, ...]
    earlier: int | None


def see_glance(desk: Desk, reader: Actor, exchange: str, *, before: int | None = None) -> Glance:
    """An exchange at a glance, its events those before `before`. Raises NotFound."""
    with looking_at(desk, reader, exchange) as seen:
        whole = one.shown(seen.connection, reader, seen.standing, seen.programme, seen.today)
        happened, earlier = _lately(seen, reader, before)
        return Glance(
            whole=whole,
            standing=seen.standing,
            programme=seen.programme,
            moves=explain(seen.programme, seen.standing, seen.today),
            texts=tuple((text, papers.of_agreement(seen.connection, text.agreement)) for text in whole.agreements),
            happened=happened,
            earlier=earlier,
        )


def _lately(seen: Seen, reader: Actor, before: int | None) -> tuple[tuple[Happened, ...], int | None]:
    last = told.last_event(seen.connection, seen.standing.exchange, before)
    hidden = one.draft_hidden_from(seen.connection, seen.standing, reader)
    after = max(hidden, last - AT_ONCE)
    if last <= after:
        return (), None
    page = events_of(seen, reader, after=after, limit=last - after)
    return tuple(reversed(page.items)), after + 1 if after > hidden else None
