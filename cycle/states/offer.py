# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Offer: a party says what it can share, for others to answer.

First of the eight stages, or second where the exchange began with a demand. Several may answer; the first party chooses
one by the move that names it, and the others are declined with thanks.
"""

from cycle import requirements as r
from cycle.roles import CANDIDATE, COUNTERPART, PARTY, SECRETARIAT
from cycle.rules import Move, StageRules, WorkingDays, advice, must
from cycle.states.matching import BEGIN_COMMITMENT
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.OFFER,
    allowance=WorkingDays(120),
    moves=(
        Move(
            "answer_offer",
            to=Stage.DEMAND,
            by=(COUNTERPART, CANDIDATE, PARTY, SECRETARIAT),
            needs=(
                must("counterpart", r.counterpart_present()),
                advice("offer_validated", r.sheet_validated("offer")),
            ),
        ),
        BEGIN_COMMITMENT,
    ),
)
