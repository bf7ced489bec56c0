# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The words of the page that a letter of invitation opens, in four languages."""

from collections.abc import Mapping

from api.pages.words import unbroken

_ES = {
    "version": "Versión {n} del texto, {register}",
    "binding": "vinculante",
    "non_binding": "no vinculante",
    "specimen": "espécimen",
    "text": "El texto",
    "take": "Descargar el PDF",
    "no_text": "El texto se descarga aquí en cuanto esté abierto a la firma. Con este mismo enlace lo encontrará.",
    "sides": "Entre quiénes, y quién firma",
    "own": "usted firma por esta parte",
    "covers": "Los intercambios que cubre",
    "sign": "Firmar",
    "how": "En esta página no se firma. Las firmas a mano sobre el texto impreso se entregan a la secretaría por medio del "
    "punto focal de su país; la firma digital vendrá después.",
    "until": "Este enlace sirve hasta el {on}, o hasta que cambie el texto o quien lo firma.",
    "signed": "La firma a mano de su parte ya consta.",
    "declined": "Usted declinó firmar el {on}.",
    "decline": "No voy a firmar este texto",
    "decline_send": "Declinar la firma",
    "reason": "Por qué",
    "reason_hint": "Lo leerán las partes de este acuerdo y la secretaría.",
    "gone_title": "Este enlace no abre nada",
    "gone_text": "Se terminó, o no está completo. Pida otro al punto focal de su país o a la secretaría.",
    "e_reason": "Escriba por qué, en 2000 caracteres como máximo.",
    "e_outdated": "Esta página era antigua. Lea el texto como está ahora y responda de nuevo.",
}
_EN = {
    "version": "Version {n} of the text, {register}",
    "binding": "binding",
    "non_binding": "non-binding",
    "specimen": "specimen",
    "text": "The text",
    "take": "Download the PDF",
    "no_text": "The text can be downloaded here once it is open for signature. You will find it by this same link.",
    "sides": "Between whom, and who signs",
    "own": "you sign for this party",
    "covers": "The exchanges it covers",
    "sign": "Signing",
    "how": "Nothing is signed on this page. Signatures in ink on the printed text are handed to the secretariat through "
    "your country's focal point; digital signing will come later.",
    "until": "This link works until {on}, or until the text or its signatory changes.",
    "signed": "The signature in ink of your party is recorded already.",
    "declined": "You declined to sign on {on}.",
    "decline": "I will not sign this text",
    "decline_send": "Decline to sign",
    "reason": "Why",
    "reason_hint": "The parties of this agreement and the secretariat will read it.",
    "gone_title": "This link opens nothing",
    "gone_text": "It has ended, or is not complete. Ask your country's focal point or the secretariat for another.",
    "e_reason": "Write why, in at most 2000 characters.",
    "e_outdated": "This page was old. Read the text as it stands now, and answer again.",
}
_PT = {
    "version": "Versão {n} do texto, {register}",
    "binding": "vinculante",
    "non_binding": "não vinculante",
    "specimen": "espécime",
    "text": "O texto",
    "take": "Baixar o PDF",
    "no_text": "O texto poderá ser baixado aqui quando estiver aberto à assinatura. Você o encontrará por este mesmo link.",
    "sides": "Entre quem, e quem assina",
    "own": "você assina por esta parte",
    "covers": "Os intercâmbios que abrange",
    "sign": "Assinar",
    "how": "Nada é assinado nesta página. As assinaturas à mão no texto impresso são entregues à secretaria pelo ponto focal "
    "do seu país; a assinatura digital virá depois.",
    "until": "Este link vale até {on}, ou até que mude o texto ou quem o assina.",
    "signed": "A assinatura à mão da sua parte já está registrada.",
    "declined": "Você se recusou a assinar em {on}.",
    "decline": "Não vou assinar este texto",
    "decline_send": "Recusar a assinatura",
    "reason": "Por quê",
    "reason_hint": "As partes deste acordo e a secretaria vão ler.",
    "gone_title": "Este link não abre nada",
    "gone_text": "Ele terminou, ou não está completo. Peça outro ao ponto focal do seu país ou à secretaria.",
    "e_reason": "Escreva por quê, em até 2000 caracteres.",
    "e_outdated": "Esta página era antiga. Leia o texto como está agora e responda de novo.",
}
_FR = {
    "version": "Version {n} du texte, {register}",
    "binding": "contraignante",
    "non_binding": "non contraignante",
    "specimen": "spécimen",
    "text": "Le texte",
    "take": "Télécharger le PDF",
    "no_text": "Le texte se télécharge ici dès qu'il est ouvert à la signature. Vous le trouverez par ce même lien.",
    "sides": "Entre qui, et qui signe",
    "own": "vous signez pour cette partie",
    "covers": "Les échanges qu'il couvre",
    "sign": "Signer",
    "how": "Rien ne se signe sur cette page. Les signatures à l'encre sur le texte imprimé sont remises au secrétariat par le "
    "point focal de votre pays ; la signature numérique viendra plus tard.",
    "until": "Ce lien sert jusqu'au {on}, ou jusqu'à ce que change le texte ou la personne qui le signe.",
    "signed": "La signature à l'encre de votre partie est déjà enregistrée.",
    "declined": "Vous avez refusé de signer le {on}.",
    "decline": "Je ne signerai pas ce texte",
    "decline_send": "Refuser de signer",
    "reason": "Pourquoi",
    "reason_hint": "Les parties de cet accord et le secrétariat le liront.",
    "gone_title": "Ce lien n'ouvre rien",
    "gone_text": "Il a pris fin, ou il est incomplet. Demandez-en un autre au point focal de votre pays ou au secrétariat.",
    "e_reason": "Écrivez pourquoi, en 2000 caractères au plus.",
    "e_outdated": "Cette page était ancienne. Lisez le texte tel qu'il est maintenant, et répondez de nouveau.",
}
INVITATION_WORDS: Mapping[str, Mapping[str, str]] = {
    "es": _ES,
    "en": _EN,
    "pt": _PT,
    "fr": {key: unbroken(said) for key, said in _FR.items()},
}
