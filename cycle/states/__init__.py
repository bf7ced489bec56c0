# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The stages in their order, one file each; a stage file declares and does nothing."""

from cycle.rules import StageRules
from cycle.states import (
    accompaniment,
    action,
    closed,
    commitment,
    demand,
    draft,
    execution,
    feedback,
    offer,
    reflection,
)

STAGES: tuple[StageRules, ...] = (
    draft.STAGE,
    offer.STAGE,
    demand.STAGE,
    commitment.STAGE,
    execution.STAGE,
    reflection.STAGE,
    action.STAGE,
    accompaniment.STAGE,
    feedback.STAGE,
    closed.STAGE,
)
