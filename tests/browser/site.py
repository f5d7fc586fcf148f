"""A real server in a folder of its own, for browser tests, pictures and kills."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.databases import empty_postgres, postgres_server

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str:
    """The Chromium of this machine; a test without one fails, so that nothing is skipped in silence."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise RuntimeError("Chromium is not installed: run `make test`, or install the package “chromium”.")


@dataclass(frozen=True)
class Site:
    """A running site with the demo people in it."""

    url: str
    instance: Path
    environ: dict[str, str]
    log: Path

    def flask(self, *arguments: str) -> str:
        """Run a command of the site and return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *arguments],
            cwd=ROOT,
            env=self.environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def link_for(self, role: str) -> str:
        """A fresh one-time sign-in link of the demo person in that role, as `make run` prints it."""
        for line in self.flask("demo", "links").splitlines():
            if role in line.lower() and "http" in line:
                return next(word for word in line.split() if word.startswith("http"))
        raise LookupError(f"no link for the {role}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def site_environ(folder: Path, port: int) -> dict[str, str]:
    """The environment of a test site: nothing of whoever runs the tests."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
    return {
        **plain,
        "TRAINING_INSTANCE": str(folder),
        "TRAINING_BASE_URL": f"http://127.0.0.1:{port}",
        "TRAINING_DEVELOPMENT": "yes",
        "TRAINING_CHEAP_HASHES": "yes",
        "TRAINING_WORKERS": "1",
    }


def wait_until_ready(url: str, seconds: float = 240) -> None:
    """Until `/readyz` says so; the site's own start is part of what is tested."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2) as reply:  # noqa: S310  # our own server
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"{url} was not ready after {seconds} s")


@contextmanager
def running_site(folder: Path, *options: str) -> Iterator[Site]:
    """`flask serve` with its data in `folder`; on PostgreSQL where TEST_DATABASE_URL names a server."""
    server = postgres_server()
    if server is None:
        with serving(folder, site_environ(folder / "instance", free_port()), options) as site:
            yield site
        return
    with empty_postgres(server) as url:
        environ = {**site_environ(folder / "instance", free_port()), "TRAINING_DATABASE_URL": url}
        with serving(folder, environ, options) as site:
            yield site


@contextmanager
def serving(folder: Path, environ: dict[str, str], options: tuple[str, ...]) -> Iterator[Site]:
    """The server's process, from its start until it is told to stop. What it prints is in `server.log`."""
    url = environ["TRAINING_BASE_URL"]
    command = [sys.executable, "-m", "flask", "--app", "app", "serve", *options]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until_ready(url)
            yield Site(url, folder / "instance", environ, folder / "server.log")
        finally:
            server.terminate()
            server.wait(20)
