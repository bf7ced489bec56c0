# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A file is what its bytes say. Beside every kind that is kept stands what looks like it and is refused."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from services.errors import Refused
from services.uploads import LARGEST_UPLOAD, LOOKS, inspect
from services.uploads.kinds import EXTENSIONS, MEDIA_TYPES
from tests.services.uploads.files import GOOD, OFFICE, jpeg, office, packed, pdf, png, webp


def _refusal(path: Path, name: str) -> str:
    with pytest.raises(Refused) as refused:
        inspect(path, name)
    return refused.value.code


def _said(tmp_path: Path, name: str, content: bytes) -> str:
    path = tmp_path / "file"
    path.write_bytes(content)
    return _refusal(path, name)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_kept(name: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(GOOD[name])
    found = inspect(path, name.upper())
    assert found.kind == EXTENSIONS[Path(name).suffix]
    assert (found.media_type, found.bytes) == (MEDIA_TYPES[found.kind], len(GOOD[name]))
    assert found.sha256 == hashlib.sha256(GOOD[name]).hexdigest()
    assert found.remarks == ()


@pytest.mark.parametrize("kind", OFFICE)
def test_an_office_file_is_known_by_what_is_in_it(kind: str, tmp_path: Path) -> None:
    assert inspect(office(tmp_path / "file", kind), f"acta.{kind}").kind == kind
    other = next(each for each in OFFICE if each != kind)
    assert _refusal(tmp_path / "file", f"acta.{other}") == "upload.kind_differs"


def test_every_kind_has_a_media_type_and_somebody_who_looks() -> None:
    assert set(MEDIA_TYPES) == set(LOOKS) == set(EXTENSIONS.values())


@pytest.mark.parametrize("name", ["run.exe", "page.html", "picture.svg", "letter.doc", "no-end", "old.docm", "a.zip"])
def test_a_name_of_no_kind_that_is_kept_is_refused(name: str, tmp_path: Path) -> None:
    assert _said(tmp_path, name, pdf()) == "upload.kind_unknown"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("foto.png", jpeg()),
        ("foto.jpg", png()),
        ("acta.pdf", webp()),
        ("acta.txt", pdf()),
        ("lista.csv", png()),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_refused(name: str, content: bytes, tmp_path: Path) -> None:
    assert _said(tmp_path, name, content) == "upload.kind_differs"


@pytest.mark.parametrize("begins", [b"MZ\x90", b"\x7fELF", b"#!/bin/sh\n", b"\x1f\x8b\x08", b"Rar!\x1a"])
def test_a_program_is_no_text(begins: bytes, tmp_path: Path) -> None:
    assert _said(tmp_path, "nota.txt", begins + b"word") == "upload.kind_unknown"


def test_a_file_of_two_kinds_is_refused(tmp_path: Path) -> None:
    archive = office(tmp_path / "archive", "docx").read_bytes()
    assert _said(tmp_path, "foto.jpg", jpeg() + archive) == "upload.two_kinds"
    assert _said(tmp_path, "acta.pdf", pdf() + archive) == "upload.two_kinds"
    assert _said(tmp_path, "nota.txt", b"word " + pdf()) == "upload.two_kinds"
    assert _said(tmp_path, "sello.png", png(behind=b"<script>")) == "upload.two_kinds"


def test_a_file_too_large_or_empty_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with path.open("wb") as file:
        file.truncate(LARGEST_UPLOAD + 1)
    assert _refusal(path, "acta.pdf") == "upload.too_large"
    assert _said(tmp_path, "acta.pdf", b"") == "upload.empty"


@pytest.mark.parametrize("word", ["JavaScript", "J#61vaScript", "Launch", "#4caunch", "RichMedia", "SubmitForm"])
def test_a_pdf_that_acts_is_refused_however_it_spells_it(word: str, tmp_path: Path) -> None:
    acting = b"1 0 obj << /S /%s >> endobj" % word.encode()
    assert _said(tmp_path, "acta.pdf", pdf(acting)) == "upload.active_content"
    assert _said(tmp_path, "acta.pdf", packed(acting)) == "upload.active_content"


def test_a_word_cut_by_the_pieces_it_is_unpacked_in_is_found(tmp_path: Path) -> None:
    for before in range(256 * 1024 - 20, 256 * 1024 + 1, 5):
        assert _said(tmp_path, "acta.pdf", packed(b" " * before + b"/S /JavaScript")) == "upload.active_content"


def test_a_locked_or_broken_pdf_is_refused(tmp_path: Path) -> None:
    assert _said(tmp_path, "acta.pdf", pdf(b"<< /Encrypt 5 0 R >>")) == "upload.encrypted"
    assert _said(tmp_path, "acta.pdf", pdf()[:-7]) == "upload.damaged"
    hidden = pdf(b"<< /Type /ObjStm /Filter /LZWDecode >> stream\r\nunreadable endstream")
    assert _said(tmp_path, "acta.pdf", hidden) == "upload.damaged"


def test_a_pdf_that_carries_files_is_kept_with_a_remark(tmp_path: Path) -> None:
    path = tmp_path / "acta.pdf"
    path.write_bytes(pdf(b"<< /Type /EmbeddedFile >>"))
    assert inspect(path, "acta.pdf").remarks == ("attachments",)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"word/vbaProject.bin": b"x"}, "upload.macros"),
        ({"word/activeX/activeX1.xml": b"<a/>"}, "upload.macros"),
        ({"word/embeddings/inside.xlsx": b"PK"}, "upload.nested"),
        ({"../../outside.xml": b"<a/>"}, "upload.path_unsafe"),
        ({"/etc/outside": b"x"}, "upload.path_unsafe"),
        ({"C:outside": b"x"}, "upload.path_unsafe"),
        ({"word/broken.xml": b"no xml"}, "upload.damaged"),
        ({"word/empty.xml": b""}, "upload.damaged"),
        ({"word/styles.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}, "upload.bomb"),
        (
            {"word/styles.xml": "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE a><a/>".encode("utf-16")},
            "upload.bomb",
        ),
    ],
)
def test_an_office_file_that_hides_something_is_refused(more: dict[str, bytes], code: str, tmp_path: Path) -> None:
    assert _refusal(office(tmp_path / "file", "docx", more), "acta.docx") == code


