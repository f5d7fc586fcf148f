"""`make soak`: the long form, on each database, with the whole server and the database itself killed too.

python -m tests.faults.soak [--minutes 30] [--learners 50] [--only sqlite|postgresql]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.databases import migrate, settings_for
from tests.faults.harms import fill_the_disk, hold_the_lock, turn_the_clock
from tests.faults.postgres import Postgres
from tests.faults.run import Harm, Plan, run
from tests.faults.server import Server
from tests.library_content import CONTENT, import_folder
from training import create_app
from training.database import db

EVERYTHING_ONE_IN = 15


def main() -> int:
    parser = argparse.ArgumentParser(description="Play while everything is killed; judge every answer.")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--learners", type=int, default=50)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args()
    plan = Plan(wanted.minutes * 60, wanted.learners, wanted.seed, (2, 6))
    clean = True
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        print(f"{kind}: {wanted.learners} learners, {wanted.minutes:g} minutes, seed {plan.seed}", flush=True)
        clean = soak(kind, plan) and clean
    return 0 if clean else 1


def soak(kind: str, plan: Plan) -> bool:
    """One database; prints the verdict and the memory at the beginning and the end."""
    with (
        tempfile.TemporaryDirectory(prefix="zanshin-soak-") as name,
        database(kind, Path(name)) as (url, harms),
    ):
        folder = Path(name) / "instance"
        folder.mkdir()
        migrate(url, folder)
        app = create_app(settings_for(url, folder))
        with app.app_context():
            import_folder(CONTENT)
            db.session.remove()
        server = Server(url, folder)
        server.start()
        try:
            before = server.memory_mb()
            with app.app_context():
                engine = db.engine
            gentle = [hold_the_lock(engine), turn_the_clock(server)]
            gentle += [fill_the_disk(server)] if kind == "sqlite" else []
            verdict = run(app, server, plan, [*server_harms(server), *harms, *gentle])
            server.supervise()
            print(f"  memory {before:.0f} MB, then {server.memory_mb():.0f} MB; {verdict}", flush=True)
        finally:
            server.stop()
            with app.app_context():
                db.engine.dispose()
    for what in (*verdict.lost, *verdict.doubled, *verdict.wrong)[:20]:
        print(f"  {what}")
    return verdict.is_clean


def server_harms(server: Server) -> list[Harm]:
    def kill_a_worker(dice: random.Random) -> str:
        if server.supervise():
            return "servers that gave up and were started again"
        if dice.randrange(EVERYTHING_ONE_IN):
            return "workers killed" if server.kill_a_worker(dice, twice=True) else ""
        server.kill_everything()
        server.start()
        return "whole servers killed"

    return [kill_a_worker]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[tuple[str, list[Harm]]]:
    """Its address, and what can be done to it."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'soak.sqlite3'}", []
        return
    with Postgres(folder / "postgres") as server:
        yield server.url, [server.harm]


if __name__ == "__main__":
    sys.exit(main())
