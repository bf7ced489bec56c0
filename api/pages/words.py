# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words of the pages in four languages. Names of stages and countries are the programme's own, not here."""

from collections.abc import Mapping, Sequence
from datetime import date

from documents.words import words_in

LANGUAGES = {"es": "Español", "en": "English", "pt": "Português", "fr": "Français"}

_MONTHS = {
    "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "pt": "jan fev mar abr mai jun jul ago set out nov dez",
    "fr": "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc.",
}

_ES = {
    "places": "Páginas",
    "title": "Dónde está cada cooperación",
    "skip": "Ir al contenido",
    "language": "Idioma",
    "programme": "Programa",
    "all": "Todos",
    "as_of": "Al final del día",
    "known_on": "Según lo registrado hasta",
    "country": "País",
    "any_country": "Todos los países",
    "show": "Mostrar",
    "today": "Hoy",
    "stood": "Al final del {as_of}, según lo registrado hasta el {known_on}",
    "exchanges": "intercambios",
    "exchange_one": "intercambio",
    "wheel": "El ciclo de cooperación: ocho etapas y cuántos intercambios hay en cada una",
    "by_stage": "Intercambios por etapa",
    "stage": "Etapa",
    "count": "Cantidad",
    "by_lifecycle": "Situación",
    "overdue": "Vencidos hoy",
    "overdue_none": "Ninguno de los intercambios que puede ver ha pasado su plazo.",
    "moved": "Últimos movimientos",
    "moved_none": "Todavía no se ha movido ningún intercambio que pueda ver.",
    "lists_sign_in": "Entre para ver los intercambios vencidos y los últimos movimientos.",
    "lists_closed": "En su función actual no hay lista de intercambios.",
    "reference": "Referencia",
    "exchange": "Intercambio",
    "days": "Días en la etapa",
    "due": "Plazo",
    "specimen": "espécimen",
    "demonstration": "Datos de demostración",
    "demonstration_text": "Todavía no hay intercambios reales: todo lo que se ve es ficticio.",
    "apart": "Además hay {n} especímenes (datos ficticios), que no se cuentan.",
    "apart_one": "Además hay 1 espécimen (datos ficticios), que no se cuenta.",
    "api": "Descripción de la API",
    "wrong_day": "La fecha no es un día del calendario.",
    "future_day": "Ese día aún no ha llegado.",
    "wrong_country": "No es un país miembro.",
    "active": "activos",
    "suspended": "suspendidos",
    "withdrawn": "retirados",
    "declined": "declinados",
    "expired": "caducados",
    "terminated": "terminados",
    "completed": "completados",
    "active_one": "activo",
    "suspended_one": "suspendido",
    "withdrawn_one": "retirado",
    "declined_one": "declinado",
    "expired_one": "caducado",
    "terminated_one": "terminado",
    "completed_one": "completado",
}
_EN = {
    "places": "Pages",
    "title": "Where every cooperation stands",
    "skip": "Skip to content",
    "language": "Language",
    "programme": "Programme",
    "all": "All",
    "as_of": "At the end of",
    "known_on": "As recorded up to",
    "country": "Country",
    "any_country": "All countries",
    "show": "Show",
    "today": "Today",
    "stood": "At the end of {as_of}, as recorded up to {known_on}",
    "exchanges": "exchanges",
    "exchange_one": "exchange",
    "wheel": "The cooperation cycle: eight stages, and how many exchanges stand in each",
    "by_stage": "Exchanges by stage",
    "stage": "Stage",
    "count": "Exchanges",
    "by_lifecycle": "Condition",
    "overdue": "Overdue today",
    "overdue_none": "None of the exchanges you may see is past its day.",
    "moved": "Moved last",
    "moved_none": "No exchange you may see has moved yet.",
    "lists_sign_in": "Sign in to see which exchanges are overdue and which moved last.",
    "lists_closed": "In your present role there is no list of exchanges.",
    "reference": "Reference",
    "exchange": "Exchange",
    "days": "Days in stage",
    "due": "Due",
    "specimen": "specimen",
    "demonstration": "Demonstration data",
    "demonstration_text": "There are no real exchanges yet: everything shown here is made up.",
    "apart": "Besides, there are {n} specimens (made-up data), which are not counted.",
    "apart_one": "Besides, there is 1 specimen (made-up data), which is not counted.",
    "api": "Description of the API",
    "wrong_day": "That is no day of the calendar.",
    "future_day": "That day has not come yet.",
    "wrong_country": "That is no member country.",
    "active": "active",
    "suspended": "suspended",
    "withdrawn": "withdrawn",
    "declined": "declined",
    "expired": "expired",
    "terminated": "terminated",
    "completed": "completed",
    "active_one": "active",
    "suspended_one": "suspended",
    "withdrawn_one": "withdrawn",
    "declined_one": "declined",
    "expired_one": "expired",
    "terminated_one": "terminated",
    "completed_one": "completed",
}
_PT = {
    "places": "Páginas",
    "title": "Onde está cada cooperação",
    "skip": "Ir para o conteúdo",
    "language": "Idioma",
    "programme": "Programa",
    "all": "Todos",
    "as_of": "Ao fim do dia",
    "known_on": "Conforme registrado até",
    "country": "País",
    "any_country": "Todos os países",
    "show": "Mostrar",
    "today": "Hoje",
    "stood": "Ao fim de {as_of}, conforme registrado até {known_on}",
    "exchanges": "intercâmbios",
    "exchange_one": "intercâmbio",
    "wheel": "O ciclo de cooperação: oito etapas e quantos intercâmbios há em cada uma",
    "by_stage": "Intercâmbios por etapa",
    "stage": "Etapa",
    "count": "Quantidade",
    "by_lifecycle": "Situação",
    "overdue": "Vencidos hoje",
    "overdue_none": "Nenhum dos intercâmbios que pode ver passou do prazo.",
    "moved": "Últimos movimentos",
    "moved_none": "Nenhum intercâmbio que possa ver se moveu ainda.",
    "lists_sign_in": "Entre para ver os intercâmbios vencidos e os últimos movimentos.",
    "lists_closed": "Na sua função atual não há lista de intercâmbios.",
    "reference": "Referência",
    "exchange": "Intercâmbio",
    "days": "Dias na etapa",
    "due": "Prazo",
    "specimen": "espécime",
    "demonstration": "Dados de demonstração",
    "demonstration_text": "Ainda não há intercâmbios reais: tudo o que se vê é fictício.",
    "apart": "Além disso há {n} espécimes (dados fictícios), que não são contados.",
    "apart_one": "Além disso há 1 espécime (dados fictícios), que não é contado.",
    "api": "Descrição da API",
    "wrong_day": "Essa data não é um dia do calendário.",
    "future_day": "Esse dia ainda não chegou.",
    "wrong_country": "Não é um país membro.",
    "active": "ativos",
    "suspended": "suspensos",
    "withdrawn": "retirados",
    "declined": "recusados",
    "expired": "caducados",
    "terminated": "rescindidos",
    "completed": "concluídos",
    "active_one": "ativo",
    "suspended_one": "suspenso",
    "withdrawn_one": "retirado",
    "declined_one": "recusado",
    "expired_one": "caducado",
    "terminated_one": "rescindido",
    "completed_one": "concluído",
}
_FR = {
    "places": "Pages",
    "title": "Où en est chaque coopération",
    "skip": "Aller au contenu",
    "language": "Langue",
    "programme": "Programme",
    "all": "Tous",
    "as_of": "À la fin du",
    "known_on": "D'après ce qui était enregistré le",
    "country": "Pays",
    "any_country": "Tous les pays",
    "show": "Afficher",
    "today": "Aujourd'hui",
    "stood": "À la fin du {as_of}, d'après ce qui était enregistré le {known_on}",
    "exchanges": "échanges",
    "exchange_one": "échange",
    "wheel": "Le cycle de coopération : huit étapes et le nombre d'échanges dans chacune",
    "by_stage": "Échanges par étape",
    "stage": "Étape",
    "count": "Nombre",
    "by_lifecycle": "Situation",
    "overdue": "En retard aujourd'hui",
    "overdue_none": "Aucun des échanges que vous pouvez voir n'a dépassé son délai.",
    "moved": "Derniers mouvements",
    "moved_none": "Aucun échange que vous pouvez voir n'a encore bougé.",
    "lists_sign_in": "Connectez-vous pour voir les échanges en retard et les derniers mouvements.",
    "lists_closed": "Dans votre rôle actuel, il n'y a pas de liste d'échanges.",
    "reference": "Référence",
    "exchange": "Échange",
    "days": "Jours dans l'étape",
    "due": "Échéance",
    "specimen": "spécimen",
    "demonstration": "Données de démonstration",
    "demonstration_text": "Il n'y a pas encore d'échanges réels : tout ce qui est montré ici est fictif.",
    "apart": "Il y a en outre {n} spécimens (données fictives), qui ne sont pas comptés.",
    "apart_one": "Il y a en outre 1 spécimen (données fictives), qui n'est pas compté.",
    "api": "Description de l'API",
    "wrong_day": "Cette date n'est pas un jour du calendrier.",
    "future_day": "Ce jour n'est pas encore venu.",
    "wrong_country": "Ce n'est pas un pays membre.",
    "active": "actifs",
    "suspended": "suspendus",
    "withdrawn": "retirés",
    "declined": "déclinés",
    "expired": "caducs",
    "terminated": "résiliés",
    "completed": "achevés",
    "active_one": "actif",
    "suspended_one": "suspendu",
    "withdrawn_one": "retiré",
    "declined_one": "décliné",
    "expired_one": "caduc",
    "terminated_one": "résilié",
    "completed_one": "achevé",
}


