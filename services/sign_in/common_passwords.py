# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""The commonest passwords, refused by a small rule: common words dressed up, rows of keys, the same again and again.

The rule asks for no capitals, figures or signs: such demands make passwords that people forget and machines guess.
"""

from collections.abc import Iterable
from re import split

_WORDS = """
password passwort contrasena contraseña clave senha motdepasse secret secreto segredo letmein welcome bienvenido
bienvenue bemvindo administrator administrador administrateur admin login qwerty azerty iloveyou teamo amor
minga cooperacion cooperacao cooperation ministerio ministère trabajo trabalho travail football futbol futebol
superman princesa princess dragon monkey sunshine master changeme cambiame usuario user test prueba teste hola
brasil peru colombia mexico argentina chile bolivia ecuador paraguay uruguay guatemala honduras haiti jamaica
"""
WORDS = frozenset(_WORDS.split())
ROWS = (
    "01234567890123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertyuiopasdfghjklñzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
)
_LEET = str.maketrans("0134578@$!", "oieastbasi")
FEWEST_DIFFERENT = 5
FREE_LETTERS = 6
"""So many different letters must be left once the common words and the person's own are taken out."""


def is_common(password: str, own: Iterable[str] = ()) -> bool:
    """Whether a guesser would come to this one soon. `own`: the person's name and address."""
    said = password.casefold()
    return len(set(said)) < FEWEST_DIFFERENT or _repeats(said) or _is_row(said) or _is_dressed_up(said, own)


def _repeats(said: str) -> bool:
    """`abcabcabcabc`: a short piece again and again."""
    return any((said[:length] * len(said))[: len(said)] == said for length in range(1, len(said) // 3 + 1))


def _is_row(said: str) -> bool:
    """A row of keys, forwards or backwards, perhaps with figures and signs around it."""
    core = said.strip("0123456789!?.,-_*# ")
    pieces = (said[:9], said[-9:], *((core,) if len(core) > 4 else ()))
    return any(piece in row for row in (*ROWS, *(row[::-1] for row in ROWS)) for piece in pieces)


def _is_dressed_up(said: str, own: Iterable[str]) -> bool:
    """A common word, or the person's own, with little else: figures and signs are only dress."""
    words = sorted(WORDS | _words_of(own), key=len, reverse=True)
    return any(_without(form, words) not in (form, None) for form in (said, said.translate(_LEET)))


def _without(said: str, words: Iterable[str]) -> str | None:
    """What is left without the words; None where enough different letters are left to be a password of its own."""
    left = said
    for word in words:
        left = left.replace(word, "")
    return None if len(set(filter(str.isalpha, left))) >= FREE_LETTERS else left


def _words_of(own: Iterable[str]) -> set[str]:
    return {word for text in own for word in split(r"[^\w]+", text.casefold()) if len(word) > 2}
