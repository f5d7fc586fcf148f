"""A server goes on whatever is killed beneath it; one that is told to stop stops."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.browser.site import ROOT, free_port, site_environ, wait_until_ready

KILLS = 3
PATIENCE = 60


def keeper_of(server: psutil.Process) -> psutil.Process | None:
    """The child that has the process of the jobs as its own."""
    for child in server.children():
        with suppress(psutil.NoSuchProcess):
            if child.children():
                return child
    return None


@pytest.mark.slow
def test_killed_workers_and_jobs_are_replaced_until_the_server_is_told_to_stop(tmp_path: Path) -> None:
    environ = site_environ(tmp_path / "instance", free_port())
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL) as server:
        family = psutil.Process(server.pid)
        try:
            url = environ["TRAINING_BASE_URL"]
            wait_until_ready(url)
            for _ in range(KILLS):
                for child in family.children():
                    if child != keeper_of(family):
                        child.kill()
                time.sleep(0.5)
                wait_until_ready(url)
            first = keeper_of(family)
            assert first is not None
            first.kill()
            end = time.monotonic() + PATIENCE
            while keeper_of(family) in (first, None) and time.monotonic() < end:
                time.sleep(0.05)
            assert keeper_of(family) is not None
        finally:
            os.kill(server.pid, signal.SIGTERM)

    assert server.returncode == 0
