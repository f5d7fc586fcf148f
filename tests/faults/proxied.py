"""What browser tests see in place of one site: two hosts behind nginx, on PostgreSQL, killed in turns."""

from __future__ import annotations

import json
import os
import random
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.browser.site import Site, free_port, site_environ
from tests.databases import SECRET, empty_postgres, postgres_server
from tests.faults.hosts import Host, Killer
from tests.faults.proxy import Proxy, Told

# The file to which each proxied site adds a line about itself when it ends.
REPORT = "TEST_PROXIED_REPORT"
# Seconds for which a host is let live.
PAUSE = "TEST_PROXIED_PAUSE"


@dataclass(frozen=True)
class Report(Told):
    """`kills` of a host's site and jobs together."""

    kills: int


def read_reports(path: Path) -> list[Report]:
    return [Report(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


@contextmanager
def proxied_site(folder: Path, *options: str) -> Iterator[Site]:
    """A site at one https address; behind it whatever is alive of two hosts."""
    server = postgres_server()
    if server is None:
        raise RuntimeError("Two hosts need PostgreSQL: python -m tests.faults.behind_a_proxy starts one.")
    with empty_postgres(server) as url, ExitStack() as ending:
        port, ports = free_port(), [free_port(), free_port()]
        environ = {
            **site_environ(folder, port),
            "TRAINING_BASE_URL": f"https://127.0.0.1:{port}",
            "TRAINING_DATABASE_URL": url,
            "TRAINING_SECRET_KEY": SECRET,
            "TRAINING_TRUSTED_PROXIES": "1",
        }
        hosts = [Host(folder / f"host-{one}", one, environ) for one in ports]
        for host in hosts:
            ending.callback(host.stop)
            host.start("site", "serve", *options)
            assert host.wait_until_ready(threading.Event())
            host.start("jobs", "jobs", "run")
            options = ()
        proxy = Proxy(folder / "proxy", port, ports)
        ending.callback(proxy.stop)
        proxy.start()
        killer = Killer(hosts, random.Random(port), float(os.environ[PAUSE]))
        killer.start()
        try:
            first = hosts[0]
            yield Site(
                environ["TRAINING_BASE_URL"],
                first.folder / "instance",
                first.environ,
                first.folder / "site.log",
            )
        finally:
            killer.end()
            _report(Report(**asdict(proxy.told()), kills=killer.kills))


def _report(report: Report) -> None:
    with Path(os.environ[REPORT]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(report)) + "\n")
