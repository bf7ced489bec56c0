# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a fact takes, in words: the command line and docs/facts.md tell it alike."""

from cycle.facts.rule import Fact, Field, Kind, Place


def taken_by(field: Field) -> str:
    """`day, not in the future`; nothing for a text of one's own."""
    kind = " or ".join(field.choices) or (field.vocabulary and f"one of the {field.vocabulary}") or field.kind.value
    notes = [kind] if kind != Kind.TEXT else []
    notes += ["not in the future"] if field.past else []
    notes += ["sealed"] if field.sealed else []
    return ", ".join(notes)


def said_by(fact: Fact) -> str:
    """The words for roles, and that nobody says it for them."""
    return ", ".join(fact.by) + ("; consent: nobody says it for them" if fact.consent else "")


def item_of(fact: Fact) -> str:
    """The item it opens or changes, names of items in backticks."""
    match fact.place:
        case Place.NEW:
            return f"a new `{fact.item_kind}-1`, `-2` …"
        case Place.NAMED:
            return f"the {fact.item_kind} it names" if fact.kind != "correct" else "the event it names"
        case Place.PER_PARTY:
            return f"one per party: `{fact.item_kind}-PE`"
        case Place.KEYED:
            return f"one per {', '.join(fact.key)}: `{fact.item_kind}-…`"
        case _:
            return f"one: `{fact.item_kind}`"
