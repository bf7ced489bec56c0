# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-17: the API keeps its own description, whatever it is asked: no failure of any check, nothing in the 500s.

Three seconds on each database; `python -m benchmarks.proof contract` asks for three minutes, in both modes.
"""

from pathlib import Path

import pytest

from benchmarks.ground import Ground
from benchmarks.proofs import contract

SECONDS = 3


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_served_api_does_what_it_says(kind: str, tmp_path: Path, postgresql_server: str) -> None:
    ground = Ground(kind, tmp_path, None if kind == "sqlite" else postgresql_server)
    assert contract.run(ground, SECONDS, modes=("all",)) == []
