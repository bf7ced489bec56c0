# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga programme`: a region's rules as a file: begun, checked, published, shown."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from minga.console import answer, json_option, say, settings_of

LARGEST_FILE = 2_000_000
FILE = click.Path(path_type=Path, dir_okay=False)


class FileExists(Exception):
    """A file of this name is there already; nothing is written over it."""

    code = "file.taken"


@click.group()
def programme() -> None:
    """A region's rules are data: a file, checked, then published in versions that never change."""


@programme.command()
@click.argument("slug")
@json_option
def new(slug: str, as_json: bool) -> None:
    """Write SLUG.toml here: a commented programme to change line by line, which passes the check as it stands."""
    from cycle.publish import resolve
    from cycle.starter import starter

    text = starter(slug)
    resolve(text)
    path = Path(f"{slug}.toml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise FileExists(f"{path} is there already") from error
    answer({"slug": slug, "file": str(path)}, as_json=as_json, text=lambda: f"{path}: change it, then check it")


@programme.command()
@click.argument("file", type=FILE)
@json_option
def check(file: Path, as_json: bool) -> None:
    """Say everything that keeps a programme file from being published. Nothing is stored."""
    from cycle.publish import resolve

    document = resolve(_text_of(file))
    found = {"slug": document["slug"], "findings": [], **_counted(document)}
    answer(found, as_json=as_json, text=lambda: f"{document['slug']}: nothing stands in the way of publishing it")


@programme.command()
@click.argument("file", type=FILE)
@json_option
@click.pass_context
def publish(context: click.Context, file: Path, as_json: bool) -> None:
    """Store a programme file as its next version, which never changes. The same file again is the same version."""
    from dataclasses import asdict

    from people.actors import OPERATOR
    from services.opening import open_desk
    from services.programmes import publish as store

    text = _text_of(file)
    with open_desk(settings_of(context)) as desk:
        published = store(desk, OPERATOR, text)
    label = f"{published.slug}@{published.version}"
    if not published.new:
        say(f"{label} says the same already")
    answer(asdict(published), as_json=as_json, text=lambda: f"{label} {published.hash}")


@programme.command()
@click.argument("name", metavar="[SLUG[@VERSION]]", required=False)
@click.option("--chart", is_flag=True, help="The chart of its machine, as Mermaid text.")
@json_option
@click.pass_context
def show(context: click.Context, name: str | None, chart: bool, as_json: bool) -> None:
    """The published versions; or one of them, resolved: all that the engine reads."""
    from cycle.chart import chart as drawn
    from observatory.window import see_programmes
    from services.opening import open_known

    if chart and (as_json or name is None):
        raise click.UsageError("--chart draws one programme, as text")
    with open_known(settings_of(context)) as desk:
        if name is None:
            listed = see_programmes(desk)
            answer({"items": list(listed)}, as_json=as_json, text=lambda: "\n".join(map(_line, listed)))
            return
        slug, version = _named(name)
        with desk.store.read() as connection:
            found = desk.programme(connection, slug, version)
    if chart:
        click.echo(drawn(found), nl=False)
        return
    told = {"version": found.version, **found.document}
    answer(told, as_json=as_json, text=lambda: _shown(found.label, found.document))


def _named(name: str) -> tuple[str, int | None]:
    slug, at, version = name.partition("@")
    if at and not (version.isascii() and version.isdigit()):
        raise click.UsageError(f"a version is a number: {slug}@1, not {name}")
    return slug, int(version) if at else None


def _text_of(file: Path) -> str:
    from cycle.lint import Finding
    from cycle.publish import ProgrammeRefused

    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise ProgrammeRefused((Finding("programme.file_unreadable", f"{file}: {error.strerror}"),)) from error
    if len(raw) > LARGEST_FILE:
        raise ProgrammeRefused((Finding("programme.file_too_large", f"at most {LARGEST_FILE} bytes"),))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProgrammeRefused((Finding("programme.not_utf8", "a programme file is UTF-8 text"),)) from error


def _counted(document: Mapping[str, Any]) -> dict[str, int]:
    return {name: len(document[name]) for name in ("countries", "benches", "moves", "facts", "papers")}


def _line(version: Mapping[str, object]) -> str:
    return f"{version['slug']}@{version['version']}  {version['published_at']}  {version['hash']}"


def _shown(label: str, document: Mapping[str, Any]) -> str:
    """What somebody wants to see of a programme at one look."""
    from cycle.words import Stage

    first, rules = document["languages"][0], document["stages"]
    stages = (
        f"  {name:<14} {rules[name]['allowance'] or '—':>5}  {', '.join(rules[name]['papers'])}".rstrip()
        for name in Stage
    )
    benches = ", ".join(f"{b['code']}{'*' if b['code'] in document['consulted'] else ''}" for b in document["benches"])
    return "\n".join(
        (
            f"{label}  {document['title'][first]}",
            f"languages  {', '.join(document['languages'])}",
            f"countries  {' '.join(country['code'] for country in document['countries'])}",
            f"benches    {benches}  (* asked for their word)",
            f"currencies {', '.join(f'{c} ({n})' for c, n in document['currencies'].items())}",
            "stages, working days allowed, papers on entry",
            *stages,
        )
    )
