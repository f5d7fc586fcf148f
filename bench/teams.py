"""What the pages of teams cost with many people: their queries, beside the same SQL run raw.

    python -m bench.teams [--people 100000] [--teams 1000] [--attempts 2000000] [--seed 7] [--postgres]

Makes its data in a database of its own: SQLite, or with --postgres a PostgreSQL started for the run (or the
one that TEST_DATABASE_URL names).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, text

from bench.machine import Noise, describe
from bench.teams_data import Size, fill
from tests.databases import empty_postgres, migrate, settings_for
from tests.library_content import CONTENT, import_folder
from tests.run import postgres
from training import create_app
from training.assignments.queries import find_member
from training.database import db
from training.reports.queries import person_report, team_report
from training.reports.totals import counts_of, rebuild_totals, team_lines
from training.viewer import Viewer

AT = datetime(2026, 8, 3, 9, tzinfo=UTC)
TODAY: date = AT.date()
ROUNDS = 40
ADMIN = Viewer(
    1, "0", "Admin", is_trainer=True, is_admin=True, leads=True, session_id=0, is_shared_computer=False
)
Asked = list[tuple[str, Any]]


@contextmanager
def statements() -> Iterator[Asked]:
    """The SQL that is run inside the block, with its parameters."""
    seen: Asked = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def run_raw(asked: Asked) -> float:
    """Milliseconds for the same statements straight on the driver, every row fetched."""
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        started = time.perf_counter()
        for statement, parameters in asked:
            cursor.execute(statement, parameters)
            cursor.fetchall()
        return (time.perf_counter() - started) * 1000
    finally:
        connection.close()


def measure(title: str, page: Callable[[int], object], rounds: int, size: Size) -> None:
    """One line: the page's queries with all that Python makes of them, and the same SQL raw."""
    chance = random.Random(size.seed)
    whole, raw, count = [], [], 0
    for _ in range(rounds + 2):
        team_id = chance.randint(1, size.teams)
        with statements() as asked:
            started = time.perf_counter()
            page(team_id)
            whole.append((time.perf_counter() - started) * 1000)
            db.session.remove()
        sql = [one for one in asked if one[0].lstrip().upper().startswith(("SELECT", "WITH"))]
        raw.append(run_raw(sql))
        count = max(count, len(sql))
    whole, raw = whole[2:], raw[2:]  # the first two fill caches
    print(f"{title:<34}{count:>3} statements   {_spread(whole)}   raw SQL {_spread(raw)}", flush=True)


def _spread(times: list[float]) -> str:
    """The middle one, and the best, which is the least that others at work can have spoilt."""
    return f"{statistics.median(times):7.1f} ms (best {min(times):.1f})"


def one_person(team_id: int) -> object:
    session = db.session()
    return person_report(session, team_id, find_member(session, team_id, f"{team_id:016d}"), TODAY)


def every_team_live(size: Size) -> None:
    for team_id in range(1, size.teams + 1):
        counts_of(team_report(db.session(), team_id, TODAY))


def timed(title: str, work: Callable[[], object]) -> None:
    started = time.perf_counter()
    work()
    db.session.remove()
    print(f"{title:<34}{'':>16}{(time.perf_counter() - started) * 1000:8.0f} ms", flush=True)


def _backends() -> list[int]:
    """The process of PostgreSQL that works for us: not one of the others at work."""
    if db.engine.dialect.name != "postgresql":
        return []
    return list(db.session().scalars(text("SELECT pg_backend_pid()")))


def report(size: Size) -> None:
    db.session().execute(text("ANALYZE"))
    db.session().commit()
    noise = Noise([os.getpid(), *_backends()])
    measure("a team's page", lambda team: team_report(db.session(), team, TODAY), ROUNDS, size)
    measure("a person's page", one_person, ROUNDS, size)
    timed("counting every team", lambda: rebuild_totals(AT))
    timed("counting again, nothing changed", lambda: rebuild_totals(AT))
    measure("all teams, from the table", lambda _team: team_lines(db.session(), ADMIN), 10, size)
    timed("all teams, counted for the page", lambda: every_team_live(size))
    print(f"Others used {noise.share():.0%} of the machine meanwhile.")


def run(url: str, folder: Path, size: Size) -> None:
    migrate(url, folder)
    app = create_app(settings_for(url, folder))
    with app.app_context():
        import_folder(CONTENT)
        started = time.perf_counter()
        fill(size)
        print(f"\n{db.engine.dialect.name}: data made in {time.perf_counter() - started:.0f} s", flush=True)
        report(size)
        db.engine.dispose()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, usual in (("people", 100_000), ("teams", 1_000), ("attempts", 2_000_000), ("seed", 7)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    parser.add_argument("--postgres", action="store_true")
    given = vars(parser.parse_args())
    wants_postgres = given.pop("postgres")
    size = Size(**given)
    print(f"{describe()}\n{size}", flush=True)
    with tempfile.TemporaryDirectory(prefix="zanshin-bench-") as name:
        folder = Path(name)
        if not wants_postgres:
            run(f"sqlite:///{folder / 'teams.sqlite3'}", folder, size)
            return
        with postgres() as server, empty_postgres(server) as url:
            run(url, folder, size)


if __name__ == "__main__":
    main()
