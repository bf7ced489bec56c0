# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Action: the requester turns what it learnt into a roadmap of measures.

Sixth of the eight stages. It ends when the requester's government has approved the roadmap, its benches have spoken or let
their term lapse, and each measure has somebody responsible and a date.
"""

from cycle import requirements as r
from cycle.roles import REQUESTER, SECRETARIAT
from cycle.rules import Lapse, Move, StageRules, WorkingDays, later, must
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.ACTION,
    allowance=WorkingDays(90),
    moves=(
        Move(
            "begin_accompaniment",
            to=Stage.ACCOMPANIMENT,
            by=(REQUESTER, SECRETARIAT),
            needs=(
                must("roadmap_approved", r.each_has_said("asks", "roadmap_approval")),
                must(
                    "roadmap_benches_word",
                    r.requester_benches_have_spoken("roadmap"),
                    if_silent=Lapse(WorkingDays(20)),
                ),
                must("measure", r.count_at_least("measures", 1, "measure")),
                must("measures_complete", r.none_left("measures_incomplete", "measure_revised")),
                must("indicator", r.count_at_least("indicators_complete", 1, "indicator")),
                later(
                    "indicators_complete", r.none_left("indicators_incomplete", "indicator_revised"), due=Stage.FEEDBACK
                ),
            ),
        ),
    ),
)
