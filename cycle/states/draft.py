# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Draft: a party writes down what it can share or what it wants to learn; nobody else sees it yet.

Before the first of the eight stages. There are two doors out, because half of all real exchanges begin with a demand.
The reference is taken on leaving.
"""

from cycle import requirements as r
from cycle.roles import PROVIDER, REQUESTER, SECRETARIAT
from cycle.rules import Move, StageRules, later, must
from cycle.words import Stage

STAGE = StageRules(
    stage=Stage.DRAFT,
    moves=(
        Move(
            "publish_offer",
            to=Stage.OFFER,
            by=(PROVIDER, SECRETARIAT),
            needs=(
                must("offer_door", r.comes_through("offer")),
                must("offer_institution", r.field_present("offer", "institution")),
                must("offer_shares", r.field_present("offer", "shares")),
                must("offer_theme", r.any_field_present("offer", ("theme", "cross_cutting"))),
                must("offer_modality", r.field_present("offer", "modality")),
                must("offer_language", r.field_present("offer", "language")),
                later("offer_availability", r.field_present("offer", "availability"), due=Stage.COMMITMENT),
                later(
                    "offer_evidence",
                    r.any_field_present("offer", ("evidence", "no_evidence_yet")),
                    due=Stage.COMMITMENT,
                ),
            ),
        ),
        Move(
            "publish_demand",
            to=Stage.DEMAND,
            by=(REQUESTER, SECRETARIAT),
            needs=(
                must("demand_door", r.comes_through("demand")),
                must("demand_institution", r.field_present("demand", "institution")),
                must("demand_problem", r.field_present("demand", "problem")),
                must("demand_learns", r.field_present("demand", "learns")),
                must("demand_territory", r.any_field_present("demand", ("territory", "national"))),
            ),
        ),
    ),
)
