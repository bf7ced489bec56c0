# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The countries of the world by their codes: a programme's members are checked, and registers are read, against them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def iso_3166() -> Mapping[str, str]:
    """Alpha-2 codes and English names of all countries, from the time-zone database."""
    table = files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text(encoding="utf-8")
    rows = (line.partition("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {code: name for code, _, name in rows}


@cache
def alpha_3() -> Mapping[str, str]:
    """Alpha-2 codes of all countries by their alpha-3 codes."""
    from holidays.registry import COUNTRIES  # late: a tenth of a second that only a word of three letters pays

    # The library says GUA for Guatemala, as the Olympic Games do.
    return {three: two for _, two, three, *_ in COUNTRIES.values()} | {"GTM": "GT"}
