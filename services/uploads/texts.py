# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Texts: UTF-8 to the last byte, and no sign in them that no text has."""

import re
from codecs import getincrementaldecoder
from pathlib import Path

from services.errors import refused

CHUNK = 256 * 1024
UNWRITTEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
"""Control signs; tab, line feed, form feed and carriage return are writing."""


def look(path: Path, _: str) -> tuple[str, ...]:
    """Refuses what is no text that everybody can read."""
    decoder = getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK):
                _is_written(decoder.decode(chunk))
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            raise refused("upload.not_utf8", "a text in UTF-8") from error
    return ()


def _is_written(text: str) -> None:
    if UNWRITTEN.search(text):
        raise refused("upload.not_utf8", "a text without control signs")
