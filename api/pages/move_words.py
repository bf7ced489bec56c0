# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The moves of the cycle, as people call them: Spanish, English, Portuguese, French."""

from collections.abc import Mapping

from api.pages.words import in_language

MOVES: Mapping[str, tuple[str, str, str, str]] = {
    "publish_offer": ("Publicar la oferta", "Publish the offer", "Publicar a oferta", "Publier l'offre"),
    "publish_demand": ("Publicar la demanda", "Publish the demand", "Publicar a demanda", "Publier la demande"),
    "answer_offer": ("Responder a la oferta", "Answer the offer", "Responder à oferta", "Répondre à l'offre"),
    "answer_demand": ("Responder a la demanda", "Answer the demand", "Responder à demanda", "Répondre à la demande"),
    "begin_commitment": (
        "Pasar al compromiso",
        "Begin the commitment",
        "Passar ao compromisso",
        "Passer à l'engagement",
    ),
    "begin_execution": ("Comenzar la ejecución", "Begin execution", "Começar a execução", "Commencer l'exécution"),
    "begin_reflection": ("Comenzar la reflexión", "Begin reflection", "Começar a reflexão", "Commencer la réflexion"),
    "adopt_action": ("Pasar a la acción", "Go on to action", "Passar à ação", "Passer à l'action"),
    "conclude_without_roadmap": (
        "Concluir sin hoja de ruta",
        "Conclude without a roadmap",
        "Concluir sem roteiro",
        "Conclure sans feuille de route",
    ),
    "begin_accompaniment": (
        "Comenzar el acompañamiento",
        "Begin accompaniment",
        "Começar o acompanhamento",
        "Commencer l'accompagnement",
    ),
    "open_feedback": (
        "Abrir la retroalimentación",
        "Open the feedback",
        "Abrir o feedback",
        "Ouvrir le retour d'expérience",
    ),
    "close": ("Cerrar", "Close", "Encerrar", "Clore"),
    "return_to_offer": ("Volver a la oferta", "Return to offer", "Voltar à oferta", "Revenir à l'offre"),
    "return_to_demand": ("Volver a la demanda", "Return to demand", "Voltar à demanda", "Revenir à la demande"),
    "return_to_commitment": (
        "Volver al compromiso",
        "Return to commitment",
        "Voltar ao compromisso",
        "Revenir à l'engagement",
    ),
    "return_to_execution": (
        "Volver a la ejecución",
        "Return to execution",
        "Voltar à execução",
        "Revenir à l'exécution",
    ),
    "return_to_reflection": (
        "Volver a la reflexión",
        "Return to reflection",
        "Voltar à reflexão",
        "Revenir à la réflexion",
    ),
    "return_to_action": ("Volver a la acción", "Return to action", "Voltar à ação", "Revenir à l'action"),
    "return_to_accompaniment": (
        "Volver al acompañamiento",
        "Return to accompaniment",
        "Voltar ao acompanhamento",
        "Revenir à l'accompagnement",
    ),
    "withdraw": ("Retirar", "Withdraw", "Retirar", "Retirer"),
    "decline": ("Declinar", "Decline", "Recusar", "Décliner"),
    "expire": ("Dar por caducado", "Let it expire", "Dar por expirado", "Déclarer caduc"),
    "terminate": ("Terminar antes de tiempo", "Terminate", "Encerrar antes do tempo", "Résilier"),
    "suspend": ("Suspender", "Suspend", "Suspender", "Suspendre"),
    "resume": ("Reanudar", "Resume", "Retomar", "Reprendre"),
    "reopen": ("Reabrir", "Reopen", "Reabrir", "Rouvrir"),
    "reopen_closed": ("Reabrir lo cerrado", "Reopen what is closed", "Reabrir o encerrado", "Rouvrir ce qui est clos"),
    "renew": ("Renovar", "Renew", "Renovar", "Renouveler"),
    "replace_party": ("Reemplazar a una parte", "Replace a party", "Substituir uma parte", "Remplacer une partie"),
}


def move_in_words(move: str, lang: str) -> str:
    """`Begin execution`; the move's own name where nobody gave it another."""
    return in_language(MOVES[move], lang) if move in MOVES else move.replace("_", " ")
