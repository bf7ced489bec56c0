# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The facts of each kind of paper: plain values, frozen, with every code already turned into words."""

from documents.facts.agreement import (
    Activity,
    AgreementFacts,
    Contact,
    Facilitator,
    InkCounterpart,
    Party,
    Signatory,
)
from documents.facts.good_practice import Attendance, GoodPracticeFacts, Material, Step
from documents.facts.roadmap import (
    Adaptation,
    Approval,
    Measure,
    Milestone,
    Risk,
    RoadmapFacts,
)
from documents.facts.shared import BenchWord, Contribution, Exchange, Indicator, PaperMark
from documents.facts.text import Text, said, same

__all__ = [
    "Activity",
    "Adaptation",
    "AgreementFacts",
    "Approval",
    "Attendance",
    "BenchWord",
    "Contact",
    "Contribution",
    "Exchange",
    "Facilitator",
    "GoodPracticeFacts",
    "Indicator",
    "InkCounterpart",
    "Material",
    "Measure",
    "Milestone",
    "PaperMark",
    "Party",
    "Risk",
    "RoadmapFacts",
    "Signatory",
    "Step",
    "Text",
    "said",
    "same",
]
