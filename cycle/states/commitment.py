# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Commitment: what was matched is promised, in an instrument as heavy as the exchange.

Third of the eight stages. It ends when an instrument fit for the weight is in force or cited, the workplan names a dated
activity, every party has stated its contribution, and the requester's benches have spoken or let their term lapse.
A return from here never touches an agreement: only a new version of its text does, for every exchange it covers.
"""

from cycle import requirements as r
from cycle.roles import PARTY, SECRETARIAT
from cycle.rules import Block, Lapse, Move, StageRules, WorkingDays, must
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.COMMITMENT,
    allowance=WorkingDays(90),
    moves=(
        Move(
            "begin_execution",
            to=Stage.EXECUTION,
            by=(PARTY, SECRETARIAT),
            needs=(
                must("instrument", r.instrument_fits_the_weight(), if_silent=Block()),
                must("dated_activity", r.count_at_least("activities_dated", 1, "activity_planned")),
                must("contributions", r.each_has_said("all", "contribution")),
                must("light_weight", r.light_weight_is_true()),
                must(
                    "benches_word",
                    r.requester_benches_have_spoken("agreement"),
                    if_silent=Lapse(WorkingDays(20)),
                ),
            ),
        ),
    ),
)
