# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Demonstration data: on the first run an empty house is filled with walked cases, so that the board is not empty.

The three cases of examples/, and variations that stopped in different stages between 2024 and 2026, some overdue. For
Brasil and for Perú something was entered, which waits for their answer.
All are specimens: marked as such, and left out of figures unless asked for.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import Connection, select

from cycle.words import Stage
from services.cases.player import walk_within
from services.cases.reading import Case, read_case
from services.cases.variations import Variation, case_from
from services.desk import Desk
from services.persons import hold_real_seats
from storage import programmes
from storage.tables import exchanges

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
"""Beside the packages, where the source is; an installation without it shows the variations alone."""

CASES = ("brasil-colombia.toml", "algodon-triangular.toml", "peru-costa-rica.toml")
PROGRAMME = "regional-initiative"

_PAUSE = {"reason": "Cambio de autoridades (ilustrativo)", "review_on": "2026-09-15"}
_WITHDRAWN = {"reason": "La institución pidió esperar (ilustrativo)"}
_STOPPED = {"reason": "Se agotó el presupuesto (ilustrativo)"}
_LATE = {"reason": "La oferta venció sin acuerdo (ilustrativo)"}


def _on(text: str) -> date:
    return date.fromisoformat(text)


VARIATIONS: tuple[Variation, ...] = (
    Variation("Inspección móvil en zafra", "BO", "SV", "sugar-cane", "inspection", _on("2026-10-12"), Stage.DRAFT),
    Variation("Becas para el retorno escolar", "MX", "GT", "coffee", "education", _on("2026-09-01"), Stage.OFFER),
    Variation(
        "Registro de riesgos en la minería artesanal",
        "PE",
        "EC",
        "mining",
        "inspection",
        _on("2026-03-02"),
        Stage.OFFER,
    ),
    Variation(
        "Jornada escolar extendida en zonas turísticas",
        "DO",
        "JM",
        "tourism",
        "education",
        _on("2026-03-16"),
        Stage.DEMAND,
    ),
    Variation(
        "Diálogo social en el cacao", "EC", "TT", "cocoa", "social-dialogue", _on("2026-07-20"), Stage.OFFER, "demand"
    ),
    Variation(
        "Protección social en el algodón",
        "AR",
        "PY",
        "cotton",
        "social-protection",
        _on("2025-12-01"),
        Stage.COMMITMENT,
    ),
    Variation(
        "Talleres textiles sin niños", "CR", "HN", "manufacturing", "inspection", _on("2026-07-06"), Stage.COMMITMENT
    ),
    Variation(
        "Datos municipales de trabajo infantil",
        "BR",
        "UY",
        "agriculture",
        "data-and-monitoring",
        _on("2026-01-12"),
        Stage.EXECUTION,
        told="BR",
    ),
    Variation(
        "Empleo joven protegido en el turismo",
        "BB",
        "LC",
        "tourism",
        "youth-employment",
        _on("2025-08-04"),
        Stage.EXECUTION,
        "demand",
    ),
    Variation(
        "Medios de vida en la caña", "CO", "NI", "sugar-cane", "rural-livelihoods", _on("2026-01-05"), Stage.REFLECTION
    ),
    Variation("Escuelas de cosecha", "CR", "PA", "coffee", "education", _on("2025-12-15"), Stage.ACTION),
    Variation(
        "Trazabilidad del cacao familiar",
        "PE",
        "BO",
        "cocoa",
        "supply-chains",
        _on("2025-03-10"),
        Stage.ACCOMPANIMENT,
        told="PE",
    ),
    Variation("Red de inspectoras rurales", "UY", "CL", "agriculture", "inspection", _on("2025-06-02"), Stage.FEEDBACK),
    Variation("Centros de estudio en la mina", "CL", "PE", "mining", "education", _on("2024-03-04"), Stage.CLOSED),
    Variation(
        "Comités tripartitos locales",
        "AR",
        "UY",
        "manufacturing",
        "social-dialogue",
        _on("2025-10-06"),
        Stage.EXECUTION,
        ending=("suspend", _PAUSE),
    ),
    Variation(
        "Transferencias condicionadas",
        "MX",
        "BZ",
        "agriculture",
        "social-protection",
        _on("2024-05-13"),
        Stage.DEMAND,
        ending=("withdraw", _WITHDRAWN),
    ),
    Variation(
        "Certificación de talleres",
        "GT",
        "HN",
        "manufacturing",
        "supply-chains",
        _on("2024-09-02"),
        Stage.EXECUTION,
        ending=("terminate", _STOPPED),
    ),
    Variation(
        "Registro de aprendices",
        "PA",
        "GY",
        "tourism",
        "youth-employment",
        _on("2025-01-20"),
        Stage.OFFER,
        ending=("expire", _LATE),
    ),
)


def ensure(desk: Desk) -> int:
    """Fills an empty house in one transaction; how many exchanges that were: 0 where there is any already."""
    walked = desk.store.write(lambda connection: _fill(desk, connection))
    desk.nudge()
    return walked


def cases() -> Iterator[Case]:
    """Every case of the demonstration, always the same."""
    for name in CASES:
        if (path := EXAMPLES / name).exists():
            yield read_case(path.read_text(encoding="utf-8"))
    yield from map(case_from, VARIATIONS)


def _fill(desk: Desk, connection: Connection) -> int:
    if not _is_empty(connection):
        return 0
    now = desk.clock()
    begun = [case for case in cases() if case.file.steps[0].on < now.date()]
    for case in begun:
        walk_within(desk, connection, case, origin="demonstration", until=now)
    return len(begun)


def _is_empty(connection: Connection) -> bool:
    """No exchange, nobody's seat, and the programme that the cases speak of."""
    if connection.scalar(select(exchanges.c.id).limit(1)) is not None or hold_real_seats(connection):
        return False
    return programmes.newest_version(connection, PROGRAMME) is not None
