"""Ways to hurt a site that leave its processes alive: a held lock, a full disk, a clock that jumps."""

from __future__ import annotations

import random
import resource
import time
from contextlib import suppress

from sqlalchemy import Engine, text

from tests.faults.run import Harm
from tests.faults.server import Server

LONGEST = 2.5
HOURS = 6


def hold_the_lock(engine: Engine) -> Harm:
    """Somebody else writes, for a while: everybody waits, and nobody is told a lie."""

    def harm(dice: random.Random) -> str:
        with engine.execution_options(write=True).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE attempt IN ACCESS EXCLUSIVE MODE"))
            time.sleep(dice.uniform(0.3, LONGEST))
        return "locks held"

    return harm


def fill_the_disk(server: Server) -> Harm:
    """For a moment no file of the workers may grow, or none may be written at all, as on a full disk."""

    def harm(dice: random.Random) -> str:
        log = server.folder / "server.log"
        largest = max((path.stat().st_size for path in server.folder.iterdir() if path.is_file()), default=0)
        limit = dice.choice([0, max(largest, log.stat().st_size) + dice.randrange(5_000)])
        _limit(server, limit)
        time.sleep(dice.uniform(0.2, LONGEST))
        _limit(server, resource.RLIM_INFINITY)
        return "disks filled"

    return harm


def _limit(server: Server, size: int) -> None:
    for pid in server.workers():
        with suppress(ProcessLookupError):
            _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


def turn_the_clock(server: Server) -> Harm:
    """Hours forward or back, for every process of the site at once."""

    def harm(dice: random.Random) -> str:
        server.turn_clock(dice.randrange(-HOURS * 3600, HOURS * 3600))
        return "clocks turned"

    return harm
