# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Instants as text: `2026-11-23T09:15:00.000Z`, always UTC, always three digits of milliseconds.

Of equal length, so that they sort as text; exact, so that hashing and both databases agree on every
byte.
"""

from datetime import UTC, datetime, timedelta

DAY_SECONDS = 86_400


def instant(moment: datetime) -> str:
    """The text of an aware datetime, cut (never rounded up) to the millisecond."""
    if moment.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def moment_of(text: str) -> datetime:
    """The aware datetime of an instant. Raises ValueError for text of any other shape."""
    if len(text) != 24 or not text.endswith("Z"):
        raise ValueError(f"not an instant: {text!r}")
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def later(text: str, seconds: float) -> str:
    """The instant so many seconds after (or, negative, before) this one."""
    return instant(moment_of(text) + timedelta(seconds=seconds))
