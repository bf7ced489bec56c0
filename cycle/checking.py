# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Checking what is said: the fields of a fact against its rule and the programme's words, all mistakes at once."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cycle.countries import alpha_3
from cycle.facts.rule import Fact, Field, Kind
from cycle.programme import Programme
from cycle.refusals import Missing

LONGEST_TEXT = 20_000
MOST_FIGURES = 60
LARGEST_NUMBER = 2**53 - 1
AMOUNT = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


def check_fields(
    programme: Programme, rule: Fact, said: Mapping[str, Any], *, partial: bool = False
) -> tuple[dict[str, Any], list[Missing]]:
    """The fields in their own form, and every mistake. `partial` (a correction) asks for no required field."""
    mistakes: list[Missing] = []
    known = {field.name: field for field in rule.fields}
    mistakes += [
        Missing("fact.field_unknown", f"{rule.kind} has no field {name}", facts={"field": name})
        for name in sorted(set(said) - set(known))
    ]
    kept: dict[str, Any] = {}
    for field in rule.fields:
        value = said.get(field.name)
        if _is_left_out(value):
            if field.required and not partial:
                mistakes.append(
                    Missing("fact.field_missing", f"{rule.kind} names its {field.name}", facts={"field": field.name})
                )
            continue
        try:
            kept[field.name] = _in_form(programme, field, value)
        except (ValueError, TypeError) as error:
            mistakes.append(Missing("fact.field_invalid", f"{field.name}: {error}", facts={"field": field.name}))
    if not partial and rule.either and not any(name in kept for name in rule.either):
        need = f"{rule.kind} names one of: {', '.join(rule.either)}"
        mistakes.append(Missing("fact.field_missing", need, facts={"field": rule.either[0]}))
    return kept, mistakes


def _is_left_out(value: Any) -> bool:
    """Blank words say nothing, so they meet no need."""
    return value is None or (isinstance(value, str) and not value.strip())


def _in_form(programme: Programme, field: Field, value: Any) -> Any:
    match field.kind:
        case Kind.TEXT:
            return _text(programme, field, value)
        case Kind.DAY:
            return day_of(str(value))
        case Kind.NUMBER:
            return _number(value)
        case Kind.AMOUNT:
            return _amount(value)
        case Kind.YES:
            return _yes(value)
        case Kind.CHOICE:
            return _among(str(value), field.choices)
        case Kind.PARTY:
            return party_code(str(value))
        case Kind.BENCH:
            return _among(str(value), programme.benches)
        case Kind.FIGURES:
            return _figures(programme, field, value)


def _text(programme: Programme, field: Field, value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"at most {LONGEST_TEXT} characters")
    if not is_text(value):
        raise ValueError("a text in UTF-8 is expected, without NUL characters")
    return _among(value, programme.vocabularies[field.vocabulary]) if field.vocabulary else value


def is_text(value: Any) -> bool:
    """Whether a value is a text that both databases and the ledger can keep."""
    if not isinstance(value, str) or len(value) > LONGEST_TEXT or "\0" in value:
        return False
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _figures(programme: Programme, field: Field, value: Any) -> dict[str, int]:
    if not isinstance(value, Mapping) or len(value) > MOST_FIGURES:
        raise TypeError(f"at most {MOST_FIGURES} whole numbers by name are expected")
    named = {_text(programme, field, name): _number(count) for name, count in value.items()}
    return {_among(name, programme.benches) if field.of_benches else name: count for name, count in named.items()}


def day_of(value: str) -> str:
    """A day as it is written, `2026-11-23`, and in none of the other forms of ISO 8601. Raises ValueError for another."""
    if not is_day(value):
        raise ValueError(f"{value[:40]!r} is no day of the calendar, written like 2026-11-23")
    return value


def is_day(value: Any) -> bool:
    """Whether a value is a day, as `2026-11-23`."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_NUMBER:
        raise ValueError("a whole number from 0 is expected")
    return value


def _amount(value: Any) -> str:
    if isinstance(value, float):
        raise TypeError("an amount is a decimal text, never a float")
    text = str(value)
    # An exponent would cost the memory of all the zeros it stands for.
    if not AMOUNT.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no amount, written like 18000.00")
    return format(Decimal(text), "f")


def _yes(value: Any) -> bool:
    if value is not True:
        raise ValueError("only true is said; leave it out otherwise")
    return True


def _among(value: str, choices: Any) -> str:
    if value not in choices:
        listed = ", ".join(sorted(choices)[:20])
        raise ValueError(f"{value!r} is not one of: {listed}")
    return value


def party_code(value: str) -> str:
    """A country's ISO 3166-1 alpha-2 code or a partner's code (`partner-…`, `org-ilo`): letters, digits, hyphens."""
    if len(value) == 2 and not value.isupper():
        raise ValueError(f"{value!r}: a country's code stands in capitals")
    if not value or len(value) > 40 or not all(c.isascii() and (c.isalnum() or c == "-") for c in value):
        raise ValueError(f"{value!r} is no party code")
    return value


def party_kind(programme: Programme, party: str) -> str | None:
    """`country` for a member country, `partner` for another party; None for what is neither.

    Neither is an unknown two-letter code in capitals, nor the name of a member or its code of three letters: taken for a
    partner, `Peru` or `PER` would be seen by nobody in Perú.
    """
    if party in programme.countries:
        return "country"
    return None if (len(party) == 2 and party.isupper()) or _member_named(programme, party) else "partner"


def _member_named(programme: Programme, name: str) -> str | None:
    """The code of the member country that is called so: in one of the programme's languages, or by its alpha-3 code."""
    called = name.casefold()
    members = programme.countries.items()
    named = next((code for code, one in members if called in map(str.casefold, one["names"].values())), None)
    coded = alpha_3().get(name.upper()) if len(name) == 3 else None
    return named or (coded if coded in programme.countries else None)


def stranger(programme: Programme, party: str, **facts: str) -> Missing:
    """Why a party that is neither country nor partner is refused."""
    code = _member_named(programme, party)
    if code:
        return Missing("country.unknown", f"a country by its code: {party} is {code}", facts={**facts, "party": party})
    need = f"a member country of {programme.slug}; {party} is none"
    return Missing("country.unknown", need, facts={**facts, "party": party})


def money_mistakes(programme: Programme, kept: Mapping[str, Any]) -> list[Missing]:
    """An amount, or a budget, has a currency, and no more decimals than it has."""
    name = "amount" if "amount" in kept else "budget"
    if name not in kept:
        return []
    if "currency" not in kept:
        return [Missing("fact.field_missing", f"{name} names its currency", facts={"field": "currency"})]
    allowed = programme.decimals(kept["currency"])
    exponent = Decimal(kept[name]).normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > allowed:
        need = f"{kept['currency']} has {allowed} decimal places"
        return [Missing("money.too_many_decimals", need, facts={"field": name})]
    return []
