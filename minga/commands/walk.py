# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga walk`: a case file through the whole cycle, as its named actors, and its papers."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minga.console import Interrupted, answer, json_option, say, settings_of
from minga.folders import make_folder, make_folders

if TYPE_CHECKING:
    from minga.walk_display import Display
    from services.cases.papers import WalkedPaper
    from services.cases.player import Walked
    from services.cases.reading import Case
    from services.desk import Desk


@click.command()
@click.argument("case", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Copy the papers into this folder.")
@click.option("--prefect", is_flag=True, help="Let the Prefect flows draw the papers, and compare the bytes.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of case files and end.")
@json_option
@click.pass_context
def walk(
    context: click.Context, case: Path | None, out: Path | None, prefect: bool, schema: bool, as_json: bool
) -> None:
    """Walk CASE (a TOML file, docs/cases.md) through the same services as everything else.

    All of the case is written or nothing. What it leaves is a specimen; where real people hold seats it is refused.
    """
    if schema:
        _print_schema()
        return
    if case is None:
        raise click.UsageError("name a case file, like examples/brasil-colombia.toml, or ask for --schema", context)
    from minga.walk_display import Display
    from services.cases.player import walk as walk_case
    from services.opening import open_desk

    read = _read(case)
    settings = settings_of(context)
    make_folders(settings)
    if out is not None:
        make_folder(out)
    with open_desk(settings) as desk, Display(read.file).open() as display:
        display.introduce()
        walked = walk_case(desk, read)
        display.walk(walked)
        try:
            papers = _drawn(context, desk, walked, display, prefect=prefect)
            files = _copied(desk, papers, out)
        except KeyboardInterrupt as ended:
            raise Interrupted(f"{walked.reference} stands; what is left of its papers `minga beat` draws") from ended
    told = _told(read, walked, papers, files, same_bytes=prefect)
    answer(told, as_json=as_json, text=lambda: _summary(told))
    if papers and out is None and not as_json:
        say(f"The papers lie in {desk.papers}, each under its sha256; --out FOLDER copies them there by these names.")


def _print_schema() -> None:
    from services.cases.format import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _read(path: Path) -> "Case":
    from services.cases.reading import CaseUnusable, Finding, read_case

    try:
        return read_case(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise CaseUnusable([Finding("case.malformed", "", "no UTF-8 text: save it as UTF-8")]) from error


def _drawn(
    context: click.Context, desk: "Desk", walked: "Walked", display: "Display", *, prefect: bool
) -> tuple["WalkedPaper", ...]:
    from services.cases import papers

    if not prefect:
        papers.draw_all(desk, walked, display.papers)
        return papers.ordered(desk, walked)
    from minga.walk_prefect import drawn_by_flows

    def all_drawn() -> bool:
        return all(paper.is_drawn for paper in papers.ordered(desk, walked))

    drawn_by_flows(settings_of(context), all_drawn)
    drawn = papers.ordered(desk, walked)
    papers.compare(desk, drawn)
    display.say("The flows drew the papers; drawn again in this process they have the same bytes.")
    return drawn


def _copied(desk: "Desk", papers: tuple["WalkedPaper", ...], out: Path | None) -> tuple[str, ...]:
    from services.cases.papers import copy
    from services.paper_files import path_of

    if out is not None:
        return tuple(str(path) for path in copy(desk, papers, out))
    return tuple(str(path_of(desk.papers, paper.row.sha256 or "")) for paper in papers)


def _told(
    case: "Case", walked: "Walked", papers: tuple["WalkedPaper", ...], files: tuple[str, ...], *, same_bytes: bool
) -> dict[str, Any]:
    """The whole answer, as `--json` prints it."""
    file = case.file
    return {
        "reference": walked.reference,
        "exchange": walked.exchange,
        "title": file.title,
        "origin": "walked",
        "specimen": True,
        "stage": walked.stage,
        "lifecycle": walked.lifecycle,
        "stages": [{"stage": stage, "on": on} for stage, on in walked.entered],
        "events": walked.events,
        "agreements": list(walked.agreements),
        "steps": len(walked.steps),
        "refusals": [{"step": told.number, "codes": list(told.refused)} for told in walked.steps if told.refused],
        "illustrative": {"steps": walked.illustrative, "made_up": file.made_up},
        "source": file.source.model_dump(mode="json", exclude_none=True) if file.source else None,
        "papers": [_paper_told(paper, path) for paper, path in zip(papers, files, strict=True)],
        **({"same_bytes": True} if same_bytes else {}),
    }


def _paper_told(paper: "WalkedPaper", path: str) -> dict[str, Any]:
    row = paper.row
    named = {"name": paper.name, "kind": row.kind, "languages": list(row.languages), "reference": paper.reference}
    return {**named, "version": row.version, "pages": row.pages, "sha256": row.sha256, "file": path}


def _summary(told: dict[str, Any]) -> str:
    """The same for a person."""
    head = f"{told['reference']}  {told['stage']}, {told['lifecycle']}; {told['events']} events; a specimen"
    stages = [f"  {each['on']}  {each['stage']}" for each in told["stages"]]
    papers = [f"  {each['name']}  {each['pages']} pages\n    sha256 {each['sha256']}" for each in told["papers"]]
    share = f"{told['illustrative']['steps']} of {told['steps']} steps are illustrative."
    same = ["The flows' papers and those drawn here have the same bytes."] if told.get("same_bytes") else []
    return "\n".join([head, *stages, *papers, share, *same])
