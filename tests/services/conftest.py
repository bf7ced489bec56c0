# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A house for the tests of services, on each kind of database."""

from pathlib import Path

import pytest

from storage.store import Store
from tests.house import House, furnish


@pytest.fixture
def house(furnished_store: Store, tmp_path: Path) -> House:
    """A desk with the built-in programme and a clock that stands until it is moved on."""
    return furnish(furnished_store, tmp_path)
