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
from statistics import median

from tests.databases import migrate, settings_for
from tests.faults.harms import fill_the_disk, hang_the_mail, hold_the_lock, turn_the_clock
from tests.faults.mail_server import Misbehaving, misbehaving
from tests.faults.oracle import Verdict
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
    """One database; prints the verdict, what the memory did, and whether hanging mail held anybody up."""
    with (
        tempfile.TemporaryDirectory(prefix="zanshin-soak-") as name,
        database(kind, Path(name)) as (url, harms),
        misbehaving() as (mail, smtp_url),
    ):
        folder = Path(name) / "instance"
        folder.mkdir()
        migrate(url, folder)
        app = create_app(settings_for(url, folder))
        with app.app_context():
            import_folder(CONTENT)
            db.session.remove()
        server = Server(url, folder, smtp_url=smtp_url)
        server.start()
        try:
            with app.app_context():
                engine = db.engine
            gentle = [hold_the_lock(engine), turn_the_clock(server), hang_the_mail(app, mail)]
            gentle += [fill_the_disk(server)] if kind == "sqlite" else []
            verdict = run(app, server, plan, [*server_harms(server), *harms, *gentle])
            mail.hangs.clear()
            print(f"  {verdict}", flush=True)
            for line in (memory_of(verdict), waits_of(verdict, mail)):
                print(f"  {line}", flush=True)
            verdict.doubled += [
                f"mail {name} came {count} times" for name, count in mail.taken.items() if count > 1
            ]
        finally:
            server.stop()
            with app.app_context():
                db.engine.dispose()
    for what in (*verdict.lost, *verdict.doubled, *verdict.wrong)[:20]:
        print(f"  {what}")
    return verdict.is_clean


def memory_of(verdict: Verdict) -> str:
    """Of the first quarter of the run and of the last."""
    quarter = max(1, len(verdict.memory) // 4)
    first, last = median(verdict.memory[:quarter]), median(verdict.memory[-quarter:])
    return f"memory: {first:.0f} MB in the first quarter, {last:.0f} MB in the last (medians)"


def waits_of(verdict: Verdict, mail: Misbehaving) -> str:
    """How long an answer took while mail hung, and otherwise."""
    hung = [took for at, took in verdict.waits if any(start < at < end for start, end in mail.hung)]
    free = [took for at, took in verdict.waits if not any(start < at < end for start, end in mail.hung)]
    said = [f"{median(some) * 1000:.0f} ms ({len(some)})" if some else "none" for some in (hung, free)]
    came = sum(mail.taken.values())
    return f"an answer took {said[0]} while mail hung, {said[1]} otherwise (medians); {came} mails came"


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
