# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The match: the one move that leaves both doors, declared once for the stage files of offer and demand.

The last acceptance makes it by itself. Consent to a match is one of the two things that block for ever.
"""

from cycle import requirements as r
from cycle.roles import PARTY, SECRETARIAT
from cycle.rules import Block, Move, advice, must
from cycle.words import Stage

BEGIN_COMMITMENT = Move(
    "begin_commitment",
    to=Stage.COMMITMENT,
    by=(PARTY, SECRETARIAT),
    after="acceptance",
    needs=(
        must("both_doors", r.both_doors_passed()),
        must("match_accepted", r.each_has_said("each", "acceptance"), if_silent=Block()),
        must("demand_population", r.field_present("demand", "population")),
        must("demand_baseline", r.any_field_present("demand", ("baseline", "baseline_plan"))),
        must("benches_consulted", r.requester_benches_consulted("agreement")),
        advice("provider_benches_informed", r.provider_benches_informed("agreement")),
    ),
)
