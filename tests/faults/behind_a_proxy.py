"""The browser suite against two hosts behind nginx, while one of each process is killed again and again.

    python -m tests.faults.behind_a_proxy [--pause SECONDS] [FILE…]        `make proxied`

A form that a site had taken when it died may or may not have been recorded, and no proxy may send it twice:
its sender is told so. Only a file in which that happened, as the proxy's own log says, is tried again, on a
new database; any other failure is one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.databases import POSTGRES
from tests.faults.proxied import PAUSE, REPORT, read_reports
from tests.faults.proxy import nginx
from tests.run import postgres

SUITE = Path(__file__).resolve().parents[1] / "browser"
TRIES = 3


def main() -> int:
    asked = _asked()
    nginx()
    files = asked.files or sorted(str(path) for path in SUITE.glob("test_*.py"))
    with tempfile.TemporaryDirectory(prefix="zanshin-proxied-") as folder, postgres() as url:
        report = Path(folder) / "report"
        environ = {**os.environ, POSTGRES: url, REPORT: str(report), PAUSE: str(asked.pause)}
        failed = [file for file in files if not passes(file, environ, report)]
    print(f"{len(files) - len(failed)} files passed, {len(failed)} failed", flush=True)
    return 1 if failed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.behind_a_proxy",
        description="Runs the browser suite against two hosts behind nginx, each killed again and again.",
    )
    parser.add_argument(
        "files", metavar="FILE", nargs="*", help="a file of tests/browser; all, where none is given"
    )
    parser.add_argument(
        "--pause",
        metavar="SECONDS",
        type=float,
        default=12.0,
        help="from one host's return to the next one's death, a third more or less (default: %(default)s)",
    )
    return parser.parse_args()


def passes(file: str, environ: dict[str, str], report: Path) -> bool:
    """Whether its tests pass, the last time at least; says what was done to the hosts meanwhile."""
    for _ in range(TRIES):
        report.write_text("", encoding="utf-8")
        started = time.monotonic()
        command = [sys.executable, "-m", "pytest", "-q", "-m", "browser", file]
        code = subprocess.run(command, env=environ, check=False).returncode
        reports = read_reports(report)
        cut = [line for one in reports for line in one.cut]
        outcome = f"{'passed' if code == 0 else 'failed'} in {time.monotonic() - started:.0f} s"
        print(
            f"  {Path(file).name}: {outcome};"
            f" a site and its jobs killed {sum(one.kills for one in reports)} times,"
            f" {sum(one.requests for one in reports)} requests,"
            f" {sum(one.tried_again for one in reports)} sent to the other host, {len(cut)} cut off",
            flush=True,
        )
        for line in cut:
            print(f"    cut off: {line}", flush=True)
        if code == 0 or not cut:
            return code == 0
    return False


if __name__ == "__main__":
    sys.exit(main())
