"""What the run was made on, and whether anything else was at work meanwhile."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
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
        with suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def memory_mb(pid: int) -> float:
    """Of a whole family; pages that processes share are counted once."""
    total = 0
    for one in family(pid):
        with suppress(OSError, StopIteration):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return total / 1024


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
        return sum(_used(one) for pid in self.ours for one in family(pid))


def _machine() -> tuple[int, int]:
    ticks = [int(word) for word in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return sum(ticks) - ticks[3] - ticks[4], sum(ticks)


def _used(pid: int) -> int:
    with suppress(OSError):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0
