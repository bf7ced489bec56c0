# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""A writer to be killed: moves several exchanges to and fro under fresh keys.

It says on its pipe what it asks and what was answered, the answer only after the commit it speaks of.
"""

import json
import os
import sys
import threading
from pathlib import Path

from benchmarks.ground import PAULA, Settings, desk_on
from services import exchanges
from services.asking import Asking
from services.desk import Desk
from services.errors import Refused

_lock = threading.Lock()


def _tell(word: str, name: str, key: str) -> None:
    with _lock:
        os.write(1, f"{word} {name} {key}\n".encode())


def _ask(desk: Desk, name: str, key: str) -> None:
    _tell("asks", name, key)
    # Which of the two moves is possible is part of the key, so that asking again asks for the same.
    move = "begin_reflection" if key.endswith("-there") else "return_to_execution"
    try:
        exchanges.make_move(desk, Asking(PAULA.actor, key), name, move, {"reason": key})
    except Refused:  # it stands on the other side: the life before ended there
        _tell("refused", name, key)
    else:
        _tell("done", name, key)


def _write(desk: Desk, name: str, pending: str, life: int) -> None:
    if pending:
        _ask(desk, name, pending)
    number = 0
    while True:
        number += 1
        for way in ("there", "back"):
            _ask(desk, name, f"key-{life}-{name[-6:]}-{number}-{way}")


def main() -> None:
    data, url, names, pending, life = json.loads(sys.argv[1])
    with desk_on(Settings(Path(data), url)) as desk:
        threads = [
            threading.Thread(target=_write, args=(desk, name, pending[name], life), daemon=True) for name in names
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main()
