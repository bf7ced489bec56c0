# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What is asked of lists: filters, days, order, page."""

from typing import Annotated

from pydantic import BaseModel, Field

from api.schemas import PARTY, SLUG, Day
from cycle.words import Door, Lifecycle, Stage, Weight
from observatory.exchanges import Filters
from observatory.orders import SORTS

SORT = f"^-?({'|'.join(name for name in SORTS if not name.startswith('-'))})$"


class ExchangesAsked(BaseModel):
    """Which exchanges a list holds, in which order, and which page of it."""

    stage: Stage | None = None
    lifecycle: Lifecycle | None = None
    country: Annotated[str | None, Field(pattern=PARTY, max_length=40, description="With this party.")] = None
    programme: Annotated[str | None, Field(pattern=SLUG, max_length=64)] = None
    weight: Weight | None = None
    door: Door | None = None
    specimens: Annotated[bool | None, Field(description="Only walked cases and demonstration data, or none.")] = None
    overdue: Annotated[bool, Field(description="Only those whose day has passed, those due first leading.")] = False
    q: Annotated[
        str | None,
        Field(
            pattern=r"^[^\x00-\x1f\x7f]+$",
            max_length=200,
            description="Words that begin words of title, reference, parties, institutions or sheets; accents are ignored.",
            examples=["caucho peru"],
        ),
    ] = None
    as_of: Annotated[Day | None, Field(description="As they stood at the end of this day, sorted by opened.")] = None
    known_on: Annotated[Day | None, Field(description="By what was recorded by the end of this day.")] = None
    sort: Annotated[
        str | None,
        Field(pattern=SORT, description="opened, title, entered_on, due_on or moved_at; `-` turns it round."),
    ] = None
    after: Annotated[
        str | None,
        Field(pattern=r"^[A-Za-z0-9_-]+$", max_length=1000, description="The cursor the page before ended with."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    def filters(self) -> Filters:
        """The filters as the observatory takes them."""
        same = ("stage", "lifecycle", "country", "programme", "weight", "door", "specimens", "q")
        return Filters(**{name: getattr(self, name) for name in same})
