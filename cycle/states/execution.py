# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Execution: missions, seminars, virtual sessions, exchanges of experts.

Fourth of the eight stages. It ends when one activity was held and every other was held, re-dated or waived, with attendance
by sex and bench, or the reason why it was not recorded.
"""

from cycle import requirements as r
from cycle.roles import PARTY, SECRETARIAT
from cycle.rules import Move, StageRules, WorkingDays, must
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.EXECUTION,
    allowance=WorkingDays(500),
    moves=(
        Move(
            "begin_reflection",
            to=Stage.REFLECTION,
            by=(PARTY, SECRETARIAT),
            needs=(
                must("activity_held", r.count_at_least("activities_held", 1, "activity_held")),
                must("activities_settled", r.none_left("activities_open", "activity_held")),
                must("attendance", r.none_left("attendance_owed", "attendance")),
            ),
        ),
    ),
)
