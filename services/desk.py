# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The desk: all that a service needs at hand (store, programmes, clock, identifiers), opened once per process."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from argon2 import PasswordHasher
from sqlalchemy import Connection

from cycle.moment import Moment
from cycle.programme import Programme, compile_programme
from ledger.identifiers import Identifiers
from ledger.instants import instant
from services.errors import NotFound
from storage import programmes
from storage.store import Store


def utc_now() -> datetime:
    return datetime.now(UTC)


def _nobody_to_nudge() -> None:
    """Without a heartbeat near, a duty waits for the next pass of the beat."""


@dataclass
class Desk(AbstractContextManager["Desk"]):
    """Open store and tools. `nudge` is called after a commit that ordered papers."""

    store: Store
    data: Path
    public_url: str | None = None
    clock: Callable[[], datetime] = utc_now
    identifiers: Identifiers = field(default_factory=Identifiers)
    nudge: Callable[[], None] = _nobody_to_nudge
    keys_folder: Path | None = None
    port: int = 8000
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "minga@localhost"
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _programmes: dict[tuple[str, int], Programme] = field(default_factory=dict)

    def now(self) -> str:
        """The present instant as text."""
        return instant(self.clock())

    def moment(self, programme: Programme, occurred_at: str | None = None) -> Moment:
        """The moment of something told now, that happened at `occurred_at` (by default now)."""
        recorded_at = self.now()
        return Moment.of(occurred_at or recorded_at, recorded_at, programme.timezone)

    def programme(self, connection: Connection, slug: str, version: int | None = None) -> Programme:
        """A published programme, by default its newest version. Raises NotFound."""
        if version is None:
            version = programmes.newest_version(connection, slug)
        known = self._programmes.get((slug, version or 0))
        if known:
            return known
        document = programmes.load(connection, slug, version) if version else None
        if version is None or document is None:
            which = slug if version is None else f"{slug}@{version}"
            raise NotFound(f"no published programme {which}", programme=slug)
        compiled = compile_programme(document, version)
        self._programmes[slug, version] = compiled
        return compiled

    def published(self, connection: Connection) -> tuple[Programme, ...]:
        """The newest version of every published programme, by slug."""
        return tuple(self.programme(connection, slug) for slug in programmes.slugs(connection))

    @property
    def papers(self) -> Path:
        """Where drawn papers lie, by their SHA-256."""
        return self.data / "papers"

    @property
    def evidence(self) -> Path:
        """Where files of evidence lie, by their SHA-256."""
        return self.data / "evidence"

    @property
    def keys(self) -> Path:
        """Where keys lie: never within the data, which is copied and backed up."""
        return self.keys_folder or self.data.with_name(f"{self.data.name}-keys")

    @property
    def address(self) -> str:
        """Where people reach the pages; links in letters begin with it."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        self.store.close()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
