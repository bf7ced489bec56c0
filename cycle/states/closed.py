# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Closed: the exchange is completed; only a reopening or a renewal leaves it, and both are lifecycle moves.

After the eighth stage. Facts may still be told (a late list of attendance, a correction).
"""

from cycle.rules import StageRules
from cycle.words import Stage

STAGE = StageRules(stage=Stage.CLOSED, papers=("good-practice",))
