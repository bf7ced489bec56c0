# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The codes of a hand-over as a successor reads them: Spanish, English, Portuguese, French."""

from collections.abc import Iterable, Mapping

_ORDER = ("es", "en", "pt", "fr")
NAMES: Mapping[str, tuple[str, str, str, str]] = {
    "active": ("activo", "active", "ativo", "actif"),
    "amended": ("enmendado", "amended", "emendado", "amendé"),
    "anyone": ("cualquiera", "anyone", "qualquer um", "n'importe qui"),
    "asks": ("pide", "asks", "pede", "demande"),
    "bench_delegate": ("delegación de bancada", "bench delegate", "delegação de bancada", "délégation de banc"),
    "both": ("ofrece y pide", "offers and asks", "oferece e pede", "offre et demande"),
    "clearance": ("en visto bueno", "in clearance", "em aprovação", "en visa"),
    "contested": ("en disputa", "contested", "em disputa", "contesté"),
    "draft": ("borrador", "draft", "rascunho", "brouillon"),
    "employers": ("empleadores", "employers", "empregadores", "employeurs"),
    "expired": ("vencido", "expired", "expirado", "expiré"),
    "facilitates": ("facilita", "facilitates", "facilita", "facilite"),
    "focal_point": ("punto focal", "focal point", "ponto focal", "point focal"),
    "government": ("gobierno", "government", "governo", "gouvernement"),
    "held": ("ocupado", "held", "ocupado", "occupé"),
    "in_force": ("vigente", "in force", "em vigor", "en vigueur"),
    "negotiation": ("en negociación", "in negotiation", "em negociação", "en négociation"),
    "offers": ("ofrece", "offers", "oferece", "offre"),
    "open_for_signature": ("abierto a la firma", "open for signature", "aberto à assinatura", "ouvert à la signature"),
    "sealed": ("sellado", "sealed", "selado", "scellé"),
    "secretariat": ("secretaría", "secretariat", "secretaria", "secrétariat"),
    "signed": ("firmado", "signed", "assinado", "signé"),
    "supports": ("apoya", "supports", "apoia", "appuie"),
    "suspended": ("suspendido", "suspended", "suspenso", "suspendu"),
    "terminated": ("terminado", "terminated", "encerrado", "résilié"),
    "to_be_confirmed": ("por confirmar", "to be confirmed", "a confirmar", "à confirmer"),
    "vacant": ("vacante", "vacant", "vago", "vacant"),
    "workers": ("trabajadores", "workers", "trabalhadores", "travailleurs"),
}


def in_words(code: str, language: str) -> str:
    """`por confirmar`; a code that nobody gave words, as a bench of another programme, as it is."""
    return NAMES[code][_ORDER.index(language)] if code in NAMES else code


def holders_in_words(holders: Iterable[str], language: str) -> str:
    """`BR, secretaría`: whoever may act, from the holders of a refusal (`cycle.roles`)."""
    return ", ".join(_holder(one, language) for one in holders)


def _holder(holder: str, language: str) -> str:
    kind, _, whose = holder.partition(":")
    party, _, bench = whose.partition("/")
    if bench:
        return f"{party} · {in_words(bench, language)}"
    return party if whose else in_words(kind, language)
