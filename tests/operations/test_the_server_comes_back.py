"""A server whose workers are killed again and again goes on; one that is told to stop stops."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.browser.site import ROOT, free_port, site_environ, wait_until_ready

KILLS = 3


@pytest.mark.slow
def test_killed_workers_are_replaced_until_the_server_is_told_to_stop(tmp_path: Path) -> None:
    environ = site_environ(tmp_path / "instance", free_port())
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as server:
        try:
            url = environ["TRAINING_BASE_URL"]
            wait_until_ready(url)
            for _ in range(KILLS):
                for worker in psutil.Process(server.pid).children():
                    worker.send_signal(signal.SIGKILL)
                time.sleep(0.5)
                wait_until_ready(url)
        finally:
            os.kill(server.pid, signal.SIGTERM)

    assert server.returncode == 0
