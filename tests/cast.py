# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The cast: Ana coordinates at the secretariat; Brasil offers, Perú asks; Bruno acts for Brasil, Paula for Perú.

Carla, of a third country, sees neither's drafts; Aldo audits and changes nothing.
"""

from people.actors import Actor, Role
from services.asking import Asking

ANA = Asking(Actor("ana", Role.SECRETARIAT))
BRUNO = Asking(Actor("bruno", Role.FOCAL_POINT, "BR"))
PAULA = Asking(Actor("paula", Role.FOCAL_POINT, "PE"))
CARLA = Asking(Actor("carla", Role.FOCAL_POINT, "CO"))
ALDO = Asking(Actor("aldo", Role.AUDITOR))
EMPLOYERS = Asking(Actor("employers", Role.BENCH_DELEGATE, "PE", "employers"))
