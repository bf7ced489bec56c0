# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""P-24: no file that swells, nests or lies costs the machine more than 100 MB of memory or two seconds."""

import json
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.problems import STATUS, family
from minga.settings import read
from people.actors import OPERATOR, Role
from services.tokens import create_token
from services.uploads import LARGEST_UPLOAD, inspect
from storage.store import Store
from tests.house import furnish
from tests.services.uploads.files import OFFICE, office, packed, pdf, png

MOST_MEMORY = 100 * 1024 * 1024
LONGEST_SECONDS = 2.0

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a "ha">%s]><lol>&z9;</lol>""" % b"".join(
    b'<!ENTITY z%d "%s">' % (n, (b"&z%d;" % (n - 1) if n else b"&a;") * 10) for n in range(10)
)
QUADRATIC = b'<!DOCTYPE q [<!ENTITY a "' + b"x" * 100_000 + b'">]><q>' + b"&a;" * 100_000 + b"</q>"


def _zeros(path: Path, size: int) -> Path:
    """An office file with one entry of so many zeros, written without holding them."""
    archive = zipfile.ZipFile(office(path, "docx"), "a", zipfile.ZIP_DEFLATED, compresslevel=1)
    with archive, archive.open("word/media/zeros.bin", "w") as entry:
        for _ in range(size // 2**20):
            entry.write(bytes(2**20))
    return path


def _liar(path: Path) -> Path:
    """An entry of 50 MiB that says it is one of ten bytes, in both places where it says so."""
    whole = _zeros(path, 50 * 2**20).read_bytes()
    said = struct.pack("<L", 50 * 2**20)
    assert whole.count(said) >= 1
    path.write_bytes(whole.replace(said, struct.pack("<L", 10)).replace(b"zeros.bin", b"zeros.xml"))
    return path


def _crowd(path: Path) -> Path:
    """As many empty entries as an upload has room for."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number}", b"")
    return path


def _silent_crowd(path: Path) -> Path:
    """The same, whose directory says it holds three."""
    whole = bytearray(_crowd(path).read_bytes())
    at = whole.rindex(b"PK\x05\x06")
    whole[at + 8 : at + 12] = struct.pack("<HH", 3, 3)
    path.write_bytes(whole)
    return path


def _objects(path: Path) -> Path:
    """A PDF whose hidden objects unpack to a gigabyte."""
    packer = zlib.compressobj(1)
    stream = b"".join(packer.compress(bytes(2**20)) for _ in range(1024)) + packer.flush()
    path.write_bytes(pdf(b"2 0 obj << /Type /ObjStm >> stream\r\n" + stream + b"\nendstream endobj"))
    return path


def _many_objects(path: Path) -> Path:
    """A PDF that names the same hidden objects thousands of times."""
    stream = packed(b" " * 10**7)
    path.write_bytes(stream[:9] + b"/ObjStm " * 1_000_000 + stream[9:])
    return path


def _with(more: Mapping[str, bytes]) -> Callable[[Path], Path]:
    return lambda path: office(path, "docx", more)


def _of(content: bytes) -> Callable[[Path], Path]:
    def written(path: Path) -> Path:
        path.write_bytes(content)
        return path

    return written


def _inside(path: Path) -> Path:
    """An archive in an archive in an archive."""
    content = b"\0" * 10**6
    for _ in range(3):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("inside.zip", content)
        content = path.read_bytes()
    return office(path, "docx", {"inside.zip": content})


BOMBS: Mapping[str, tuple[str, Callable[[Path], Path], str]] = {
    "a zip that unpacks to half a gigabyte": ("a.docx", lambda path: _zeros(path, 512 * 2**20), "upload.bomb"),
    "an entry that lies about its size": ("a.docx", _liar, "upload.damaged"),
    "archives in archives": ("a.docx", _inside, "upload.nested"),
    "sixty thousand entries": ("a.xlsx", _crowd, "upload.bomb"),
    "sixty thousand entries, told as three": ("a.xlsx", _silent_crowd, "upload.bomb"),
    "a billion laughs": ("a.docx", _with({"word/laughs.xml": LAUGHS}), "upload.bomb"),
    "a quadratic blow-up": ("a.docx", _with({"word/quadratic.xml": QUADRATIC}), "upload.bomb"),
    "an endless prolog": ("a.docx", _with({"word/long.xml": b"<!--" + b"- " * 400_000 + b"--><a/>"}), ""),
    "a picture of ten gigapixels": ("a.png", _of(png(100_000, 100_000)), "upload.bomb"),
    "a picture that is an archive": (
        "a.png",
        lambda p: _of(png() + office(p, "docx").read_bytes())(p),
        "upload.two_kinds",
    ),
    "a PDF that unpacks to a gigabyte": ("a.pdf", _objects, "upload.bomb"),
    "a PDF that names its objects a million times": ("a.pdf", _many_objects, "upload.bomb"),
    "25 MiB of slashes": ("a.pdf", _of(b"%PDF-1.7\n" + b"/#4a" * (6 * 2**20) + b"\n%%EOF\n"), ""),
    "25 MiB of text": ("a.txt", _of("ñ".encode() * (12 * 2**20)), ""),
}

