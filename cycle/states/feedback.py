# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Feedback: each side evaluates, and what was learnt goes back to everybody as a practice.

Eighth of the eight stages. Closing never waits for a practice to be published, only for it to be proposed, or for the reason
why there is none. Measures still under way outlive the exchange in the follow-up register.
"""

from cycle import requirements as r
from cycle.roles import SECRETARIAT
from cycle.rules import Lapse, Move, StageRules, WorkingDays, must
from cycle.words import Lifecycle, Stage

STAGE = StageRules(
    stage=Stage.FEEDBACK,
    allowance=WorkingDays(45),
    moves=(
        Move(
            "close",
            to=Stage.CLOSED,
            by=(SECRETARIAT,),
            lifecycle=Lifecycle.COMPLETED,
            needs=(
                must(
                    "requester_evaluation",
                    r.each_has_said("asks", "evaluation"),
                    if_silent=Lapse(WorkingDays(30)),
                ),
                must(
                    "provider_evaluation",
                    r.each_has_said("offers", "evaluation"),
                    if_silent=Lapse(WorkingDays(30)),
                ),
                must("practice", r.said("practice")),
                must("measures_handed_over", r.open_measures_handed_over()),
            ),
        ),
    ),
)
