"""The folder of backups: names, order, and which are kept for how long. Knows no database."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

_NAME = re.compile(r"zanshin-(\d{4}-\d\d-\d\dT\d{6}\.\d{3})Z\.(sqlite3|dump)")
_STAMP = "%Y-%m-%dT%H%M%S.%f"
LEFTOVER_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Backup:
    """One finished backup. `made_at` is in its name, so a copied file keeps it."""

    path: Path
    made_at: datetime

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size


# What is kept: the newest of each of the last so many days, weeks and months that have one.
PERIODS: tuple[tuple[str, int, Callable[[datetime], tuple[int, ...]]], ...] = (
    ("day", 7, lambda at: (at.year, at.month, at.day)),
    ("week", 4, lambda at: tuple(at.isocalendar())[:2]),
    ("month", 12, lambda at: (at.year, at.month)),
)


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_STAMP)[:-3] + "Z"


def list_backups(folder: Path) -> list[Backup]:
    """Every finished backup in the folder, newest first; other files are left alone."""
    if not folder.is_dir():
        return []
    found = [backup for path in folder.iterdir() if (backup := as_backup(path))]
    return sorted(found, key=lambda one: (one.made_at, one.name), reverse=True)


def as_backup(path: Path) -> Backup | None:
    matched = _NAME.fullmatch(path.name)
    if matched is None:
        return None
    return Backup(path, datetime.strptime(matched[1], _STAMP).replace(tzinfo=UTC))


def kept_as(backups: Sequence[Backup]) -> dict[Backup, tuple[str, ...]]:
    """Those to keep, each with its reasons ("newest", "day", "week", "month"); the others may go."""
    newest_first = sorted(backups, key=lambda one: (one.made_at, one.name), reverse=True)
    reasons: dict[Backup, tuple[str, ...]] = dict.fromkeys(newest_first[:1], ("newest",))
    for word, most, period in PERIODS:
        first_of: dict[tuple[int, ...], Backup] = {}
        for one in newest_first:
            first_of.setdefault(period(one.made_at), one)
        for one in list(first_of.values())[:most]:
            reasons[one] = (*reasons.get(one, ()), word)
    return reasons


def prune(folder: Path) -> list[Backup]:
    """Delete the backups that no period keeps; returns them."""
    backups = list_backups(folder)
    kept = kept_as(backups)
    gone = [one for one in backups if one not in kept]
    for one in gone:
        one.path.unlink(missing_ok=True)
    return gone


@contextmanager
def new_file(folder: Path, suffix: str, at: datetime) -> Iterator[tuple[Path, Path]]:
    """(part, target): write `part`; when the block ends well it is on the disk under the name `target`.

    Only its owner can read it, from its first byte. When the block fails nothing is left behind.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder, at)
    target = folder / f"zanshin-{stamp(at)}.{suffix}"
    part = folder / f".{target.name}.part"
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield part, target
        sync(part)
        part.replace(target)
        sync(folder)
    finally:
        part.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Return once the file or folder is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, at: datetime) -> None:
    """What a killed run left half-written, once it is certain that nobody writes it any more."""
    for part in folder.glob(".zanshin-*.part"):
        with suppress(FileNotFoundError):
            if at.timestamp() - part.stat().st_mtime > LEFTOVER_AFTER.total_seconds():
                part.unlink()
