# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Settings: the one place that reads the environment. The table below is the documentation's source."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit


class SettingInvalid(Exception):
    """A setting has a value that cannot be used; `variable` names it."""

    code = "setting.invalid"

    def __init__(self, variable: str, why: str) -> None:
        super().__init__(f"{variable} {why}")
        self.variable = variable


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of docs/settings.md."""

    field: str
    variable: str
    default: str
    help: str


TABLE: tuple[Setting, ...] = (
    Setting("data", "MINGA_DATA", "var/", "The folder that holds everything Minga keeps."),
    Setting(
        "database_url",
        "MINGA_DATABASE_URL",
        "sqlite:///DATA/minga.db",
        "The database: SQLite on a local disk, or PostgreSQL.",
    ),
    Setting(
        "keys",
        "MINGA_KEYS",
        "DATA-keys",
        "The folder of the signing keys, mode 0700, outside the data folder and its backup.",
    ),
    Setting(
        "public_url",
        "MINGA_PUBLIC_URL",
        "unset",
        "The address people reach; papers carry a QR to it. Unset, they print the reference alone.",
    ),
    Setting(
        "smtp_url",
        "MINGA_SMTP_URL",
        "unset",
        "The mail server: `smtp://` (with STARTTLS where it is offered) or `smtps://`, perhaps with `user:password@`. "
        "Unset, letters lie in DATA/mail.",
    ),
    Setting("mail_from", "MINGA_MAIL_FROM", "minga@localhost", "The address that letters come from."),
    Setting(
        "security_contact",
        "MINGA_SECURITY_CONTACT",
        "unset",
        "Whom to tell about a weakness here: `mailto:…` or `https://…`, answered at `/.well-known/security.txt`.",
    ),
    Setting("port", "MINGA_PORT", "8000", "The loopback port of pages and API."),
    Setting(
        "prefect_port",
        "MINGA_PREFECT_PORT",
        "4210",
        "The loopback port of our own Prefect server; `up` takes another when it is in use.",
    ),
    Setting(
        "prefect_api_url",
        "MINGA_PREFECT_API_URL",
        "unset",
        "The API of a Prefect server that runs already; unset, `up` runs one of its own.",
    ),
    Setting(
        "prefect_auth",
        "MINGA_PREFECT_AUTH",
        "unset",
        "`user:password` for that API; `up` invents one for its own server at each start.",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What this process was told, checked and complete. Paths are absolute."""

    data: Path
    database_url: str = field(repr=False)
    keys: Path
    public_url: str | None = None
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "minga@localhost"
    security_contact: str | None = None
    port: int = 8000
    prefect_port: int = 4210
    prefect_api_url: str | None = None
    prefect_auth: str | None = field(default=None, repr=False)

    @property
    def prefect_api(self) -> str:
        """The API the flows and the nudge talk to: the given one, or our own server's."""
        return self.prefect_api_url or f"http://127.0.0.1:{self.prefect_port}/api"

    @property
    def is_sqlite(self) -> bool:
        """Whether the ledger lies in a file."""
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path:
        """That file. Ask `is_sqlite` first."""
        return Path(urlsplit(self.database_url).path.removeprefix("/"))

    def as_environment(self) -> dict[str, str]:
        """The variables that make a child process read these same settings."""
        values = {row.variable: getattr(self, row.field) for row in TABLE}
        return {name: str(value) for name, value in values.items() if value is not None}


def read(environment: Mapping[str, str] | None = None, *, data: Path | None = None) -> Settings:
    """The settings of this process; `data` (from `--data`) wins over MINGA_DATA.

    Raises SettingInvalid, which names the variable.
    """
    given = os.environ if environment is None else environment
    folder = _folder(data if data is not None else given.get("MINGA_DATA") or "var")
    return Settings(
        data=folder,
        database_url=_database_url(given, folder),
        keys=_keys(given, folder),
        public_url=_web_address(given, "MINGA_PUBLIC_URL"),
        smtp_url=_mail_server(given, "MINGA_SMTP_URL"),
        mail_from=_mail_address(given, "MINGA_MAIL_FROM", "minga@localhost"),
        security_contact=_contact(given, "MINGA_SECURITY_CONTACT"),
        port=_port(given, "MINGA_PORT", 8000),
        prefect_port=_port(given, "MINGA_PREFECT_PORT", 4210),
        prefect_api_url=_web_address(given, "MINGA_PREFECT_API_URL"),
        prefect_auth=_user_and_password(given, "MINGA_PREFECT_AUTH"),
    )


def strangers(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Variables that look like settings of ours and are none: a slip of the pen, which nobody would notice."""
    known = {row.variable for row in TABLE}
    return tuple(sorted(name for name in environment if name.startswith("MINGA_") and name not in known))


def environment_without(prefix: str) -> dict[str, str]:
    """This process's environment for a child, less the variables that begin with `prefix`."""
    return {name: value for name, value in os.environ.items() if not name.startswith(prefix)}


def _folder(given: str | Path) -> Path:
    return Path(given).expanduser().resolve()


def _database_url(given: Mapping[str, str], data: Path) -> str:
    url = given.get("MINGA_DATABASE_URL") or f"sqlite:///{data / 'minga.db'}"
    if urlsplit(url).scheme.partition("+")[0] not in ("sqlite", "postgresql", "postgres"):
        raise SettingInvalid("MINGA_DATABASE_URL", "must begin with sqlite:/// or postgresql://")
    return url


def _keys(given: Mapping[str, str], data: Path) -> Path:
    keys = _folder(given.get("MINGA_KEYS") or f"{data}-keys")
    if keys.is_relative_to(data):
        raise SettingInvalid("MINGA_KEYS", f"must lie outside the data folder {data}, so that no backup holds keys")
    return keys


def _web_address(given: Mapping[str, str], variable: str) -> str | None:
    address = given.get(variable)
    if not address:
        return None
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingInvalid(variable, f"must be a web address like https://…, not {address!r}")
    return address.rstrip("/")


def _mail_server(given: Mapping[str, str], variable: str) -> str | None:
    """What is wrong with it is told without it: it may hold a password."""
    url = given.get(variable)
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingInvalid(variable, "must begin with smtp:// or smtps:// and name a host")
    return url


def _mail_address(given: Mapping[str, str], variable: str, default: str) -> str:
    address = given.get(variable) or default
    name, at, host = address.partition("@")
    if not (name and at and host) or any(sign.isspace() or sign in "<>," for sign in address):
        raise SettingInvalid(variable, f"must be an address like minga@example.org, not {address!r}")
    return address


def _contact(given: Mapping[str, str], variable: str) -> str | None:
    contact = given.get(variable)
    if contact and not (contact.startswith(("mailto:", "https://")) and contact.isprintable() and " " not in contact):
        raise SettingInvalid(variable, f"must be an address like mailto:… or https://…, not {contact!r}")
    return contact or None


def _port(given: Mapping[str, str], variable: str, default: int) -> int:
    text = given.get(variable) or str(default)
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingInvalid(variable, f"must be a port from 1 to 65535, not {text!r}")
    return int(text)


def _user_and_password(given: Mapping[str, str], variable: str) -> str | None:
    pair = given.get(variable)
    if pair and not all(pair.partition(":")):
        raise SettingInvalid(variable, "must read user:password")
    return pair or None
