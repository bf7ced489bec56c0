# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Actors: what each role holds, and that a half-named actor holds nothing."""

import pytest

from people.actors import OPERATOR, SYSTEM_ACTOR, Actor, Role


@pytest.mark.parametrize(
    ("actor", "holds"),
    [
        (OPERATOR, {"secretariat"}),
        (SYSTEM_ACTOR, {"system"}),
        (Actor("ana", Role.SECRETARIAT), {"secretariat"}),
        (Actor("ana", Role.SECRETARIAT, on_behalf_of="PE"), {"secretariat"}),
        (Actor("paula", Role.FOCAL_POINT, "PE"), {"party:PE"}),
        (Actor("p", Role.PARTNER, "org-ilo"), {"party:org-ilo"}),
        (Actor("e", Role.BENCH_DELEGATE, "PE", "employers"), {"bench:PE/employers"}),
        (Actor("e", Role.BENCH_DELEGATE, "PE"), set()),
        (Actor("n", Role.FOCAL_POINT), set()),
        (Actor("aldo", Role.AUDITOR), set()),
        (Actor("m", Role.MANAGER, "PE"), set()),
    ],
)
def test_what_an_actor_holds(actor: Actor, holds: set[str]) -> None:
    assert actor.holds == holds
