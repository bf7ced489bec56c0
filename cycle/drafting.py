# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Drafting: the first event of a new exchange, or everything that is wrong with what it should begin with."""

from collections.abc import Sequence

from cycle import events as e
from cycle.carried import is_party_code
from cycle.checking import is_text, party_kind, stranger
from cycle.commands import DraftExchange, PartyNamed
from cycle.events import Happening
from cycle.moment import Moment
from cycle.programme import Programme
from cycle.refusals import Missing, Refusal
from cycle.standing import Standing
from cycle.words import Origin, PartyRole

LONGEST_TITLE = 500


def decide_draft(programme: Programme, command: DraftExchange, moment: Moment) -> tuple[Happening, ...] | Refusal:
    """The first event of a new exchange."""
    if moment.is_in_the_future:
        return Refusal.because("moment.in_the_future", "what is told has happened already", day=moment.occurred_on)
    mistakes = _draft_mistakes(programme, command)
    if mistakes:
        return Refusal("exchange.not_drafted", tuple(mistakes))
    payload = {
        "programme": programme.slug,
        "programme_version": programme.version,
        "title": command.title.strip(),
        "origin": command.origin,
        "weight": command.weight,
        "door": command.door,
        "first_party": _first_party(command),
        "parties": [
            {
                "party": p.party,
                "role": p.role,
                "kind": party_kind(programme, p.party),
                **({"institution": p.institution} if p.institution else {}),
            }
            for p in command.parties
        ],
        "on": moment.occurred_on,
        **({"derived_from": command.derived_from} if command.derived_from else {}),
    }
    return (Happening(e.EXCHANGE_DRAFTED, payload),)


def _first_party(command: DraftExchange) -> str:
    opening = "offers" if command.door == "offer" else "asks"
    return next(p.party for p in command.parties if p.role in (opening, "both"))


def _draft_mistakes(programme: Programme, command: DraftExchange) -> list[Missing]:
    mistakes: list[Missing] = []
    # A register's title may be longer, and is kept as it was given when its exchange is renewed.
    is_too_long = len(command.title) > LONGEST_TITLE and not command.derived_from
    if not command.title.strip() or is_too_long or not is_text(command.title):
        mistakes.append(
            Missing("exchange.title_missing", f"an exchange has a title in UTF-8 of at most {LONGEST_TITLE} letters")
        )
    if command.origin not in set(Origin):
        mistakes.append(Missing("exchange.origin_unknown", f"an origin: {', '.join(Origin)}"))
    if command.door not in ("offer", "demand"):
        mistakes.append(Missing("exchange.door_unknown", "an exchange begins with an offer or a demand"))
    elif command.door not in programme.doors:
        need = f"exchanges of {programme.slug} begin with: {', '.join(programme.doors)}"
        mistakes.append(Missing("exchange.door_closed", need, facts={"door": command.door}))
    if command.weight not in programme.document["weights"]:
        mistakes.append(Missing("exchange.weight_unknown", "the weight is light, standard or triangular"))
    mistakes += [mistake for party in command.parties for mistake in _party_mistakes(programme, party)]
    opening = "offers" if command.door == "offer" else "asks"
    if not any(p.role in (opening, "both") for p in command.parties):
        mistakes.append(Missing("exchange.first_party_missing", f"a party {opening}"))
    if len({p.party for p in command.parties}) != len(command.parties):
        mistakes.append(Missing("party.named_twice", "each party is named once"))
    return mistakes


def _party_mistakes(programme: Programme, party: PartyNamed) -> list[Missing]:
    mistakes: list[Missing] = []
    if not is_party_code(party.party):
        need = "a party has a code: a country two capitals (PE), a partner letters, digits and hyphens (partner-agency)"
        mistakes.append(Missing("party.code_malformed", need, facts={"party": party.party[:40]}))
    elif party_kind(programme, party.party) is None:
        mistakes.append(stranger(programme, party.party))
    if party.role not in ("offers", "asks", "both", "facilitates", "supports"):
        mistakes.append(
            Missing(
                "party.role_unknown",
                f"a role: offers, asks, both, facilitates or supports, not {party.role or 'none'}",
                facts={"party": party.party},
            )
        )
    if party.institution is not None and not is_text(party.institution):
        mistakes.append(Missing("party.institution_malformed", "a text", facts={"party": party.party}))
    return mistakes


def renewal_of(standing: Standing) -> DraftExchange:
    """What opens the exchange that renews another: the same members, weight, door and title."""
    first = standing.first_party
    members = sorted(standing.members(), key=lambda code: (code != first, code))
    parties = tuple(
        PartyNamed(code, _role_word(standing.parties[code]["roles"]), standing.parties[code]["institution"])
        for code in members
    )
    origin = Origin.ENTERED.value if standing.origin == Origin.IMPORTED else standing.origin
    return DraftExchange(standing.title, standing.door, standing.weight, parties, origin, standing.exchange)


def _role_word(roles: Sequence[str]) -> str:
    """The one word for what a party did: where it did several things, offering and asking come first."""
    if {PartyRole.OFFERS, PartyRole.ASKS} <= set(roles):
        return "both"
    return next((str(role) for role in PartyRole if role in roles), PartyRole.SUPPORTS.value)
