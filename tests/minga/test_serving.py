# SPDX-FileCopyrightText: 2026 The Minga contributors
# SPDX-License-Identifier: Apache-2.0

"""`minga flows` as a process: it waits for the Prefect server, and Ctrl-C ends it."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.prefect
def test_ctrl_c_ends_the_flows_without_a_traceback(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        mute.settimeout(60)
        server = f"http://127.0.0.1:{mute.getsockname()[1]}/api"
        environment = {**os.environ, "PREFECT_HOME": str(tmp_path), "PREFECT_API_URL": server}
        command = (sys.executable, "-m", "minga.serving")
        with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as flows:
            asked, _ = mute.accept()
            flows.send_signal(signal.SIGINT)
            asked.close()
            _, told = flows.communicate(timeout=60)
    assert flows.returncode == 0
    assert "Traceback" not in told
