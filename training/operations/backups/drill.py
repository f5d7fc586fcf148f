"""A restore, rehearsed in a place of its own, with a site started on it. The live database is only read."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from flask import Flask
from sqlalchemy.engine import make_url

import training
from training.database import db
from training.errors import UnavailableError
from training.operations.backups.checking import Checked
from training.operations.backups.keeping import Keeper, check
from training.operations.backups.shelf import Backup
from training.operations.backups.sqlite import SqliteKeeper
from training.operations.in_use import InUse
from training.settings import Settings


@dataclass(frozen=True)
class Drilled:
    """What a drill showed; `said` is what `/readyz` answered on the restored database."""

    ready: bool
    said: str
    checked: Checked


def drill(app: Flask, keeper: Keeper, backup: Backup) -> Drilled:
    """Restore `backup` aside, start a site on it and ask whether it could serve.

    Raises UnavailableError where the backup is damaged.
    """
    checked = check(keeper, backup.path)
    if checked.damage:
        raise UnavailableError(f"{backup.name} is damaged: {'; '.join(checked.damage)}.")
    settings = cast("Settings", app.extensions["settings"])
    with (
        tempfile.TemporaryDirectory(prefix="zanshin-drill-") as folder,
        _restored(keeper, backup, Path(folder)) as url,
    ):
        site = training.create_app(replace(settings, instance=Path(folder), database_url=url))
        reply = site.test_client().get("/readyz", base_url=settings.base_url)
        with site.app_context():
            db.engine.dispose()
        return Drilled(reply.status_code == 200, reply.get_data(as_text=True).strip(), checked)


@contextmanager
def _restored(keeper: Keeper, backup: Backup, folder: Path) -> Iterator[str]:
    """The address of a database made of the backup; a file takes the way of a real restore."""
    if isinstance(keeper, SqliteKeeper):
        path = folder / "restored.sqlite3"
        aside = SqliteKeeper(path, InUse(folder / "restored.in-use"))
        with aside.alone():
            aside.put_back(backup.path, "drill")
        yield f"sqlite:///{path}"
        return
    with keeper.opened(backup.path) as engine:
        yield make_url(engine.url).render_as_string(hide_password=False)
