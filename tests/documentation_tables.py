# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the documentation takes from the code word for word: tables of needs, facts, codes, commands, papers, and charts."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import click

from agreements.rules import MACHINE as AGREEMENT_MACHINE
from agreements.rules import STEPS
from agreements.terms import FORMS
from cycle.carried import CARRIES
from cycle.facts import FACTS
from cycle.facts.in_words import item_of, said_by, taken_by
from cycle.facts.rule import Fact, Field
from cycle.lifecycle import MOVES
from cycle.programme import Programme, compile_programme, silence_document
from cycle.publish import resolve
from cycle.rules import Move, Need
from cycle.states import STAGES
from cycle.words import Level, Stage, Weight
from documents.kinds import KINDS
from minga.cli import COMMANDS, minga
from services.privacy.data_map import DATA_MAP, lines
from services.privacy.retention import RULES
from services.programmes import built_in_source
from tests.asvs import asvs_table
from tests.documentation_api import operations_table, statuses_table
from tests.documentation_codes import refusal_codes
from tests.documentation_permissions import permissions_table

MATCH = "begin_commitment"
SIGNS = {Level.MUST: "●", Level.LATER: "◐", Level.ADVICE: "○", Level.OFF: "–"}


@cache
def programme() -> Programme:
    """The built-in programme as it would be published today."""
    return compile_programme(resolve(built_in_source()), 1)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |\n" for line in lines)


