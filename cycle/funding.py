# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A funding source: what a donor gives, and what of it is set aside for exchanges; never more than there is.

Pure. An allocation is told as the exchange's new total, so that saying it twice changes nothing. Amounts are exact decimals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from cycle.checking import day_of
from cycle.events import Happening, Told
from cycle.refusals import Missing, Refusal

REGISTERED = "FundingSourceRegistered"
ALLOCATED = "FundingAllocated"

MOST = Decimal(10) ** 15
"""Below it, sums of amounts with four decimals stay exact in decimal arithmetic."""


@dataclass(frozen=True, slots=True)
class FundingSource:
    """Where one source stands after its event `seq`. Amounts are decimal texts; `to_on` is None where no end was set."""

    source: str
    donor: str
    project_code: str
    currency: str
    amount: str
    from_on: str
    to_on: str | None
    allocated: str
    seq: int
    recorded_at: str

    @property
    def left(self) -> Decimal:
        return Decimal(self.amount) - Decimal(self.allocated)


def begin(source: str, event: Told) -> FundingSource:
    """The source after its first event."""
    said = event.payload
    named = {name: str(said[name]) for name in ("donor", "project_code", "currency", "amount", "from_on")}
    return FundingSource(
        source, **named, to_on=said.get("to_on"), allocated="0", seq=event.seq, recorded_at=event.recorded_at
    )


def evolve(source: FundingSource, event: Told) -> FundingSource:
    """The source after one more event of its stream."""
    after = replace(source, seq=event.seq, recorded_at=event.recorded_at)
    if event.type != ALLOCATED:
        return after
    allocated = Decimal(source.allocated) - Decimal(event.payload["before"]) + Decimal(event.payload["amount"])
    return replace(after, allocated=written(allocated))


def written(amount: Decimal) -> str:
    """An amount as text: no exponent, no zeros that say nothing."""
    return format(amount.normalize(), "f") if amount else "0"


def decide_registration(said: Mapping[str, Any], decimals: Mapping[str, int]) -> Happening | Refusal:
    """The event a new source begins with, or everything that is wrong with it. `decimals`: known currencies."""
    amount, mistakes = _amount(said.get("amount"), decimals.get(str(said.get("currency"))))
    for name in ("donor", "project_code"):
        if not str(said.get(name) or "").strip():
            mistakes.append(Missing(f"funding.{name}_missing", f"a funding source names its {name}"))
    if said.get("currency") not in decimals:
        mistakes.append(Missing("funding.currency_unknown", f"a currency of a published programme: {sorted(decimals)}"))
    days, wrong = _days(said)
    mistakes += wrong
    if amount is not None and not amount:
        mistakes.append(Missing("funding.amount_invalid", "a funding source holds something"))
    if mistakes or amount is None:
        return Refusal("funding.refused", tuple(mistakes))
    named = {name: str(said[name]).strip() for name in ("donor", "project_code", "currency")}
    return Happening(REGISTERED, {**named, "amount": written(amount), **days})


def _days(said: Mapping[str, Any]) -> tuple[dict[str, str], list[Missing]]:
    try:
        days = {name: day_of(str(said[name])) for name in ("from_on", "to_on") if said.get(name)}
    except ValueError as error:
        return {}, [Missing("funding.day_invalid", str(error))]
    if "from_on" not in days:
        return days, [Missing("funding.day_invalid", "a funding source has a first day")]
    if days.get("to_on", "9999") < days["from_on"]:
        return days, [Missing("funding.day_invalid", "a funding source ends no earlier than it begins")]
    return days, []


def _amount(said: Any, decimals: int | None) -> tuple[Decimal | None, list[Missing]]:
    """An exact amount from zero, with no more places than its currency has."""
    try:
        amount = Decimal(said) if isinstance(said, str) and said.isascii() else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount < MOST):
        return None, [Missing("funding.amount_invalid", f"a decimal text from 0 to below {MOST}")]
    places = amount.normalize().as_tuple().exponent
    if decimals is not None and isinstance(places, int) and -places > decimals:
        return None, [Missing("money.too_many_decimals", f"the currency has {decimals} decimal places")]
    return amount, []


def decide_allocation(
    source: FundingSource, exchange: str, present: str, wanted: Any, decimals: int | None, on: str
) -> Happening | Refusal | None:
    """The event that sets an exchange's total to `wanted`; None when that is what it is already.

    present: the exchange's total so far · decimals: of the source's currency in the exchange's programme, None where it
    has no such currency · on: the day. Giving back is possible on any day.
    """
    if decimals is None:
        need = f"{source.currency} is a currency of the exchange's programme"
        return Refusal.because("funding.currency_unknown", need, currency=source.currency)
    amount, mistakes = _amount(wanted, decimals)
    if amount is None:
        return Refusal("funding.refused", tuple(mistakes))
    more = amount - Decimal(present)
    if not more:
        return None
    if more > 0 and not source.from_on <= on <= (source.to_on or on):
        need = f"the source may be used from {source.from_on} to {source.to_on or 'its end'}"
        return Refusal.because("funding.outside_its_days", need, from_on=source.from_on, to_on=source.to_on, day=on)
    if more > source.left:
        left = {"left": written(source.left), "currency": source.currency, "asked": written(more)}
        need = f"{left['left']} {source.currency} are left; {left['asked']} more were asked for"
        return Refusal.because("funding.exceeded", need, **left)
    return Happening(ALLOCATED, {"exchange": exchange, "amount": written(amount), "before": present})
