# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What is wrong with a file, a profile or a row: stable codes, with the row and the column, all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.errors import NotFound, ServiceError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong. `row` counts as a spreadsheet does, the header being row 1; None is the whole file."""

    code: str
    text: str
    row: int | None = None
    column: str | None = None

    def as_dict(self) -> dict[str, Any]:
        where = ", ".join(part for part in (f"row {self.row}" if self.row else "", self.column or "") if part)
        need = f"{where}: {self.text}" if where else self.text
        return {"code": self.code, "need": need, "row": self.row, "column": self.column}


def _keeping(faults: int) -> str:
    return "one fault keeps" if faults == 1 else f"{faults} faults keep"


class ImportRefused(ServiceError):
    """A file that is not brought in: every fault at once, nothing written."""

    code = "import.refused"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{_keeping(len(self.faults))} this file out; nothing was written")

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return [fault.as_dict() for fault in self.faults]


class ProfileRefused(ServiceError):
    """A profile that cannot be read, with everything that is wrong in it."""

    code = "profile.refused"

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the profile {name} cannot be used")

    @property
    def reasons(self) -> list[dict[str, Any]]:
        return [fault.as_dict() for fault in self.faults]


class ProfileNotFound(NotFound):
    """No profile has this name, or none reads a file with these columns."""

    code = "profile.not_found"


def refuse(code: str, text: str, **where: Any) -> ImportRefused:
    """A refusal of the whole file for one reason."""
    return ImportRefused([Fault(code, text, **where)])


Cells = Mapping[str, str]