MEASURED = """
import json, resource, sys, time
from pathlib import Path
from services.errors import Refused
from services.uploads import inspect
def highest():
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
def forget():
    if Path("/proc/self/clear_refs").exists():
        Path("/proc/self/clear_refs").write_text("5")
inspect(Path(sys.argv[1]), "ok.docx")
for line in sys.stdin:
    path, name = json.loads(line)
    forget()
    before, began = highest(), time.process_time()
    try:
        bytearray(int(name)) if name.isdigit() else inspect(Path(path), name)
        code = ""
    except Refused as refused:
        code = refused.code
    print(json.dumps([code, highest() - before, time.process_time() - began]), flush=True)
"""
"""In a process of its own, so that its memory is that of the inspection alone; warmed up with a good file.

The highest memory is the kernel's own figure, which forgets before each bomb how high the last
one had gone (Linux); seconds are those of the processor, whoever else it works for. A name that
is a number stands for an inspection that would take so many bytes.
"""
WOULD_BE_SEEN = 2 * MOST_MEMORY


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, int, float]]:
    """What each bomb came to: the code, the memory it cost, the seconds it took."""
    folder = tmp_path_factory.mktemp("bombs")
    files = [(BOMBS[what][1](folder / str(number)), BOMBS[what][0]) for number, what in enumerate(BOMBS)]
    files += [(folder, str(WOULD_BE_SEEN))] * 2
    asked = "".join(json.dumps([str(path), name]) + "\n" for path, name in files)
    command = (sys.executable, "-c", MEASURED, str(office(folder / "good", "docx")))
    ended = subprocess.run(command, input=asked, capture_output=True, text=True, timeout=100, check=True)
    return dict(
        zip(
            (*BOMBS, "seen", "seen again"), (tuple(json.loads(line)) for line in ended.stdout.splitlines()), strict=True
        )
    )


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_for_little(bomb: str, measured: dict[str, tuple[str, int, float]]) -> None:
    code, grown, seconds = measured[bomb]
    assert code == BOMBS[bomb][2]
    assert grown < MOST_MEMORY
    assert seconds <= LONGEST_SECONDS


def test_an_inspection_that_takes_memory_would_be_seen(measured: dict[str, tuple[str, int, float]]) -> None:
    assert [measured[again][1] > MOST_MEMORY for again in ("seen", "seen again")] == [True, True]


def test_every_refusal_of_an_upload_is_413_415_or_422() -> None:
    assert {status for code, status in STATUS.items() if family(code) == "upload"} == {413, 415, 422}


def test_the_door_refuses_bombs_as_the_inspection_does(store: Store, tmp_path: Path) -> None:
    house = furnish(store, tmp_path)
    key = create_token(house.desk, OPERATOR, "bruno", role=Role.FOCAL_POINT, party="BR", scopes=("write",)).secret
    headers = {"Authorization": f"Bearer {key}", "If-Match": "*"}
    address = f"/api/v1/exchanges/{house.offered()}/evidence"
    app = create_app(house.desk, read({"MINGA_DATABASE_URL": store.url}, data=tmp_path))
    good = office(tmp_path / "good", "docx").read_bytes()
    brought = {
        ("acta.docx", good): (201, None),
        ("acta.docx", _inside(tmp_path / "nested").read_bytes()): (422, "upload.nested"),
        ("acta.docx", office(tmp_path / "laughs", "docx", {"word/l.xml": LAUGHS}).read_bytes()): (422, "upload.bomb"),
        ("acta.png", good): (415, "upload.kind_differs"),
        ("acta.exe", good): (415, "upload.kind_unknown"),
        ("acta.txt", b" " * (LARGEST_UPLOAD + 1)): (413, "upload.too_large"),
        ("acta.txt", b" " * (LARGEST_UPLOAD + 2**20)): (413, "body.too_large"),
    }
    said = {"shows": "document", "people": "nobody"}
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        for (name, content), expected in brought.items():
            answer = client.post(address, headers=headers, files={"file": (name, content)}, data=said)
            assert (answer.status_code, answer.json().get("code")) == expected


def test_what_is_good_is_no_bomb(tmp_path: Path) -> None:
    assert [inspect(office(tmp_path / kind, kind), f"acta.{kind}").kind for kind in OFFICE] == list(OFFICE)