def test_an_archive_that_is_locked_cut_or_names_a_file_twice_is_refused(tmp_path: Path) -> None:
    whole = office(tmp_path / "file", "docx").read_bytes()
    assert _said(tmp_path, "acta.docx", whole[:-30]) == "upload.damaged"
    assert _said(tmp_path, "acta.docx", whole + b"behind") == "upload.damaged"
    at = whole.rindex(b"PK\x01\x02")
    locked = whole[: at + 8] + b"\x01" + whole[at + 9 :]
    assert _said(tmp_path, "acta.docx", locked) == "upload.encrypted"
    assert _said(tmp_path, "acta.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) == "upload.encrypted"
    with zipfile.ZipFile(tmp_path / "twice", "w") as archive:
        archive.writestr("word/document.xml", b"<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", b"<b/>")
    assert _refusal(tmp_path / "twice", "acta.docx") == "upload.damaged"


def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "file", "w") as archive:
        archive.writestr("readme.md", b"word")
    assert _refusal(tmp_path / "file", "acta.docx") == "upload.kind_unknown"


@pytest.mark.parametrize(
    "content", [b"caf\xe9", b"cut \xc3", b"zero\x00", b"escape \x1b[2J", "utf-16".encode("utf-16")]
)
def test_a_text_that_not_everybody_can_read_is_refused(content: bytes, tmp_path: Path) -> None:
    assert _said(tmp_path, "nota.txt", content) == "upload.not_utf8"


@pytest.mark.parametrize("content", [png()[:20], png()[:-4], png()[:8] + b"\0\0\0\rXHDR" + png()[16:]])
def test_a_picture_that_breaks_off_is_refused(content: bytes, tmp_path: Path) -> None:
    assert _said(tmp_path, "foto.png", content) in ("upload.damaged", "upload.two_kinds")


def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    for name, content in (
        ("a.png", png(10**5, 10**5)),
        ("a.jpg", jpeg(65_000, 65_000)),
        ("a.webp", webp(16_000, 16_000)),
    ):
        assert _said(tmp_path, name, content) == "upload.bomb"
    assert _said(tmp_path, "a.png", png(0, 4)) == "upload.bomb"
    assert _said(tmp_path, "a.jpg", jpeg()[:9]) == "upload.damaged"
    assert _said(tmp_path, "a.webp", webp() + b"behind") == "upload.damaged"
