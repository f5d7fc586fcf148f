"""The real server in processes of its own, to be killed; and somebody who plays on it over HTTP."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests.databases import SECRET

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The site served in a process of its own; `kill` is SIGKILL, in the middle of whatever it does."""

    def __init__(self, database_url: str, instance: Path) -> None:
        self.port = free_port()
        environ = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
        environ |= {
            "TRAINING_DATABASE_URL": database_url,
            "TRAINING_INSTANCE": str(instance),
            "TRAINING_SECRET_KEY": SECRET,
            "TRAINING_BASE_URL": f"http://127.0.0.1:{self.port}",
        }
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.attempts.nursery"],
            cwd=ROOT,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._line() == "ready"
        self.pid = 0

    def _line(self) -> str:
        assert self.nursery.stdout is not None
        return self.nursery.stdout.readline().strip()

    def start(self) -> None:
        """A fresh process; it listens when this returns."""
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(f"{self.port}\n")
        self.nursery.stdin.flush()
        self.pid = int(self._line())

    def kill(self) -> None:
        """Gone when this returns; safe to call twice."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            assert self._line() == "gone"
        self.pid = 0

    def close(self) -> None:
        self.kill()
        self.nursery.communicate(timeout=PATIENCE)


class Caller:
    """A browser without a page: it keeps its cookies and reads the token from the forms."""

    def __init__(self, server: Server, session_secret: str) -> None:
        self.server = server
        self.cookies = {"session": session_secret}
        self.token = ""

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)

    def headers(self) -> dict[str, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}

    def get(self, path: str) -> str:
        """A page; the token of its forms is kept."""
        with closing(self.connect()) as connection:
            connection.request("GET", path, headers=self.headers())
            response = connection.getresponse()
            body = response.read().decode()
        assert response.status == 200, (path, response.status)
        for set_cookie in response.headers.get_all("Set-Cookie") or []:
            name, _equals, value = set_cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        if found := re.search(r'name="csrf_token" value="([^"]+)"', body):
            self.token = found[1]
        return body

    def send(self, path: str, **fields: object) -> http.client.HTTPConnection:
        """Post a form and do not wait for the answer."""
        connection = self.connect()
        body = urlencode({"csrf_token": self.token, **fields})
        connection.request("POST", path, body=body, headers=self.headers())
        return connection

    def post(self, path: str, **fields: object) -> tuple[int, str]:
        """Post a form; the status and where it leads."""
        with closing(self.send(path, **fields)) as connection:
            response = connection.getresponse()
            return response.status, response.headers.get("Location") or ""
