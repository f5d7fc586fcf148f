"""The shipped server, started as an operator starts it, and ways to hurt it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil

from tests.browser.site import free_port
from tests.databases import SECRET

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
CRASH_LOOP_SECONDS = 6


class Server:
    """`flask serve` with two workers, in a process group of its own."""

    def __init__(self, database_url: str, folder: Path, workers: int = 2, smtp_url: str = "") -> None:
        self.port = free_port()
        self.folder = folder
        plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
        self.environ = {
            **plain,
            "TRAINING_DATABASE_URL": database_url,
            "TRAINING_INSTANCE": str(folder),
            "TRAINING_SECRET_KEY": SECRET,
            "TRAINING_BASE_URL": f"http://127.0.0.1:{self.port}",
            "TRAINING_CHEAP_HASHES": "yes",
            "TRAINING_WORKERS": str(workers),
            "TRAINING_SMTP_URL": smtp_url,
            "ZANSHIN_CLOCK": str(folder / "clock"),
        }
        self.command = [sys.executable, "-m", "tests.faults.serve"]
        self.first_workers: set[int] = set()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when `/readyz` says so."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, (self.folder / "server.log").read_text()
            with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2):
                self.first_workers = set(self.workers())
                return
            time.sleep(0.05)
        raise TimeoutError((self.folder / "server.log").read_text())

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def workers(self) -> list[int]:
        with suppress(FileNotFoundError):
            return [
                int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            ]
        return []

    def kill_a_worker(self, dice: random.Random, *, twice: bool = False) -> bool:
        """SIGKILL, in the middle of whatever it does; the server starts another.

        granian takes two deaths of one worker within six seconds for a crash loop and ends: that is only
        asked of it with `twice`, where somebody calls `supervise` afterwards.
        """
        grown = [pid for pid in self.workers() if twice or self._is_grown(pid)]
        if not grown:
            return False
        with suppress(ProcessLookupError):
            os.kill(dice.choice(grown), signal.SIGKILL)
        return True

    def _is_grown(self, pid: int) -> bool:
        with suppress(OSError, IndexError):
            born = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
            lives = time.clock_gettime(time.CLOCK_BOOTTIME) - born / os.sysconf("SC_CLK_TCK")
            return lives > CRASH_LOOP_SECONDS or pid in self.first_workers
        return False

    def supervise(self) -> bool:
        """Start the server again where it ended, as systemd and compose do; whether it had to."""
        if self.process is None or self.process.poll() is None:
            return False
        self.kill_everything()
        self.start()
        return True

    def kill_everything(self) -> None:
        """The whole server, as when the power goes."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait(20)

    def stop(self) -> None:
        """As an operator stops it; what does not listen is killed."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill_everything()

    def turn_clock(self, seconds: int) -> None:
        """What time the server's processes think it is, by so many seconds off."""
        new = self.folder / "clock.new"
        new.write_text(str(seconds), encoding="ascii")
        new.replace(self.folder / "clock")

    def memory_mb(self) -> float:
        """Of the server and all that it started; a page that several share is counted in parts."""
        kilobytes = 0
        with suppress(psutil.NoSuchProcess):
            for process in (server := psutil.Process(self.pid), *server.children(recursive=True)):
                with suppress(OSError):  # ended meanwhile
                    rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
                    kilobytes += int(rollup.partition("\nPss:")[2].split(maxsplit=1)[0])
        return kilobytes / 1024
