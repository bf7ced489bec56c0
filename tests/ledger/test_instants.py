# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.instants import instant, later, moment_of

MOMENTS = st.datetimes(
    min_value=datetime(1900, 1, 1),  # noqa: DTZ001
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


def test_an_instant_is_utc_to_the_millisecond_whatever_zone_it_was_told_in() -> None:
    lima = timezone(timedelta(hours=-5))
    assert instant(datetime(2026, 11, 23, 4, 15, 0, 1999, lima)) == "2026-11-23T09:15:00.001Z"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 11, 23))  # noqa: DTZ001


@pytest.mark.parametrize("text", ["2026-11-23", "2026-11-23T09:15:00Z", "2026-11-23T09:15:00.000+"])
def test_text_of_another_shape_is_no_instant(text: str) -> None:
    with pytest.raises(ValueError, match=r"not|match"):
        moment_of(text)


@given(MOMENTS, MOMENTS)
def test_instants_sort_as_text_in_the_order_in_which_they_happened(one: datetime, other: datetime) -> None:
    first, second = sorted((instant(one), instant(other)))
    assert moment_of(first) <= moment_of(second)
    assert instant(moment_of(first)) == first


def test_later_and_earlier_by_seconds() -> None:
    assert later("2026-12-31T23:59:59.500Z", 1) == "2027-01-01T00:00:00.500Z"
    assert later("2027-01-01T00:00:00.000Z", -0.25) == "2026-12-31T23:59:59.750Z"
