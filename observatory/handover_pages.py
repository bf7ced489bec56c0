# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The pages of a hand-over, to be printed: what each exchange is, where it stands, what waits and for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from observatory.handover_words import holders_in_words, in_words

BriefMove = tuple[str, Mapping[str, str], bool, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]


@dataclass(frozen=True, slots=True)
class Brief:
    """One exchange for a successor.

    moves: (move, what the stage it leads to is called, may be made now, who may, what it lacks and who could bring it)
    """

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
    moves: tuple[BriefMove, ...]
    agreements: tuple[tuple[str, str, str], ...]


WORDS: Mapping[str, Mapping[str, str]] = {
    "es": {
        "handover": "Traspaso", "on": "Cambio de gobierno", "stage": "Etapa", "since": "desde", "days": "días",
        "allowance": "plazo usado, días hábiles", "parties": "Partes", "agreements": "Acuerdos", "moves": "Próximos pasos",
        "can": "Se puede dar ahora", "who": "Quién", "waits": "Falta", "seats": "Puestos", "roles": "Funciones",
        "texts": "Textos sin firmar que nombran a la autoridad anterior", "measures": "Medidas abiertas",
        "exchanges": "Intercambios", "none": "Ninguno", "on_to": "Pasar a", "back_to": "Volver a",
    },
    "en": {
        "handover": "Hand-over", "on": "Change of government", "stage": "Stage", "since": "since", "days": "days",
        "allowance": "allowance used, working days", "parties": "Parties", "agreements": "Agreements",
        "moves": "Next moves", "can": "Can be made now", "who": "Who", "waits": "Still missing", "seats": "Seats",
        "roles": "Roles", "texts": "Unsigned texts that name the former authority", "measures": "Open measures",
        "exchanges": "Exchanges", "none": "None", "on_to": "On to", "back_to": "Back to",
    },
    "pt": {
        "handover": "Transição", "on": "Mudança de governo", "stage": "Etapa", "since": "desde", "days": "dias",
        "allowance": "prazo usado, dias úteis", "parties": "Partes", "agreements": "Acordos",
        "moves": "Próximos passos", "can": "Pode ser dado agora", "who": "Quem", "waits": "Falta", "seats": "Assentos",
        "roles": "Funções", "texts": "Textos não assinados que nomeiam a autoridade anterior",
        "measures": "Medidas abertas", "exchanges": "Intercâmbios", "none": "Nenhum",
        "on_to": "Passar a", "back_to": "Voltar a",
    },
    "fr": {
        "handover": "Passation", "on": "Changement de gouvernement", "stage": "Étape", "since": "depuis", "days": "jours",
        "allowance": "délai consommé, jours ouvrables", "parties": "Parties", "agreements": "Accords",
        "moves": "Prochains pas", "can": "Peut être fait maintenant", "who": "Qui", "waits": "Il manque",
        "seats": "Sièges", "roles": "Fonctions", "texts": "Textes non signés qui nomment l'ancienne autorité",
        "measures": "Mesures ouvertes", "exchanges": "Échanges", "none": "Aucun",
        "on_to": "Passer à", "back_to": "Revenir à",
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
    stood = f"{label} ({in_words(brief.lifecycle, language)}), {words['since']} {brief.entered_on or ''}"
    parties = [[code, ", ".join(in_words(role, language) for role in roles)] for code, roles in brief.parties]
    agreements = [[reference, title, in_words(status, language)] for reference, title, status in brief.agreements]
    return _page(
        language,
        f"{brief.name}: {brief.title}",
        _part(words["stage"], [[f"{stood}: {brief.calendar_days} {words['days']}{used}"]], words),
        _part(words["parties"], parties, words),
        _part(words["moves"], [_move(move, words, language) for move in brief.moves], words),
        _part(words["agreements"], agreements, words),
    )


def cover_page(handover: Mapping[str, Any], briefs: Iterable[Brief], language: str) -> str:
    """The first page: seats, roles, unsigned texts, exchanges, open measures."""
    words, told = WORDS[language], handover["told"]
    seats = [[*_said(language, one["bench"], one["status"]), one["name"] or ""] for one in handover["seats"]]
    roles = [[*_said(language, one["kind"], one["bench"] or ""), one["name"] or ""] for one in handover["roles"]]
    texts = [_text(one, language) for one in told["texts"]]
    exchanges = [[one.name, one.title, one.stage_labels.get(language, one.stage)] for one in briefs]
    measures = [[one["exchange"], one["title"] or "", one["due_on"] or ""] for one in handover["measures"]]
    return _page(
        language,
        f"{words['handover']}: {handover['party']}. {words['on']}: {handover['on']}",
        _part(words["seats"], seats, words),
        _part(words["roles"], roles, words),
        _part(words["texts"], texts, words),
        _part(words["exchanges"], exchanges, words),
        _part(words["measures"], measures, words),
    )


def _text(text: Mapping[str, Any], language: str) -> list[str]:
    named = text["signatory"] or {}
    who = ", ".join(str(named[part]) for part in ("name", "title", "institution") if named.get(part))
    return [text["reference"] or "", text["title"], in_words(text["status"], language), who]


def _said(language: str, *codes: str) -> list[str]:
    return [in_words(code, language) for code in codes]


def _move(move: BriefMove, words: Mapping[str, str], language: str) -> list[str]:
    name, leads_to, allowed, who, lacks = move
    way = words["back_to" if name.startswith("return_to_") else "on_to"]
    waits = "; ".join(f"{need} ({holders_in_words(could, language)})" if could else need for need, could in lacks)
    return [
        f"{way}: {leads_to[language]}" if language in leads_to else name,
        words["can"] if allowed else f"{words['waits']}: {waits}",
        f"{words['who']}: {holders_in_words(who, language)}",
    ]


def _part(heading: str, rows: Sequence[Sequence[str]], words: Mapping[str, str]) -> str:
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    nothing = f"<tr><td>{escape(words['none'])}</td></tr>"
    return f"<h2>{escape(heading)}</h2>\n<table>{cells or nothing}</table>"


def _page(language: str, title: str, *parts: str) -> str:
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{STYLE}</style>'
    body = "\n".join((f"<h1>{escape(title)}</h1>", *parts))
    return f'<!doctype html>\n<html lang="{language}"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'
