# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The front door's tests: one of them starts the whole house, a real Prefect server included."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "prefect: needs a real Prefect server (about a minute)")
