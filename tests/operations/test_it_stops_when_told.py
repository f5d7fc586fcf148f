"""Told to stop, the server takes nobody new, ends what it has in hand, and leaves."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.browser.site import ROOT, free_port, site_environ, wait_until_ready

pytestmark = pytest.mark.slow
PATIENCE = 60
BODY = b"name=ana&password=" + b"x" * 20
HEAD = (
    "POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    f"Content-Length: {len(BODY)}\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n"
)


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def server(port: int, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """`flask serve` in a process group of its own, as a terminal starts it."""
    environ = site_environ(tmp_path / "instance", port)
    command = [sys.executable, "-m", "flask", "--app", "app", "serve"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            wait_until_ready(environ["TRAINING_BASE_URL"])
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def is_taking_people(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
    except ConnectionRefusedError:
        return False
    return True


def test_a_form_that_is_on_its_way_is_answered(server: subprocess.Popen[bytes], port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as slow:
        slow.sendall(HEAD.format(port=port).encode())
        assert slow.recv(1000).startswith(b"HTTP/1.1 100"), "the site has begun to read the form"
        slow.sendall(BODY[:-1])
        server.send_signal(signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while is_taking_people(port) and time.monotonic() < end:
            time.sleep(0.02)
        assert not is_taking_people(port)

        slow.sendall(BODY[-1:])
        with slow.makefile("rb") as answer:
            said = answer.read()

    assert said.startswith(b"HTTP/1.1 400")  # a form without its token
    assert b"</html>" in said
    assert server.wait(PATIENCE) == 0


def test_ctrl_c_is_heard_by_the_server_alone(server: subprocess.Popen[bytes]) -> None:
    """A worker that hears it too may hang when the server tells it as well."""
    bit = 1 << (signal.SIGINT - 1)
    children = psutil.Process(server.pid).children()

    assert len(children) > 1, "workers, and what keeps the jobs going"
    for child in children:
        status = dict(
            line.split(":\t", 1) for line in Path(f"/proc/{child.pid}/status").read_text().splitlines()
        )
        deaf = int(status["SigBlk"], 16) | int(status["SigIgn"], 16)
        assert deaf & bit, child.cmdline()
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(PATIENCE) == 0
