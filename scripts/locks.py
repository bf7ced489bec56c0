# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The locks in requirements/ as data: what is pinned, with which hashes, and below which version nothing may fall.

A floor is the first version without a weakness that concerned Minga; docs/decisions/0018-security-papers.md says why each
stands here. Read by the audit of dependencies and by tests/promises/test_p32_dependencies.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

HOUSE = Path(__file__).resolve().parent.parent
RUN, TEST, UV = (HOUSE / "requirements" / f"{name}.txt" for name in ("run", "test", "uv"))

FLOORS: Mapping[str, tuple[str, str]] = {
    "starlette": ("1.3.1", "CVE-2025-62727, CVE-2026-48710: a request header that costs seconds; limits of forms"),
    "python-multipart": ("0.0.26", "CVE-2026-40347: a form that is parsed for ever"),
    "weasyprint": ("70", "the closed fetcher: a paper reads no file and reaches no network"),
    "jinja2": ("3.1.6", "CVE-2025-27516: a template that leaves its sandbox"),
    "h11": ("0.16.0", "CVE-2025-43859: chunks whose end is not checked smuggle requests"),
    "cryptography": ("44.0.1", "CVE-2024-12797: the OpenSSL that its wheels carried"),
    "requests": ("2.32.4", "CVE-2024-47081: credentials of .netrc for another host"),
    "urllib3": ("2.6.0", "CVE-2025-66418, CVE-2025-66471: answers that unpack without bound"),
    "idna": ("3.7", "CVE-2024-3651: a host name that costs quadratic time"),
    "fonttools": ("4.60.2", "CVE-2025-66034: a font that writes files where it likes"),
    "setuptools": ("78.1.1", "CVE-2025-47273: a download that leaves its folder"),
}
"""package → (the lowest version that may be locked, why)."""

_ENTRY = re.compile(
    r"^(?P<head>[a-z0-9][^\n]*?==[^\n]*?)(?: \\\n(?P<hashes>(?:    --hash=[^\n]+\n)+)|\n|\Z)", re.MULTILINE
)
_HASH = re.compile(r"--hash=(\w+:[0-9a-f]+)")


@dataclass(frozen=True, slots=True)
class Pinned:
    """One package of a lock."""

    name: str
    version: Version
    hashes: tuple[str, ...]
    is_for_us: bool


def pinned(lock: Path) -> tuple[Pinned, ...]:
    """Every package of a lock, in its order. `is_for_us`: its markers name this Python on this platform."""
    return tuple(_pinned(found["head"], found["hashes"] or "") for found in _ENTRY.finditer(lock.read_text("utf-8")))


def _pinned(head: str, hashes: str) -> Pinned:
    wanted = Requirement(head)
    (exactly,) = wanted.specifier
    is_for_us = wanted.marker is None or wanted.marker.evaluate()
    return Pinned(canonicalize_name(wanted.name), Version(exactly.version), tuple(_HASH.findall(hashes)), is_for_us)


def below_their_floor(packages: tuple[Pinned, ...]) -> tuple[str, ...]:
    """What is locked below its floor, as sentences; nothing when all is well."""
    return tuple(
        f"{one.name} {one.version} is below {FLOORS[one.name][0]} ({FLOORS[one.name][1]})"
        for one in packages
        if one.name in FLOORS and one.version < Version(FLOORS[one.name][0])
    )
