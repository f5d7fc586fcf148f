"""Ways to hurt a site that leave its processes alive: a lock, a full disk, a clock that jumps, dumb mail."""

from __future__ import annotations

import random
import resource
import time
from contextlib import suppress

from flask import Flask
from sqlalchemy import Engine, text

from tests.faults.mail_server import Misbehaving
from tests.faults.run import Harm
from tests.faults.server import Server
from training.database import transaction
from training.mail.service import queue_message

LONGEST = 2.5
# Beyond what the sender waits for, now and then.
MAIL_HANGS = (1.0, 30.0)
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


def hang_the_mail(app: Flask, mail: Misbehaving) -> Harm:
    """Somebody is to get a mail, and the mail server says nothing for a while. The harm does not wait."""

    def harm(dice: random.Random) -> str:
        if mail.hangs.is_set():
            return ""
        name = f"kind-{dice.getrandbits(48):x}"
        with app.app_context(), transaction() as session:
            queue_message(
                session,
                purpose="invitation",
                to=f"{name}@example.invalid",
                template="invitation",
                values={"name": name, "token": name, "inviter": ""},
                dedupe_key=name,
            )
        mail.hang_for(dice.uniform(*MAIL_HANGS))
        return "mails hung"

    return harm
