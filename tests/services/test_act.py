# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""An act: whatever is written with it, in whichever stream, bears who did it and when."""

from tests.cast import ANA
from tests.house import House
from tests.journey import reach
from tests.services.whole import history


def test_an_act_is_told_to_other_streams_by_the_same_actor_at_the_same_moment(house: House) -> None:
    journey = reach(house, "execution")
    house.clock.on(hours=1)
    journey.move(ANA, "terminate", reason="r")

    own, told = (
        history(house.desk, stream)[-1] for stream in (f"exchange/{journey.exchange}", f"agreement/{journey.agreement}")
    )
    assert (own.type, told.type) == ("LifecycleChanged", "ExecutionEnded")
    assert (own.actor, own.occurred_at, own.recorded_at) == (told.actor, told.occurred_at, told.recorded_at)
    assert (own.actor, own.programme_version) == ("ana", told.programme_version)
