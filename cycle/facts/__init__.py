# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Everything that can be said inside a stage, by kind; a programme chooses who may say it."""

from cycle.facts import keeping, learning, matching, work
from cycle.facts.rule import Fact

FACTS: dict[str, Fact] = {fact.kind: fact for fact in (*matching.FACTS, *work.FACTS, *learning.FACTS, *keeping.FACTS)}
BY_EVENT: dict[str, Fact] = {fact.event: fact for fact in FACTS.values()}
