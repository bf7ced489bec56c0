# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""What the kernel knows of connections: the remote addresses of every socket that some process groups hold."""

import ipaddress
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def watching(groups: Callable[[], tuple[int, ...]], seen: set[str]) -> Iterator[None]:
    """Adds to `seen`, four times a second, the remote addresses of every socket of these process groups."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            seen.update(_remote_addresses(_sockets_of(groups())))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _sockets_of(groups: tuple[int, ...]) -> set[str]:
    """The inodes of the sockets that the processes of these groups hold."""
    found: set[str] = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) in groups:
                links = [str(file.readlink()) for file in (process / "fd").iterdir()]
                found.update(link[8:-1] for link in links if link.startswith("socket:["))
        except OSError:
            continue
    return found


def _remote_addresses(inodes: set[str]) -> set[str]:
    rows: list[list[str]] = []
    for table in ("tcp", "tcp6", "udp", "udp6"):
        lines = Path(f"/proc/net/{table}").read_text().splitlines()[1:]
        rows += [line.split() for line in lines]
    return {_address(row[2].partition(":")[0]) for row in rows if row[9] in inodes}


def _address(hexadecimal: str) -> str:
    """An address as the kernel writes it: words of four bytes, each the wrong way round."""
    raw = bytes.fromhex(hexadecimal)
    words = [raw[start : start + 4][::-1] for start in range(0, len(raw), 4)]
    address = ipaddress.ip_address(b"".join(words))
    mapped = getattr(address, "ipv4_mapped", None)
    return str(mapped or address)
