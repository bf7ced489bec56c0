# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""Pictures: how large they say they are, read from their headers. None is decoded here."""

import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from services.errors import refused

MOST_PIXELS = 100_000_000
LONGEST_SIDE = 30_000
MOST_SEGMENTS = 20_000
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})

Size = tuple[int, int]


def look(path: Path, kind: str) -> tuple[str, ...]:
    """Refuses a picture of more pixels than any camera takes, or that breaks off."""
    with path.open("rb") as file:
        try:
            width, height = SIZES[kind](file)
        except (struct.error, IndexError) as error:
            raise _damaged() from error
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        raise refused("upload.bomb", f"a picture of at most {MOST_PIXELS} pixels", width=width, height=height)
    return ()


def _damaged() -> Exception:
    return refused("upload.damaged", "a picture that is whole")


def _png(file: BinaryIO) -> Size:
    """Chunk by chunk to the end: nothing may stand behind it."""
    file.seek(8)
    size: Size | None = None
    for _ in range(MOST_SEGMENTS):
        length, name = struct.unpack(">I4s", file.read(8))
        if size is None:
            if name != b"IHDR" or length != 13:
                raise _damaged()
            size = struct.unpack(">II", file.read(8))
            length -= 8
        file.seek(length + 4, 1)
        if name == b"IEND":
            at = file.tell()
            if file.seek(0, 2) != at:
                raise refused("upload.two_kinds", "a file that is one thing, with nothing behind its end")
            return size
    raise _damaged()


def _jpeg(file: BinaryIO) -> Size:
    """The frame is the segment that says the size; the picture itself comes after it."""
    file.seek(2)
    for _ in range(MOST_SEGMENTS):
        begins, mark = struct.unpack(">BB", file.read(2))
        while mark == 0xFF:
            (mark,) = file.read(1)
        if begins != 0xFF or mark == 0xD9:
            raise _damaged()
        if mark in _ALONE:
            continue
        (length,) = struct.unpack(">H", file.read(2))
        if mark in _FRAMES:
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height
        file.seek(max(length - 2, 0), 1)
    raise _damaged()


def _webp(file: BinaryIO) -> Size:
    head = file.read(30)
    (length,) = struct.unpack_from("<I", head, 4)
    if file.seek(0, 2) not in (length + 8, length + 9):
        raise _damaged()
    match head[12:16]:
        case b"VP8X":
            return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
        case b"VP8L":
            (packed,) = struct.unpack_from("<I", head, 21)
            return 1 + (packed & 0x3FFF), 1 + (packed >> 14 & 0x3FFF)
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case _:
            raise _damaged()


SIZES: Mapping[str, Callable[[BinaryIO], Size]] = MappingProxyType({"png": _png, "jpeg": _jpeg, "webp": _webp})
