"""Making, checking and putting back backups, whatever the database is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, cast

from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from training.errors import NotFoundError, UnavailableError
from training.operations.backups import shelf
from training.operations.backups.checking import Checked, check_contents
from training.operations.backups.shelf import Backup
from training.operations.backups.sqlite import SqliteKeeper
from training.operations.in_use import InUse, sqlite_path
from training.settings import Settings


class Keeper(Protocol):
    """What each kind of database can do. Everything raises a TrainingError with a sentence when it cannot."""

    suffix: str

    def copy_to(self, part: Path) -> None:
        """Write one moment of the live database into `part`, while others read and write it."""

    def opened(self, backup: Path) -> AbstractContextManager[Engine]:
        """The backup as a database that can be asked. The live one is not touched."""

    def damage(self, backup: Path) -> list[str]:
        """What is wrong with the file itself; [] for a sound one."""

    def alone(self) -> AbstractContextManager[None]:
        """Nobody else uses the live database inside the block; ConflictError where somebody does."""

    def put_back(self, backup: Path, mark: str) -> str | None:
        """Make the backup the live database. Returns the name under which the old one is kept."""


@dataclass(frozen=True)
class Made:
    """A new backup: the file, what was found in it, and the older ones that were deleted."""

    backup: Backup
    checked: Checked
    deleted: tuple[Backup, ...]


@dataclass(frozen=True)
class Restored:
    """`kept` names the database as it was before; None where there was none."""

    backup: Backup
    kept: str | None
    checked: Checked


def keeper_for(app: Flask) -> Keeper:
    settings = cast("Settings", app.extensions["settings"])
    lock = cast("InUse", app.extensions["in_use"])
    if settings.is_sqlite:
        return SqliteKeeper(sqlite_path(settings), lock)
    # Its driver is not loaded where nothing needs it.
    from training.operations.backups.postgres import PostgresKeeper

    return PostgresKeeper(settings.database, lock)


def find_backup(folder: Path, name: str | None) -> Backup:
    """The backup of that name or path, or the newest one; NotFoundError with a sentence."""
    backups = shelf.list_backups(folder)
    if name is None:
        if not backups:
            raise NotFoundError(f"There is no backup in {folder} yet. Make one: flask backup create")
        return backups[0]
    path = Path(name) if Path(name).is_file() else folder / name
    found = shelf.as_backup(path)
    if found is None or not path.is_file():
        raise NotFoundError(f"There is no backup {name}. See them: flask backup list")
    return found


def make_backup(keeper: Keeper, folder: Path, at: datetime) -> Made:
    """Copy, check, keep. A damaged copy is not kept, and nothing older is deleted unless all is well."""
    with shelf.new_file(folder, keeper.suffix, at) as (part, target):
        keeper.copy_to(part)
        checked = check(keeper, part)
        if checked.damage:
            raise UnavailableError(f"The copy is damaged and was not kept: {'; '.join(checked.damage)}.")
    backup = Backup(target, at)
    return Made(backup, checked, tuple(shelf.prune(folder)) if checked.is_well else ())


def check(keeper: Keeper, backup: Path) -> Checked:
    """Everything that can be known of a backup without touching the live database."""
    if damage := keeper.damage(backup):
        return Checked(damage=tuple(damage))
    try:
        with keeper.opened(backup) as engine:
            return check_contents(engine)
    except SQLAlchemyError as problem:
        return Checked(damage=(f"it cannot be read: {str(problem).splitlines()[0]}",))


def restore(keeper: Keeper, backup: Backup, at: datetime) -> Restored:
    """Put a sound backup in the live database's place, which is kept; ConflictError while the site runs."""
    if backup.path.suffix != f".{keeper.suffix}":
        raise UnavailableError(
            f"{backup.name} is of another kind of database than TRAINING_DATABASE_URL names."
        )
    with keeper.alone():
        checked = check(keeper, backup.path)
        if checked.damage:
            raise UnavailableError(
                f"{backup.name} is damaged: {'; '.join(checked.damage)}. Nothing was changed."
            )
        kept = keeper.put_back(backup.path, shelf.stamp(at))
    return Restored(backup, kept, checked)
