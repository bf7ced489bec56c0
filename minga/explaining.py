# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Settings explained: what each one is in this environment, where that comes from, and what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from minga.settings import TABLE, Setting, SettingInvalid, Settings, read, strangers

HIDDEN = "•••"


@dataclass(frozen=True, slots=True)
class Explained:
    """One setting: `source` is option, environment or default; `wrong` is None when it can be used.

    `remark` is what should be thought of although it can be used.
    """

    variable: str
    value: str
    source: str
    help: str
    wrong: str | None = None
    remark: str | None = None


def explain(environment: Mapping[str, str], *, data: Path | None = None) -> tuple[Explained, ...]:
    """Every setting in the order of the table, then variables that look like settings and are none."""
    return (*(_explained(row, environment, data) for row in TABLE), *_strange(environment))


def _explained(row: Setting, environment: Mapping[str, str], data: Path | None) -> Explained:
    source = _source(row, environment, data)
    try:
        settings = read(_alone(row, environment), data=data)
    except SettingInvalid as error:
        given = environment.get(row.variable, "")
        return Explained(row.variable, _shown(row.field, given), source, row.help, wrong=_without(given, str(error)))
    value = getattr(settings, row.field)
    shown = "unset" if value is None else _shown(row.field, str(value))
    return Explained(row.variable, shown, source, row.help, remark=_remark(row.field, settings))


def _alone(row: Setting, environment: Mapping[str, str]) -> dict[str, str]:
    """This setting with the folder it may depend on, so that the mistakes of others are not told as its own."""
    folder = TABLE[0].variable
    return {name: environment[name] for name in (folder, row.variable) if name in environment}


def _source(row: Setting, environment: Mapping[str, str], data: Path | None) -> str:
    if row.field == TABLE[0].field and data is not None:
        return "option"
    return "environment" if environment.get(row.variable) else "default"


def _shown(name: str, value: str) -> str:
    """A value without its password: those of the settings that are never printed whole."""
    secret = {field.name for field in fields(Settings) if not field.repr}
    if name not in secret:
        return value
    if "://" not in value:
        return f"{value.partition(':')[0]}:{HIDDEN}" if ":" in value else HIDDEN
    before, who, behind = _around_who(value)
    return f"{before}{who.partition(':')[0]}:{HIDDEN}{behind}" if ":" in who else value


def _around_who(address: str) -> tuple[str, str, str]:
    """What stands before, in and behind the `user:password` of an address."""
    scheme, slashes, rest = address.partition("://")
    who, at, _ = rest.partition("/")[0].rpartition("@")
    return scheme + slashes, who, f"{at}{rest[len(who) + len(at) :]}"


def _without(given: str, text: str) -> str:
    """What is wrong, without the value: it may be a password in the wrong place."""
    return text.replace(repr(given), "this").replace(given, "…") if given else text


def _remark(name: str, settings: Settings) -> str | None:
    """What can be used and is still worth a thought."""
    address = urlsplit(settings.public_url or "")
    match name:
        case "public_url" if address.scheme == "http" and address.hostname not in ("localhost", "127.0.0.1"):
            return "browsers keep the session cookie over https only: nobody can sign in by this address"
        case "public_url" if not settings.public_url:
            return "only this machine reaches the pages, and links in letters lead to it"
        case "smtp_url" if settings.smtp_url is None:
            return "nobody gets a letter: whoever keeps this machine hands the links over"
        case _:
            return None


def _strange(environment: Mapping[str, str]) -> Iterator[Explained]:
    for name in strangers(environment):
        yield Explained(
            name, HIDDEN, "environment", "No setting of Minga.", wrong="is no setting: see docs/settings.md"
        )
