# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The pages of a hand-over, to be printed: what each exchange is, where it stands, what waits and for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any


@dataclass(frozen=True, slots=True)
class Brief:
    """One exchange for a successor. `moves`: (move, may be made now, who may, what it lacks and who could bring it)."""

    name: str
    title: str
    party: str
    stage: str
    stage_labels: Mapping[str, str]
    lifecycle: str
    entered_on: str
    calendar_days: int
    used: int
    allowance: int | None
    parties: tuple[tuple[str, tuple[str, ...]], ...]
    moves: tuple[tuple[str, bool, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], ...]
    agreements: tuple[tuple[str, str, str], ...]


WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "handover": "Traspaso", "on": "Cambio de gobierno", "stage": "Etapa", "since": "desde", "days": "días",
        "allowance": "plazo usado, días hábiles", "parties": "Partes", "agreements": "Acuerdos", "moves": "Próximos pasos",
        "can": "Se puede dar ahora", "who": "Quién", "waits": "Falta", "seats": "Puestos", "roles": "Funciones",
        "texts": "Textos sin firmar que nombran a la autoridad anterior", "measures": "Medidas abiertas",
        "exchanges": "Intercambios", "none": "Ninguno",
    },
    "en": {
        "handover": "Hand-over", "on": "Change of government", "stage": "Stage", "since": "since", "days": "days",
        "allowance": "allowance used, working days", "parties": "Parties", "agreements": "Agreements",
        "moves": "Next moves", "can": "Can be made now", "who": "Who", "waits": "Still missing", "seats": "Seats",
        "roles": "Roles", "texts": "Unsigned texts that name the former authority", "measures": "Open measures",
        "exchanges": "Exchanges", "none": "None",
    },
    "pt": {
        "handover": "Transição", "on": "Mudança de governo", "stage": "Etapa", "since": "desde", "days": "dias",
        "allowance": "prazo usado, dias úteis", "parties": "Partes", "agreements": "Acordos",
        "moves": "Próximos passos", "can": "Pode ser dado agora", "who": "Quem", "waits": "Falta", "seats": "Assentos",
        "roles": "Funções", "texts": "Textos não assinados que nomeiam a autoridade anterior",
        "measures": "Medidas abertas", "exchanges": "Intercâmbios", "none": "Nenhum",
    },
    "fr": {
        "handover": "Passation", "on": "Changement de gouvernement", "stage": "Étape", "since": "depuis", "days": "jours",
        "allowance": "délai consommé, jours ouvrables", "parties": "Parties", "agreements": "Accords",
        "moves": "Prochains pas", "can": "Peut être fait maintenant", "who": "Qui", "waits": "Il manque",
        "seats": "Sièges", "roles": "Fonctions", "texts": "Textes non signés qui nomment l'ancienne autorité",
        "measures": "Mesures ouvertes", "exchanges": "Échanges", "none": "Aucun",
    },
}  # fmt: skip
STYLE = (
    "body{font:11pt/1.4 serif;max-width:17cm;margin:1.5cm auto}h1{font-size:16pt}h2{font-size:12pt;margin-bottom:0}"
    "table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;border-top:1px solid;padding:2pt}"
    "@page{size:A4;margin:1.5cm}"
)


def brief_page(brief: Brief, language: str) -> str:
    """One page about one exchange: stage, what waits, who, next moves."""
    words = WORDS[language]
    label = brief.stage_labels.get(language, brief.stage)
    used = f"; {words['allowance']}: {brief.used}/{brief.allowance}" if brief.allowance else ""
    stood = f"{label} ({brief.lifecycle}), {words['since']} {brief.entered_on or ''}: {brief.calendar_days} {words['days']}{used}"
    return _page(
        language,
        f"{brief.name}: {brief.title}",
        _part(words["stage"], [[stood]], words),
        _part(words["parties"], [[code, ", ".join(roles)] for code, roles in brief.parties], words),
        _part(words["moves"], [_move(move, words) for move in brief.moves], words),
        _part(words["agreements"], [[*one] for one in brief.agreements], words),
    )


def cover_page(handover: Mapping[str, Any], briefs: Iterable[Brief], language: str) -> str:
    """The first page: seats, roles, unsigned texts, exchanges, open measures."""
    words, told = WORDS[language], handover["told"]
    seats = [[one["bench"], one["status"], one["name"] or ""] for one in handover["seats"]]
    roles = [[one["kind"], one["bench"] or "", one["name"] or ""] for one in handover["roles"]]
    texts = [[one["reference"] or "", one["title"], one["status"]] for one in told["texts"]]
    measures = [[one["exchange"], one["title"] or "", one["due_on"] or ""] for one in handover["measures"]]
    return _page(
        language,
        f"{words['handover']}: {handover['party']}. {words['on']}: {handover['on']}",
        _part(words["seats"], seats, words),
        _part(words["roles"], roles, words),
        _part(words["texts"], texts, words),
        _part(words["exchanges"], [[one.name, one.title, one.stage] for one in briefs], words),
        _part(words["measures"], measures, words),
    )


def _move(
    move: tuple[str, bool, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]], words: Mapping[str, str]
) -> list[str]:
    name, allowed, who, lacks = move
    waits = "; ".join(f"{need} ({', '.join(could)})" if could else need for need, could in lacks)
    return [name, words["can"] if allowed else f"{words['waits']}: {waits}", f"{words['who']}: {', '.join(who)}"]


def _part(heading: str, rows: Sequence[Sequence[str]], words: Mapping[str, str]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    nothing = f"<tr><td>{escape(words['none'])}</td></tr>"
    return f"<h2>{escape(heading)}</h2>\n<table>{cells or nothing}</table>"


def _page(language: str, title: str, *parts: str) -> str:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    body = "\n".join((f"<h1>{escape(title)}</h1>", *parts))
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'
