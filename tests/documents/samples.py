# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""One paper of each kind as a ministry would have it: natural rubber, from Brazil to Colombia.

The exchange follows a row of a public register of South-South projects; what that row does not say (activities,
figures, words of the benches) is made up for the sample, and every paper is marked as a specimen.
"""

from tests.documents.sample_agreement import AGREEMENT, SIGNED_AGREEMENT
from tests.documents.sample_practice import PRACTICE
from tests.documents.sample_roadmap import ROADMAP

__all__ = ["AGREEMENT", "PRACTICE", "ROADMAP", "SIGNED_AGREEMENT"]
