"""A host as systemd keeps it: one site and one process for the jobs, each started again when it died."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[2]


class Host:
    """Shares the database and the key with the others, and nothing else."""

    def __init__(self, folder: Path, port: int, environ: dict[str, str]) -> None:
        folder.mkdir()
        self.folder = folder
        self.port = port
        self.environ = {
            **environ,
            "TRAINING_INSTANCE": str(folder / "instance"),
            "TRAINING_BIND": f"127.0.0.1:{port}",
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, *words: str) -> None:
        """A command of the site, in a process group of its own; what it prints is in `NAME.log`."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "app", *words],
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """SIGKILL to it and to all that it started."""
        process = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(20)

    def is_ready(self) -> bool:
        """What a balancer would find."""
        name = self.environ["TRAINING_BASE_URL"].partition("//")[2]
        asked = Request(f"http://127.0.0.1:{self.port}/readyz", headers={"Host": name})
        with suppress(OSError), urlopen(asked, timeout=2) as reply:  # noqa: S310  # our own server
            return bool(reply.status == 200)
        return False

    def wait_until_ready(self, stop: threading.Event) -> bool:
        """Whether it came to be ready, before somebody said stop."""
        while not self.is_ready():
            log = self.folder / "site.log"
            assert self.running["site"].poll() is None, log.read_text(encoding="utf-8")
            if stop.wait(0.1):
                return False
        return True


class Killer(threading.Thread):
    """Kills one host's site and jobs, starts them again, waits until they serve, and goes on to the next.

    Between one's return and the next one's death are about `pause` seconds, a third more or less.
    """

    def __init__(self, hosts: list[Host], dice: random.Random, pause: float) -> None:
        super().__init__(name="killer", daemon=True)
        self.hosts, self.dice, self.pause = hosts, dice, pause
        self.stopping = threading.Event()
        self.kills = 0
        self.problem: AssertionError | None = None

    def run(self) -> None:
        try:
            while not self.stopping.wait(self.pause * self.dice.uniform(2 / 3, 4 / 3)):
                self._kill(self.dice.choice(self.hosts))
        except AssertionError as problem:
            self.problem = problem

    def _kill(self, host: Host) -> None:
        for name, words in (("site", ("serve",)), ("jobs", ("jobs", "run"))):
            host.kill(name)
            host.start(name, *words)
        self.kills += 1
        host.wait_until_ready(self.stopping)

    def end(self) -> None:
        """Returns when nothing is killed any more; raises where a host did not come back."""
        self.stopping.set()
        self.join()
        if self.problem is not None:
            raise self.problem
