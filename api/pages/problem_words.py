# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What a page says when it cannot do what was asked, in four languages: by status, with what one may do next."""

from collections.abc import Mapping

from api.pages.words import unbroken

Told = tuple[str, str]
"""A heading, and the sentence below it."""

_ES: Mapping[int, Told] = {
    401: ("Entre primero", "Esta página es para quien ha entrado."),
    403: ("Esto le toca a otra persona", "Su función actual no lo permite. En «Mi cuenta» ve como quién actúa."),
    404: ("Aquí no hay nada", "La página no existe, o no es una que usted pueda ver. Revise la dirección."),
    409: ("Algo cambió mientras tanto", "Vuelva a mirar la página y pruebe otra vez."),
    422: ("No se pudo leer lo que pidió", "Vuelva atrás, revise lo escrito y pruebe otra vez."),
    429: ("Demasiadas peticiones a la vez", "Espere un momento y pruebe otra vez."),
    500: ("Fue un error nuestro", "Queda anotado. Pruebe otra vez; si sigue, dé a la secretaría el número de abajo."),
    503: ("Ahora no es posible", "Nada se perdió. Pruebe otra vez en unos segundos."),
}
_EN: Mapping[int, Told] = {
    401: ("Sign in first", "This page is for people who have signed in."),
    403: (
        "This is for somebody else to do",
        "Your present role does not allow it. “My account” shows as whom you act.",
    ),
    404: ("There is nothing here", "The page does not exist, or is none that you may see. Check the address."),
    409: ("Something changed meanwhile", "Look at the page anew and try again."),
    422: ("What you asked for could not be read", "Go back, check what you wrote and try again."),
    429: ("Too many requests at once", "Wait a moment and try again."),
    500: ("A mistake of ours", "It has been noted. Try again; if it stays, give the secretariat the number below."),
    503: ("Not possible right now", "Nothing was lost. Try again in a few seconds."),
}
_PT: Mapping[int, Told] = {
    401: ("Entre primeiro", "Esta página é para quem entrou."),
    403: ("Isto cabe a outra pessoa", "Sua função atual não o permite. Em «Minha conta» você vê como quem atua."),
    404: ("Aqui não há nada", "A página não existe, ou não é uma que você possa ver. Confira o endereço."),
    409: ("Algo mudou nesse meio-tempo", "Olhe a página de novo e tente outra vez."),
    422: ("Não foi possível ler o pedido", "Volte, confira o que escreveu e tente outra vez."),
    429: ("Pedidos demais de uma vez", "Espere um momento e tente outra vez."),
    500: ("Foi um erro nosso", "Ficou anotado. Tente outra vez; se continuar, dê à secretaria o número abaixo."),
    503: ("Agora não é possível", "Nada se perdeu. Tente outra vez em alguns segundos."),
}
_FR: Mapping[int, Told] = {
    401: ("Connectez-vous d'abord", "Cette page est pour qui est connecté."),
    403: (
        "C'est à quelqu'un d'autre",
        "Votre rôle actuel ne le permet pas. « Mon compte » montre au nom de qui vous agissez.",
    ),
    404: ("Il n'y a rien ici", "La page n'existe pas, ou vous ne pouvez pas la voir. Vérifiez l'adresse."),
    409: ("Quelque chose a changé entre-temps", "Regardez la page à nouveau et essayez encore."),
    422: ("La demande n'a pas pu être lue", "Revenez, vérifiez ce que vous avez écrit et essayez encore."),
    429: ("Trop de demandes à la fois", "Attendez un instant et essayez encore."),
    500: (
        "C'était une erreur de notre part",
        "Elle est notée. Essayez encore ; sinon, donnez au secrétariat le numéro ci-dessous.",
    ),
    503: ("Impossible pour l'instant", "Rien n'est perdu. Essayez encore dans quelques secondes."),
}
PROBLEMS: Mapping[str, Mapping[int, Told]] = {
    "es": _ES,
    "en": _EN,
    "pt": _PT,
    "fr": {status: (unbroken(head), unbroken(text)) for status, (head, text) in _FR.items()},
}

FORM_FOREIGN: Mapping[str, Told] = {
    "es": (
        "Esta página era antigua",
        "El formulario no venía de su sesión de ahora. Nada cambió: abra la página de nuevo y pruebe otra vez.",
    ),
    "en": (
        "This page was an old one",
        "Its form was not of your present session. Nothing was changed: open the page anew and try again.",
    ),
    "pt": (
        "Esta página era antiga",
        "O formulário não era da sua sessão atual. Nada mudou: abra a página de novo e tente outra vez.",
    ),
    "fr": (
        "Cette page était ancienne",
        unbroken(
            "Le formulaire ne venait pas de votre connexion actuelle. Rien n'a changé : rouvrez la page et essayez encore."
        ),
    ),
}
"""What is told of a form of another session or site: it says nothing about anybody's role."""

SMALL: Mapping[str, Mapping[str, str]] = {
    "es": {
        "back": "Ir al tablero",
        "code": "Código:",
        "number": "Número de la petición:",
        "never": "El código {code} nunca cambia de significado. Viene con el estado {status} y con todas las razones que haya.",
        "in_english": "En inglés, para programas:",
    },
    "en": {
        "back": "Go to the board",
        "code": "Code:",
        "number": "Number of the request:",
        "never": "The code {code} never changes its meaning. It comes with the status {status} and all the reasons there are.",
        "in_english": "In English, for programs:",
    },
    "pt": {
        "back": "Ir ao painel",
        "code": "Código:",
        "number": "Número do pedido:",
        "never": "O código {code} nunca muda de significado. Vem com o estado {status} e com todas as razões que houver.",
        "in_english": "Em inglês, para programas:",
    },
    "fr": {
        "back": "Aller au tableau",
        "code": unbroken("Code :"),
        "number": unbroken("Numéro de la demande :"),
        "never": "Le code {code} ne change jamais de sens. Il vient avec l'état {status} et avec toutes les raisons qu'il y a.",
        "in_english": unbroken("En anglais, pour les programmes :"),
    },
}
_ALIKE = {410: 404, 412: 409, 428: 409, 421: 404, 405: 404, 408: 503}


_OF_A_FORM = ("session.form_foreign", "csrf.foreign")


def told(code: str, status: int, lang: str) -> Told:
    """The heading and the sentence for a problem: what its status says, unless its code knows better."""
    if code in _OF_A_FORM:
        return FORM_FOREIGN[lang]
    known = PROBLEMS[lang]
    usual = 500 if status >= 500 else 422
    return known.get(_ALIKE.get(status, status), known[usual])
