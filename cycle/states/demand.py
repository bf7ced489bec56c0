# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Demand: a party says what problem it has and what it wants to learn.

Second of the eight stages, or first where nothing was offered yet. It ends when offer and demand stand side by side and
each party consents to the match; nothing but that consent can block for ever here.
"""

from cycle import requirements as r
from cycle.roles import CANDIDATE, COUNTERPART, PARTY, SECRETARIAT
from cycle.rules import Move, StageRules, WorkingDays, advice, must
from cycle.states.matching import BEGIN_COMMITMENT
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.DEMAND,
    allowance=WorkingDays(60),
    moves=(
        Move(
            "answer_demand",
            to=Stage.OFFER,
            by=(COUNTERPART, CANDIDATE, PARTY, SECRETARIAT),
            needs=(
                must("counterpart", r.counterpart_present()),
                advice("demand_validated", r.sheet_validated("demand")),
            ),
        ),
        BEGIN_COMMITMENT,
    ),
)
