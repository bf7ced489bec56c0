# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Canonical bytes: the one spelling of a value that gets hashed: RFC 8785, in composed Unicode.

Accepted: None, True, False, integers below 2^53 either side of zero, text, lists and tuples,
mappings with plain ASCII keys. Refused: everything else, above all floats, whose spelling differs
between languages. Amounts travel as text.
"""

import json
from collections.abc import Mapping
from json.encoder import encode_basestring
from typing import Any, NoReturn
from unicodedata import normalize

LARGEST = 2**53 - 1

# The C encoder of the standard library writes RFC 8785's own bytes for the values accepted here:
# with ASCII keys its order of code points is the order of UTF-16, and it escapes exactly what the
# standard escapes. tests/ledger/test_canonical.py proves it against the `rfc8785` package, which is
# pure Python and some ten times slower.
_encode = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode


class NotCanonical(ValueError):
    """A value that has no one canonical spelling."""

    code = "ledger.not_canonical"

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where or 'value'}: {why}")
        self.where = where
        self.why = why


def canonical_text(value: Any) -> str:
    """The canonical JSON of a value. Raises NotCanonical."""
    return _encode(accepted(value))


def accepted(value: Any) -> Any:
    """The value in plain types with composed text, as it will be read back. Raises NotCanonical."""
    return _accepted(value, "")


def spelled(accepted_value: Any) -> str:
    """The canonical JSON of what `accepted` returned."""
    return _encode(accepted_value)


def canonical_bytes(value: Any) -> bytes:
    """The canonical JSON of a value as UTF-8, ready to hash. Raises NotCanonical."""
    return utf8(canonical_text(value))


def utf8(text: str) -> bytes:
    """The bytes of text.

    Raises NotCanonical for half a surrogate pair, which no encoding can carry.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("", f"text with a lone surrogate at {error.start}") from error


def quoted(text: str) -> str:
    """One text as a canonical JSON string."""
    return encode_basestring(text if text.isascii() else normalize("NFC", text))


def _accepted(value: Any, where: str) -> Any:
    """The value in plain types; the commonest first, for this runs in every move."""
    kind = type(value)
    if kind is str:
        return value if value.isascii() else normalize("NFC", value)
    if kind is dict:
        return {_key(key, where): _accepted(item, key) for key, item in value.items()}
    if kind is int:
        return value if -LARGEST <= value <= LARGEST else _refuse(where, "an integer of 2^53 or more")
    if value is None or kind is bool:
        return value
    if kind is list or kind is tuple:
        return [_accepted(item, where) for item in value]
    return _accepted_kin(value, where)


def _accepted_kin(value: Any, where: str) -> Any:
    """Enumerations of text, and mappings other than dict."""
    if isinstance(value, str):
        return _accepted(str.__str__(value), where)
    if isinstance(value, Mapping):
        return _accepted(dict(value), where)
    return _refuse(where, f"{type(value).__name__} has no canonical form")


def _key(key: Any, where: str) -> str:
    if not isinstance(key, str):
        _refuse(where, f"the key {key!r} is not text")
    if not key.isascii():
        _refuse(where, f"the key {key!r} is not ASCII")
    return str.__str__(key)


def _refuse(where: str, why: str) -> NoReturn:
    raise NotCanonical(where, why)
