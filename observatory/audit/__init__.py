# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The audit: recompute everything from the events, and name every place where what is stored says something else.

Reads only, in one transaction, one stream at a time. It trusts neither the rows nor the hashes beside them, and decides
nothing again: whether a need was met is history; whether a move leads where it says is arithmetic.
"""

from observatory.audit.report import MEANING, NOT_PROVEN, ONLY_OUTSIDE, NotVerified, Report
from observatory.audit.verify import streams_named, take_stock, verify

__all__ = [
    "MEANING",
    "NOT_PROVEN",
    "ONLY_OUTSIDE",
    "NotVerified",
    "Report",
    "streams_named",
    "take_stock",
    "verify",
]
