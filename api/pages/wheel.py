# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The wheel: the eight stages as sectors of a ring, clockwise from the top, with the paths their names follow.

Geometry only, in a square of 400; colours are the style sheet's.
"""

from dataclasses import dataclass
from math import cos, pi, sin

CENTRE = 200.0
OUTER = 160.0
INNER = 92.0
NAMES = 176.0
NAMES_BELOW = 188.0
WIDE = 15
GAP = 0.022


@dataclass(frozen=True, slots=True)
class Sector:
    """One stage in the wheel: its shape, what its name follows (`squeezed`: and fits), where its count stands."""

    number: int
    stage: str
    label: str
    count: int
    path: str
    name_path: str
    squeezed: str | None
    x: str
    y: str


def sectors(stages: tuple[tuple[str, str, int], ...]) -> tuple[Sector, ...]:
    """The sectors of stages, each given as (stage, label, count)."""
    width = 2 * pi / len(stages)
    return tuple(_sector(number, width, *stage) for number, stage in enumerate(stages))


def _sector(place: int, width: float, stage: str, label: str, count: int) -> Sector:
    begin, end = place * width, (place + 1) * width
    middle = (begin + end) / 2
    x, y = _point(middle, (OUTER + INNER) / 2)
    shape, follow = _ring(begin, end), _name_path(begin, end, middle)
    return Sector(place + 1, stage, label, count, shape, follow, _squeezed(label, width), x, y)


def _squeezed(label: str, width: float) -> str | None:
    """How long a name is made that might run into the next stage's; None for one that surely does not."""
    return f"{width * NAMES - 20:.0f}" if len(label) >= WIDE else None


def _ring(begin: float, end: float) -> str:
    """A piece of the ring, a little apart from its neighbours by the same distance inside and outside."""
    out, near = GAP * INNER / OUTER, GAP
    corners = (
        _point(begin + out, OUTER),
        _point(end - out, OUTER),
        _point(end - near, INNER),
        _point(begin + near, INNER),
    )
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = corners
    return f"M{ax} {ay}A{OUTER:g} {OUTER:g} 0 0 1 {bx} {by}L{cx} {cy}A{INNER:g} {INNER:g} 0 0 0 {dx} {dy}Z"


def _name_path(begin: float, end: float, middle: float) -> str:
    """An arc outside the ring; in the lower half it runs the other way, so that no name stands on its head."""
    below = pi / 2 < middle < 3 * pi / 2
    radius = NAMES_BELOW if below else NAMES
    (ax, ay), (bx, by) = _point(begin, radius), _point(end, radius)
    if below:
        return f"M{bx} {by}A{radius:g} {radius:g} 0 0 0 {ax} {ay}"
    return f"M{ax} {ay}A{radius:g} {radius:g} 0 0 1 {bx} {by}"


def _point(angle: float, radius: float) -> tuple[str, str]:
    """A point at an angle clockwise from the top."""
    return f"{CENTRE + radius * sin(angle):.2f}", f"{CENTRE - radius * cos(angle):.2f}"
