# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Dead duties belong to the house: who is none of its officers neither sees nor replays them."""

import pytest

from services.asking import Asking
from services.duties import dead_duties, replay_duties
from services.errors import Refused
from tests.cast import ALDO, BRUNO
from tests.house import House


@pytest.mark.parametrize("who", [BRUNO, ALDO])
def test_whoever_is_no_officer_of_the_house_neither_sees_nor_replays(house: House, who: Asking) -> None:
    with pytest.raises(Refused):
        dead_duties(house.desk, who.actor)
    with pytest.raises(Refused):
        replay_duties(house.desk, who.actor, ["any"])
