# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a move needs, as people call it: Spanish, English, Portuguese, French.

The words fit the parameters that the cycle declares. A need that a programme gave others shows in its own English.
"""

from collections.abc import Mapping

from api.pages.words import in_language
from cycle.lifecycle import MOVES
from cycle.states import STAGES

_DECLARED: Mapping[str, str] = {
    need.name: need.requirement.text
    for moves in (*(rules.moves for rules in STAGES), MOVES)
    for move in moves
    for need in move.needs
}

NEEDS: Mapping[str, tuple[str, str, str, str]] = {
    "offer_door": (
        "el intercambio entró por la oferta",
        "the exchange came in by an offer",
        "o intercâmbio entrou pela oferta",
        "l'échange est entré par une offre",
    ),
    "offer_institution": (
        "la ficha de oferta dice qué institución ofrece",
        "the offer sheet names the institution",
        "a ficha de oferta diz que instituição oferece",
        "la fiche d'offre nomme l'institution",
    ),
    "offer_shares": (
        "la ficha de oferta dice qué se comparte",
        "the offer sheet says what is shared",
        "a ficha de oferta diz o que se compartilha",
        "la fiche d'offre dit ce qui est partagé",
    ),
    "offer_theme": (
        "la ficha de oferta dice el tema",
        "the offer sheet names a theme",
        "a ficha de oferta diz o tema",
        "la fiche d'offre nomme un thème",
    ),
    "offer_modality": (
        "la ficha de oferta dice la modalidad",
        "the offer sheet names a modality",
        "a ficha de oferta diz a modalidade",
        "la fiche d'offre nomme une modalité",
    ),
    "offer_language": (
        "la ficha de oferta dice el idioma",
        "the offer sheet names the language",
        "a ficha de oferta diz o idioma",
        "la fiche d'offre nomme la langue",
    ),
    "offer_availability": (
        "la ficha de oferta dice la disponibilidad",
        "the offer sheet says when it is available",
        "a ficha de oferta diz a disponibilidade",
        "la fiche d'offre dit les disponibilités",
    ),
    "offer_evidence": (
        "la ficha de oferta trae evidencia, o dice que todavía no la hay",
        "the offer sheet names evidence, or says there is none yet",
        "a ficha de oferta traz evidência, ou diz que ainda não há",
        "la fiche d'offre cite une preuve, ou dit qu'il n'y en a pas encore",
    ),
    "demand_door": (
        "el intercambio entró por la demanda",
        "the exchange came in by a demand",
        "o intercâmbio entrou pela demanda",
        "l'échange est entré par une demande",
    ),
    "demand_institution": (
        "la ficha de demanda dice qué institución pide",
        "the demand sheet names the institution",
        "a ficha de demanda diz que instituição pede",
        "la fiche de demande nomme l'institution",
    ),
    "demand_problem": (
        "la ficha de demanda dice el problema",
        "the demand sheet states the problem",
        "a ficha de demanda diz o problema",
        "la fiche de demande dit le problème",
    ),
    "demand_learns": (
        "la ficha de demanda dice qué se quiere aprender",
        "the demand sheet says what is to be learnt",
        "a ficha de demanda diz o que se quer aprender",
        "la fiche de demande dit ce qu'on veut apprendre",
    ),
    "demand_territory": (
        "la ficha de demanda dice el territorio, o que es nacional",
        "the demand sheet names the territory, or says it is national",
        "a ficha de demanda diz o território, ou que é nacional",
        "la fiche de demande dit le territoire, ou qu'elle est nationale",
    ),
    "counterpart": (
        "respondió una contraparte; si respondieron varias, se elige una",
        "a counterpart has answered; where several did, one is chosen",
        "respondeu uma contraparte; se foram várias, escolhe-se uma",
        "une contrepartie a répondu ; si elles sont plusieurs, l'une est choisie",
    ),
    "offer_validated": (
        "la secretaría validó la ficha de oferta",
        "the secretariat has validated the offer sheet",
        "a secretaria validou a ficha de oferta",
        "le secrétariat a validé la fiche d'offre",
    ),
    "both_doors": (
        "hay oferta y hay demanda",
        "both an offer and a demand stand",
        "há oferta e há demanda",
        "il y a une offre et une demande",
    ),
    "match_accepted": (
        "aceptan el encuentro quien ofrece y quien pide",
        "those who offer and those who ask accept the match",
        "aceitam o encontro quem oferece e quem pede",
        "qui offre et qui demande acceptent la mise en relation",
    ),
    "demand_population": (
        "la ficha de demanda dice a qué población sirve",
        "the demand sheet names the population",
        "a ficha de demanda diz a que população serve",
        "la fiche de demande nomme la population",
    ),
    "demand_baseline": (
        "la ficha de demanda dice la línea de base, o cómo se obtendrá",
        "the demand sheet states a baseline, or how it will be found",
        "a ficha de demanda diz a linha de base, ou como se obterá",
        "la fiche de demande dit la situation de départ, ou comment l'établir",
    ),
    "benches_consulted": (
        "se consultó el acuerdo a las bancadas de quien pide",
        "the benches of the asking country are consulted on the agreement",
        "o acordo foi consultado com as bancadas de quem pede",
        "les bancs du pays qui demande sont consultés sur l'accord",
    ),
    "provider_benches_informed": (
        "se informó del acuerdo a las bancadas de quien ofrece",
        "the benches of the offering country are told of the agreement",
        "as bancadas de quem oferece foram informadas do acordo",
        "les bancs du pays qui offre sont informés de l'accord",
    ),
    "demand_validated": (
        "la secretaría validó la ficha de demanda",
        "the secretariat has validated the demand sheet",
        "a secretaria validou a ficha de demanda",
        "le secrétariat a validé la fiche de demande",
    ),
    "instrument": (
        "un acuerdo entre las partes está en vigor, o se cita otro instrumento (si es ligero, basta un acta)",
        "an agreement between the parties is in force, or another instrument is cited (a minute, where light)",
        "um acordo entre as partes está em vigor, ou se cita outro instrumento (se é leve, basta uma ata)",
        "un accord entre les parties est en vigueur, ou un autre instrument est cité (léger : un procès-verbal)",
    ),
    "dated_activity": (
        "hay al menos una actividad con fecha",
        "at least one activity has a date",
        "há ao menos uma atividade com data",
        "au moins une activité est datée",
    ),
    "contributions": (
        "cada parte dijo qué aporta",
        "every party has stated its contribution",
        "cada parte disse o que contribui",
        "chaque partie a déclaré sa contribution",
    ),
    "light_weight": (
        "si es ligero, son pocos días de actividades y no se mueve dinero",
        "if it is light, it has few days of activities and moves no money",
        "se é leve, são poucos dias de atividades e não se move dinheiro",
        "s'il est léger, il compte peu de jours d'activité et n'engage pas d'argent",
    ),
    "benches_word": (
        "las bancadas de quien pide dieron su palabra sobre el texto actual del acuerdo",
        "the benches of the asking country have given their word on the present text of the agreement",
        "as bancadas de quem pede deram sua palavra sobre o texto atual do acordo",
        "les bancs du pays qui demande se sont prononcés sur le texte actuel de l'accord",
    ),
    "activity_held": (
        "se realizó al menos una actividad",
        "at least one activity was held",
        "realizou-se ao menos uma atividade",
        "au moins une activité a été tenue",
    ),
    "activities_settled": (
        "cada actividad se realizó, cambió de fecha o se dispensó",
        "every activity was held, given another date or waived",
        "cada atividade foi realizada, mudou de data ou foi dispensada",
        "chaque activité a été tenue, redatée ou dispensée",
    ),
    "attendance": (
        "de cada actividad consta la asistencia por sexo y bancada, o por qué no",
        "attendance by sex and bench, or why there is none, is recorded for each activity",
        "de cada atividade consta a presença por sexo e bancada, ou por que não",
        "la présence par sexe et par banc, ou pourquoi elle manque, est consignée pour chaque activité",
    ),
    "requester_lessons": (
        "quien pide dijo qué aprendió",
        "those who ask have recorded their lessons",
        "quem pede disse o que aprendeu",
        "qui demande a consigné ses enseignements",
    ),
    "reflection_record": (
        "consta el acta de la reflexión",
        "the reflection is recorded",
        "consta a ata da reflexão",
        "la réflexion est consignée",
    ),
    "decision": (
        "quien pide decidió adoptar o adaptar",
        "those who ask have decided to adopt or adapt",
        "quem pede decidiu adotar ou adaptar",
        "qui demande a décidé d'adopter ou d'adapter",
    ),
    "provider_lessons": (
        "quien ofrece dijo qué aprendió",
        "those who offer have recorded their lessons",
        "quem oferece disse o que aprendeu",
        "qui offre a consigné ses enseignements",
    ),
    "conclusion_reason": ("su razón", "its reason", "sua razão", "sa raison"),
    "conclusion_allowed": (
        "el intercambio es ligero, o se decidió no adoptar",
        "the exchange is light, or it was decided not to adopt",
        "o intercâmbio é leve, ou decidiu-se não adotar",
        "l'échange est léger, ou il a été décidé de ne pas adopter",
    ),
    "conclusion_confirmed": (
        "la secretaría confirmó que se concluye sin hoja de ruta",
        "the secretariat has confirmed the conclusion without a roadmap",
        "a secretaria confirmou a conclusão sem roteiro",
        "le secrétariat a confirmé la conclusion sans feuille de route",
    ),
    "roadmap_approved": (
        "quien pide aprobó la hoja de ruta",
        "those who ask have approved the roadmap",
        "quem pede aprovou o roteiro",
        "qui demande a approuvé la feuille de route",
    ),
    "roadmap_benches_word": (
        "las bancadas de quien pide dieron su palabra sobre la hoja de ruta actual",
        "the benches of the asking country have given their word on the present roadmap",
        "as bancadas de quem pede deram sua palavra sobre o roteiro atual",
        "les bancs du pays qui demande se sont prononcés sur la feuille de route actuelle",
    ),
    "measure": (
        "hay al menos una medida",
        "there is at least one measure",
        "há ao menos uma medida",
        "il y a au moins une mesure",
    ),
    "measures_complete": (
        "cada medida tiene responsable y fecha",
        "every measure has somebody responsible and a date",
        "cada medida tem responsável e data",
        "chaque mesure a un responsable et une date",
    ),
    "indicator": (
        "hay al menos un indicador con meta y línea de base, o la medida que la dará",
        "at least one indicator has a target and a baseline, or the measure that will give it",
        "há ao menos um indicador com meta e linha de base, ou a medida que a dará",
        "au moins un indicateur a une cible et une situation de départ, ou la mesure qui la donnera",
    ),
    "indicators_complete": (
        "cada indicador tiene meta y línea de base, o la medida que la dará",
        "every indicator has a target and a baseline, or the measure that will give it",
        "cada indicador tem meta e linha de base, ou a medida que a dará",
        "chaque indicateur a une cible et une situation de départ, ou la mesure qui la donnera",
    ),
    "check_ins": (
        "hubo seguimientos, o terminó el período de acompañamiento",
        "check-ins were held, or the period of accompaniment is over",
        "houve acompanhamentos, ou terminou o período de acompanhamento",
        "des points d'étape ont eu lieu, ou la période d'accompagnement est finie",
    ),
    "measures_settled": (
        "cada medida se cumplió, está en marcha o se abandonó",
        "every measure is done, under way or dropped",
        "cada medida foi cumprida, está em andamento ou foi abandonada",
        "chaque mesure est accomplie, en cours ou abandonnée",
    ),
    "requester_evaluation": (
        "quien pide evaluó la cooperación",
        "those who ask have given their evaluation",
        "quem pede avaliou a cooperação",
        "qui demande a évalué la coopération",
    ),
    "provider_evaluation": (
        "quien ofrece evaluó la cooperación",
        "those who offer have given their evaluation",
        "quem oferece avaliou a cooperação",
        "qui offre a évalué la coopération",
    ),
    "practice": (
        "se propuso una buena práctica",
        "a good practice was proposed",
        "propôs-se uma boa prática",
        "une bonne pratique a été proposée",
    ),
    "measures_handed_over": (
        "las medidas abiertas pasaron al registro de seguimiento",
        "open measures are handed over to the follow-up register",
        "as medidas abertas passaram ao registro de acompanhamento",
        "les mesures ouvertes sont passées au registre de suivi",
    ),
    "reason": ("su razón", "its reason", "sua razão", "sa raison"),
    "earlier_stage": (
        "la etapa a la que se vuelve quedó atrás en este intercambio",
        "the stage returned to lies behind this exchange",
        "a etapa a que se volta ficou para trás neste intercâmbio",
        "l'étape de retour est derrière cet échange",
    ),
    "return_confirmed": (
        "la secretaría confirmó la vuelta",
        "the secretariat has confirmed the return",
        "a secretaria confirmou a volta",
        "le secrétariat a confirmé le retour",
    ),
    "review_date": (
        "cuándo se revisa",
        "when it is looked at again",
        "quando se revê",
        "quand on y reviendra",
    ),
    "renewed_once": (
        "no se renovó antes",
        "it was not renewed before",
        "não foi renovado antes",
        "il n'a pas été renouvelé avant",
    ),
    "successor_accepted": (
        "quien sucede a la parte aceptó",
        "the successor of the party has accepted",
        "quem sucede à parte aceitou",
        "qui succède à la partie a accepté",
    ),
    "requester_agrees": (
        "quien pide está de acuerdo con la sucesión",
        "those who ask agree to the succession",
        "quem pede está de acordo com a sucessão",
        "qui demande est d'accord avec la succession",
    ),
}


def need_in_words(code: str, need: str, lang: str) -> tuple[str, str]:
    """A need as told, and the language that is: the reader's, or English where a programme changed what it asks for."""
    if code not in NEEDS or _DECLARED.get(code) != need:
        return need, "en"
    return need_named(code, lang), lang


def need_named(code: str, lang: str) -> str:
    """A need by its code alone, as history names it."""
    return in_language(NEEDS[code], lang) if code in NEEDS else code.replace("_", " ")
