# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Opening the desk: on a database that is new, or has the schema of this release; another is left to `minga migrate`."""

from pathlib import Path
from typing import Protocol

from sqlalchemy import URL

from services.desk import Desk
from services.errors import ServiceError
from services.programmes import ensure_built_in
from storage import migrate
from storage.engine import normal_url
from storage.errors import StorageUnavailable
from storage.store import Store


class Settings(Protocol):
    """The settings a desk reads (see minga.settings)."""

    @property
    def data(self) -> Path: ...
    @property
    def database_url(self) -> str: ...
    @property
    def keys(self) -> Path: ...
    @property
    def public_url(self) -> str | None: ...
    @property
    def port(self) -> int: ...
    @property
    def smtp_url(self) -> str | None: ...
    @property
    def mail_from(self) -> str: ...


def open_desk(settings: Settings, *, group_commit: bool = True) -> Desk:
    """The desk on a migrated database; a fresh one is migrated and gets its folder of keys and the built-in programme first.

    Raises StorageUnavailable, SchemaDiffers.
    """
    _make_folder(settings.data)
    _prepare(settings)
    store = Store.open(settings.database_url, group_commit=group_commit)
    desk = Desk(
        store,
        settings.data,
        settings.public_url,
        keys_folder=settings.keys,
        port=settings.port,
        smtp_url=settings.smtp_url,
        mail_from=settings.mail_from,
    )
    ensure_built_in(desk)
    return desk


def open_known(settings: Settings) -> Desk:
    """The desk on a database that is there already: whoever only asks begins nothing, least of all in a mistyped folder.

    Raises NothingThere, StorageUnavailable, SchemaDiffers.
    """
    place = normal_url(settings.database_url)
    if not _is_there(place):
        where = place.database if place.get_backend_name() == "sqlite" else place.render_as_string()
        raise NothingThere(f"there is no Minga in {where}: look at --data, or begin one with `minga up`")
    return open_desk(settings)


class NothingThere(ServiceError):
    """Nothing was begun in this folder or database yet."""

    code = "storage.not_found"


class SchemaDiffers(ServiceError):
    """The database has the schema of another release."""

    code = "storage.schema_differs"


def _make_folder(folder: Path, mode: int = 0o755) -> None:
    try:
        folder.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageUnavailable(f"{folder} cannot be made: {error.strerror}") from error


def _is_there(place: URL) -> bool:
    # Only to look would make the file.
    if place.get_backend_name() == "sqlite" and not Path(str(place.database)).exists():
        return False
    return migrate.current(place.render_as_string(hide_password=False)) is not None


def _prepare(settings: Settings) -> None:
    """Makes a new database ready. Raises SchemaDiffers for one that another release migrated."""
    present = migrate.current(settings.database_url)
    if present is None:
        _make_folder(settings.keys, 0o700)
        migrate.migrate(settings.database_url)
    elif present != migrate.newest():
        raise SchemaDiffers(f"the schema is at {present}: run `minga migrate`", present=present)