def _coded(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


# --- methodology.md ---------------------------------------------------------------------------------


def _forward(stage: Stage) -> tuple[Move, ...]:
    names = next(rules for rules in STAGES if rules.stage is stage).moves
    return tuple(programme().moves[move.name] for move in names if move.name in programme().moves)


def needs_of(stage: Stage) -> str:
    """The moves that leave a stage, each with its needs as the resolved programme has them."""
    return "\n".join(_move(move) for move in _forward(stage) if move.name != MATCH)


def match_needs() -> str:
    """The one move that leaves both doors."""
    return _move(programme().moves[MATCH])


def _move(move: Move) -> str:
    leads = f"**`{move.name}`** → {move.to}. Made by: {', '.join(move.by)}."
    by_itself = f" The last `{move.after}` makes it by itself." if move.after else ""
    return f"{leads}{by_itself}\n\n{_needs(move.needs)}"


def _needs(needs: Iterable[Need]) -> str:
    rows = ((_sign(n), f"`{n.name}`", n.requirement.text, _cure(n), _silence(n)) for n in needs)
    return _table(("", "code", "what must be so", "brought by", "if nobody answers"), rows)


def _sign(need: Need) -> str:
    levels = {need.level(weight.value) for weight in Weight}
    if len(levels) > 1:
        return " ".join(f"{weight.value} {SIGNS[need.level(weight.value)]}" for weight in Weight)
    due = f" by {need.due}" if need.due else ""
    return SIGNS[levels.pop()] + due


def _cure(need: Need) -> str:
    return "the move itself" if need.requirement.cure == "move" else f"`{need.requirement.cure}`"


def _silence(need: Need) -> str:
    if need.requirement.is_rule:
        return "a rule: nothing excuses it"
    match silence_document(need.if_silent):
        case "block":
            return "blocks for ever"
        case {"lapse": days}:
            return f"lapses after {days} working days"
        case _:
            return "the secretariat may waive it, with a reason" if need.level("standard") is Level.MUST else ""


def stages_table() -> str:
    """The stages in the four languages, with allowance and papers."""
    labels = programme().document["stages"]
    rows = []
    for stage in Stage:
        own = labels[stage.value]
        allowance = f"{own['allowance']} working days" if own["allowance"] else "none"
        papers = _coded(own["papers"]) or "none"
        rows.append((f"`{stage}`", *(own["labels"][lang] for lang in ("es", "pt", "fr")), allowance, papers))
    return _table(("stage", "es", "pt", "fr", "allowance", "papers ordered on entering"), rows)


def ladder_table() -> str:
    rungs = programme().document["ladders"]["stage"]
    rows = ((_rung(rung["day"]), rung["does"]) for rung in rungs)
    return _table(("day", "what is due"), rows)


def _rung(day: int) -> str:
    return f"{-day} days before the allowance ends" if day < 0 else f"{day} days after it"


def lifecycle_table() -> str:
    """The moves at home in no single stage, returns apart."""
    rows = (
        (f"`{m.name}`", _span(m.sources), ", ".join(m.while_), _makes(m), ", ".join(m.by), _coded(_asks(m)))
        for m in (programme().moves[move.name] for move in MOVES if move.name in programme().moves)
        if not m.name.startswith("return_to_")
    )
    return _table(("move", "from", "while", "makes it", "by", "needs"), rows)


def _asks(move: Move) -> Iterator[str]:
    return (need.name for need in move.needs)


def _makes(move: Move) -> str:
    return ", ".join(part for part in (str(move.lifecycle or ""), f"in {move.to}" if move.to else "") if part) or "–"


def _span(sources: Sequence[Stage]) -> str:
    """Stages in a row told by the first and the last."""
    order = list(Stage)
    places = [order.index(stage) for stage in sources]
    in_a_row = places == list(range(places[0], places[-1] + 1))
    return f"{sources[0]} to {sources[-1]}" if in_a_row and len(places) > 2 else ", ".join(sources)


# --- cycle.md ---------------------------------------------------------------------------------------


def _mermaid(lines: Iterable[str]) -> str:
    return "```mermaid\nstateDiagram-v2\n" + "".join(f"  {line}\n" for line in lines) + "```\n"


def chart() -> str:
    """The moves ahead, each edge of the machine once."""
    moves = programme().moves
    edges = [edge for edge in programme().machine.edges() if moves[edge[0]].to and not moves[edge[0]].is_return]
    return _mermaid(
        ["direction TB", "[*] --> draft", *(f"{a} --> {b}: {name}" for name, a, b in edges), "closed --> [*]"]
    )


def returns_table() -> str:
    """The edges that lead back, by destination; the machine's own."""
    moves = programme().moves
    back: dict[str, list[str]] = {}
    for name, source, _ in programme().machine.edges():
        if moves[name].is_return:
            back.setdefault(name, []).append(source)
    rows = ((f"`{name}`", str(moves[name].to), ", ".join(sources)) for name, sources in back.items())
    return _table(("move", "to", "from"), rows)


def agreement_chart() -> str:
    edges = AGREEMENT_MACHINE.edges()
    ends = sorted({b for _, _, b in edges} - {a for _, a, _ in edges})
    told = (f"{a} --> {b}: {name}" for name, a, b in edges)
    return _mermaid(["direction TB", "[*] --> draft", *told, *(f"{end} --> [*]" for end in ends)])


def agreement_steps() -> str:
    rows = ((f"`{s.name}`", ", ".join(s.sources), str(s.to), ", ".join(s.by)) for s in STEPS.values())
    return _table(("step", "from", "to", "by"), rows)


# --- agreements.md and api.md -----------------------------------------------------------------------


def agreement_terms() -> str:
    """The terms of a text, each with the form it takes."""
    return _table(("term", "is"), ((f"`{name}`", form) for name, (form, _) in FORMS.items()))


def carried_table() -> str:
    """What each move carries."""
    own = ((f"`{name}`", ", ".join(f"`{field}`" for field in fields)) for name, fields in CARRIES.items())
    return _table(("move", "carries beside its reason"), own)


# --- facts.md ---------------------------------------------------------------------------------------


def facts_table() -> str:
    """Every kind of fact: its event, its fields, who may say it, what it does to its item."""
    rows = (
        (f"`{f.kind}`", f"`{f.event}`", _fields(f), said_by(f), item_of(f))
        for f in (programme().facts[kind] for kind in FACTS)
    )
    return _table(("kind", "event", "fields", "said by", "item"), rows)


def _fields(fact: Fact) -> str:
    told = ", ".join(_field(field) for field in fact.fields)
    return told + (f"; at least one of {_coded(fact.either)}" if fact.either else "")


def _field(field: Field) -> str:
    name, taken = f"**{field.name}**" if field.required else field.name, taken_by(field)
    return f"{name} ({taken})" if taken else name


def fact_events_table() -> str:
    """The events that facts become."""
    rows = ((f"`{fact.event}`", f"`{fact.kind}`", fact.item_kind) for fact in FACTS.values())
    return _table(("event", "fact", "kind of item"), rows)


# --- refusals.md ------------------------------------------------------------------------------------


MEANS: Mapping[str, str] = {
    "agreement.requirements_unmet": "an agreement's step or fact lacks something; the reasons say what",
    "entry.malformed": "how something came to an officer is not well said; the reasons say what",
    "exchange.not_drafted": "an exchange cannot be opened so; the reasons say why",
    "funding.refused": "a funding source cannot be registered, or set aside, so; the reasons say why",
    "fact.refused": "a fact cannot be said so; the reasons say why",
    "move.malformed": "what a move carries has not the right form; the reasons say what",
    "move.not_from_here": "a move does not start here; the reasons say why",
    "roster.requirements_unmet": "several things are in the way; the reasons say which",
    "requirements.unmet": "a move lacks something; each reason is the code of a need",
    "import.cell_unusable": "a cell cannot be read as its column asks",
    "import.key_twice": "two rows have the same key",
    "paper.not_kept": "a drawn paper could not be written to the disk",
    "profile.malformed": "a profile has a key or value that is none",
    "profile.not_toml": "a profile is not written in TOML",
    "programme.country_twice": "a country is listed twice",
    "programme.not_toml": "a programme file is not written in TOML",
    "programme.unknown": "no such programme is published",
    "request.invalid": "a request has not the form the API asks for",
}
"""What codes mean whose text is made only where they are used."""

CODES_HEAD = (
    "# SPDX-FileCopyrightText: 2026 The Minga contributors",
    "# SPDX-License-Identifier: Apache-2.0",
    "",
    "# What is said with each code, … for what is filled in. Written by `MINGA_WRITE_DOCS=1 pytest tests/test_docs.py`.",
)
NOTHING = "?"
"""Stands where neither the code nor MEANS says what a code means; a test refuses it."""


def meanings() -> Mapping[str, Sequence[str]]:
    """Every code with what is said with it."""
    return {code: texts or (MEANS.get(code, NOTHING),) for code, texts in refusal_codes().items()}


def codes_file() -> str:
    """The same for the pages that problems point to, as api/pages/problem_codes.toml."""
    lines = (f"{json.dumps(code)} = {json.dumps(said, ensure_ascii=False)}" for code, said in meanings().items())
    return "\n".join((*CODES_HEAD, *lines, ""))


def codes_table() -> str:
    """Every code by family, with what is said with it."""
    codes = meanings()
    families = sorted({code.partition(".")[0] for code in codes})
    return "\n".join(f"### {family.replace('_', ' ')}\n\n{_family(codes, family)}" for family in families)


def _family(codes: Mapping[str, Sequence[str]], family: str) -> str:
    rows = ((f"`{code}`", " · ".join(codes[code])) for code in codes if code.partition(".")[0] == family)
    return _table(("code", "what is said"), rows)


def need_codes_table() -> str:
    """The codes of the built-in programme's needs, which stand as reasons in `requirements.unmet`."""
    used: dict[str, list[str]] = {}
    for move in programme().moves.values():
        for need in move.needs:
            used.setdefault(need.name, []).append(move.name)
    rows = (
        (f"`{code}`", needed.requirement.text, _cure(needed), _moves(names))
        for code, names in sorted(used.items())
        for needed in (programme().needs[code],)
    )
    return _table(("code", "what must be so", "brought by", "asked by"), rows)


def _moves(names: Sequence[str]) -> str:
    plain = [name for name in names if not name.startswith("return_to_")]
    returns = ["every return"] if len(names) - len(plain) > 3 else [n for n in names if n.startswith("return_to_")]
    return ", ".join([f"`{name}`" if "_" in name or name.isalpha() else name for name in plain] + returns)


# --- commands.md ------------------------------------------------------------------------------------


def commands_text() -> str:
    """Every command with its arguments and options, in the order of the help."""
    context = click.Context(minga, info_name="minga")
    told = [_options(minga, "minga", context)]
    for section in dict.fromkeys(lazy.section for lazy in COMMANDS.values()):
        told.append(f"## {section}\n")
        for name in (name for name, lazy in COMMANDS.items() if lazy.section == section):
            command = minga.get_command(context, name)
            assert command is not None
            told += _command(command, f"minga {name}", context)
    return "\n".join(told)


def _command(command: click.Command, name: str, above: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=name.rpartition(" ")[2], parent=above)
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            found = command.get_command(context, inner)
            assert found is not None
            yield from _command(found, f"{name} {inner}", context)
        return
    arguments = " ".join(_usage(p, context) for p in command.params if isinstance(p, click.Argument))
    yield f"### {name}\n"
    yield f"`{name} {arguments}`\n" if arguments else f"`{name}`\n"
    yield " ".join((command.help or "").split()) + "\n"
    yield _options(command, name, context)


def _usage(argument: click.Argument, context: click.Context) -> str:
    return argument.make_metavar(context)


def _options(command: click.Command, name: str, context: click.Context) -> str:
    options = [p for p in command.params if isinstance(p, click.Option)]
    rows = ((_spelled(option, context), " ".join((option.help or "").split()), _default(option)) for option in options)
    return _table((f"option of `{name}`", "what it does", "default"), rows) if options else ""


def _spelled(option: click.Option, context: click.Context) -> str:
    names = " / ".join((*option.opts, *option.secondary_opts))
    return f"`{names}`" if option.is_flag else f"`{names} {option.make_metavar(context)}`"


def _default(option: click.Option) -> str:
    plain = option.default if isinstance(option.default, str | int | float) else None
    return "" if plain is None or isinstance(plain, bool) else f"`{plain}`"


# --- papers.md --------------------------------------------------------------------------------------


def papers_table() -> str:
    """The kinds of paper that are drawn: languages of the texts, and what the built-in programme orders."""
    said = programme().document["papers"]
    rows = []
    for kind in KINDS.values():
        name = kind.name.replace("_", "-")
        ordered = [stage.value for stage in Stage if name in programme().papers_on(stage.value)]
        sets = "; ".join(" + ".join(together) for together in said[name]["languages"])
        when = f"on entering {', '.join(ordered)}" if ordered else "when its text is opened for signature"
        rows.append((f"`{name}`", ", ".join(kind.languages), str(kind.columns), sets, when))
    heading = ("kind", "written in", "side by side", "the built-in programme orders", "when")
    return _table(heading, rows)


# --- privacy.md and data-map.md -----------------------------------------------------------------------


def retention_table() -> str:
    """How long each class of what is kept stays, and why."""
    rows = ((rule.name, rule.holds, _kept_for(rule.days, rule.since), rule.why) for rule in RULES)
    return _table(("class", "what", "how long", "why"), rows)


def _kept_for(days: int | None, since: str) -> str:
    if days is None:
        return "as long as the house"
    return f"{days} days after {since}" if days else f"until {since}"


def data_map_text() -> str:
    """Every table with its purpose and its class, and every column with what it holds."""
    told = []
    for name, kept in sorted(DATA_MAP.items()):
        rows = ((f"`{line.column}`", line.holds.value, line.says) for line in lines() if line.table == name)
        told.append(
            f"## {name}\n\n{kept.purpose}; kept as *{kept.keeps}*.\n\n{_table(('column', 'holds', 'what'), rows)}"
        )
    return "\n".join(told)


GENERATED: Mapping[str, Callable[[], str]] = {
    "permissions": permissions_table,
    **{f"needs-{stage}": (lambda stage=stage: needs_of(stage)) for stage in tuple(Stage)[:-1]},  # type: ignore[misc]
    "needs-match": match_needs,
    "stages": stages_table,
    "ladder": ladder_table,
    "lifecycle": lifecycle_table,
    "chart": chart,
    "returns": returns_table,
    "agreement-chart": agreement_chart,
    "agreement-steps": agreement_steps,
    "agreement-terms": agreement_terms,
    "carried": carried_table,
    "facts": facts_table,
    "fact-events": fact_events_table,
    "codes": codes_table,
    "need-codes": need_codes_table,
    "commands": commands_text,
    "papers": papers_table,
    "asvs": asvs_table,
    "operations": operations_table,
    "statuses": statuses_table,
    "retention": retention_table,
    "data-map": data_map_text,
}
"""Every generated block by name; each stands on exactly one page."""
