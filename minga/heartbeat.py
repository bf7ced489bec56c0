# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Where Prefect finds our flows, wired to this machine's settings; `flows/` itself reads no environment."""

from flows import house
from flows.beat import beat
from flows.papers import papers
from minga.settings import read
from services.opening import open_desk

__all__ = ["beat", "papers"]

house.opens_with(lambda: open_desk(read()))
