# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What cannot be shown, with stable codes; the same words that services use, because doors tell them alike."""

from collections.abc import Mapping
from typing import Any


class NotShown(Exception):
    """The root: `code` is stable, `facts` are what a client needs to go on."""

    code = "observatory.error"

    def __init__(self, text: str, **facts: Any) -> None:
        super().__init__(text)
        self.facts: Mapping[str, Any] = facts


class NotFound(NotShown):
    """There is no such thing, or none that this reader may know of: the two are told alike."""

    code = "not_found"


class DayInTheFuture(NotShown):
    """A day that has not come yet: nothing is known of it."""

    code = "day.in_the_future"


class DaysReversed(NotShown):
    """A period that ends before it begins."""

    code = "day.reversed"


class SortNotOfADay(NotShown):
    """A list of a past day in an order that no index has for it."""

    code = "day.sort_unknown"


class CountryUnknown(NotShown):
    """No member country of the programme has this code."""

    code = "country.unknown"


class CursorInvalid(NotShown):
    """A cursor that no page of this list gave out."""

    code = "cursor.invalid"