def unbroken(said: str) -> str:
    """French words whose lines break at no space that belongs to a mark (` :`, `« »`)."""
    return words_in("fr").unbroken(said)


def in_language(said: Sequence[str], language: str) -> str:
    """The one that is in a language, of words that stand in the order of LANGUAGES."""
    return words_in(language).unbroken(said[tuple(LANGUAGES).index(language)])


WORDS: Mapping[str, Mapping[str, str]] = {
    "es": _ES,
    "en": _EN,
    "pt": _PT,
    "fr": {key: unbroken(said) for key, said in _FR.items()},
}


def language_for(chosen: str | None, accepted: str | None, first: str = "es") -> str:
    """The language of a page: the one chosen, else the one the browser likes best, else the first."""
    if chosen in WORDS:
        return str(chosen)
    liked = sorted(_liked(accepted or ""), key=lambda pair: -pair[1])
    return next((language for language, _ in liked if language in WORDS), first)


def _liked(accepted: str) -> list[tuple[str, float]]:
    """The languages of an Accept-Language header with how much each is liked (RFC 9110, section 12.5.4)."""
    found = []
    for part in accepted.split(",")[:20]:
        tag, _, quality = part.strip().partition(";q=")
        found.append((tag.partition("-")[0].strip().lower(), _quality(quality)))
    return [(language, liked) for language, liked in found if liked > 0]


def _quality(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def day_in_words(day: str, language: str) -> str:
    """`23 Nov 2026`, in the language's own months."""
    known = date.fromisoformat(day)
    return f"{known.day} {_MONTHS[language].split()[known.month - 1]} {known.year}"


def minute_in_words(instant: str, language: str) -> str:
    """`23 Nov 2026, 15:04 UTC`: of an instant whose place is not known, in the language's own months."""
    return f"{day_in_words(instant[:10], language)}, {instant[11:16]} UTC"


def figure(n: int, language: str) -> str:
    """`1,234`, with the language's own mark between thousands."""
    return words_in(language).number(n)


def is_one(n: int, language: str) -> bool:
    """Whether so many are told in the singular; French counts nothing so too (`0 échange`)."""
    return n == 1 or (n == 0 and language == "fr")
