"""What the run was made on, and whether anything else was at work meanwhile."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

# Of all cores together: more than this by others, and a figure says nothing.
OTHERS_MAY_USE = 0.05


def describe() -> str:
    """One line: processor, cores, memory, system, versions."""
    text = Path("/proc/cpuinfo").read_text()
    model = next(
        (line.split(":")[1].strip() for line in text.splitlines() if "model name" in line), "unknown"
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("granian", "flask", "sqlalchemy", "psycopg")
    )
    return (
        f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}"
    )


def family(pid: int) -> list[int]:
    """A process and all below it."""
    found = [pid]
    for one in found:
        found += _children(one)
    return found


def _children(pid: int) -> list[int]:
    with suppress(OSError):
        tasks = [(task / "children").read_text().split() for task in Path(f"/proc/{pid}/task").iterdir()]
        return [int(child) for children in tasks for child in children]
    return []


@dataclass(frozen=True)
class Memory:
    """In MB, of a server and all below it. Pages that processes share are counted once."""

    whole: float
    server_and_workers: float
    workers: float


def memory(pid: int) -> Memory:
    """What the processes of the jobs hold alone is left out of the second figure; what they share with the
    server would be there without them. The third has the workers' part of what they share.
    """
    below = [family(child) for child in _children(pid)]
    workers = sum(_held_mb(one[0], "Pss:") for one in below if len(one) == 1)
    jobs = [each for one in below if len(one) > 1 for each in one]
    whole = sum(_held_mb(one, "Pss:") for one in family(pid))
    alone = sum(_held_mb(one, "Private_Clean:", "Private_Dirty:") for one in jobs)
    return Memory(whole, whole - alone, workers)


def _held_mb(pid: int, *kinds: str) -> float:
    with suppress(OSError):  # ended meanwhile
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith(kinds)) / 1024
    return 0.0


class Noise:
    """How much of the machine others used between `__init__` and `share`."""

    def __init__(self, ours: Iterable[int]) -> None:
        self.ours = list(ours)
        self.busy, self.all = _machine()
        self.own = self._own()

    def share(self) -> float:
        """0.0 where we were alone, 1.0 where others had every core all the time."""
        busy, total = _machine()
        own = self._own()
        others = (busy - self.busy) - (own - self.own)
        return max(0.0, others / max(1, total - self.all))

    def _own(self) -> float:
        # A process counts once, also where it was started by another that is named here.
        return sum(_used(one) for one in {one for pid in self.ours for one in family(pid)})


def _machine() -> tuple[int, int]:
    ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def _used(pid: int) -> int:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0
