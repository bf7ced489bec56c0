# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Accompaniment: the provider and the secretariat follow the roadmap at a distance.

Seventh of the eight stages. It ends when check-ins were held or the period is over, and each measure is done, under way
with a new date, or dropped with a reason.
"""

from cycle import requirements as r
from cycle.roles import PARTY, SECRETARIAT
from cycle.rules import Move, StageRules, WorkingDays, must
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.ACCOMPANIMENT,
    allowance=WorkingDays(250),
    papers=("roadmap",),
    moves=(
        Move(
            "open_feedback",
            to=Stage.FEEDBACK,
            by=(PARTY, SECRETARIAT),
            needs=(
                must("check_ins", r.check_ins_or_period_over(1)),
                must("measures_settled", r.none_left("measures_open", "measure_done")),
            ),
        ),
    ),
)
