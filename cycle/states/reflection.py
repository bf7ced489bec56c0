# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Reflection: both sides look at what transfers, what must be adapted, and to which context.

Fifth of the eight stages. The requester decides: adopt, adapt, or conclude without a roadmap where the exchange was light
or nothing is adopted, which the secretariat confirms. The provider's lessons may follow until feedback.
"""

from cycle import requirements as r
from cycle.roles import REQUESTER
from cycle.rules import Move, StageRules, WorkingDays, later, must
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.REFLECTION,
    allowance=WorkingDays(30),
    moves=(
        Move(
            "adopt_action",
            to=Stage.ACTION,
            by=(REQUESTER,),
            needs=(
                must("requester_lessons", r.each_has_said("asks", "lessons")),
                must("reflection_record", r.said("reflection_record")),
                must("decision", r.decided(("adopt", "adapt"))),
                later("provider_lessons", r.each_has_said("offers", "lessons"), due=Stage.FEEDBACK),
            ),
        ),
        Move(
            "conclude_without_roadmap",
            to=Stage.FEEDBACK,
            by=(REQUESTER,),
            needs=(
                must("conclusion_reason", r.move_says("reason")),
                must("conclusion_allowed", r.roadmap_is_not_called_for()),
                must("requester_lessons", r.each_has_said("asks", "lessons")),
                must("conclusion_confirmed", r.secretariat_confirmed("conclude_without_roadmap")),
            ),
        ),
    ),
)
