"""`flask backup …`: for whoever runs the site."""

import sys
import time
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from training.accounts import audit
from training.clock import now
from training.database import db, schema_problem, transaction
from training.errors import TrainingError
from training.operations.backups import keeping, shelf
from training.operations.backups.checking import Checked
from training.operations.backups.drill import drill as rehearse
from training.operations.this_app import this_app
from training.settings import Settings

backup = AppGroup("backup", help="Backups that were checked, and the way back from one.")


@backup.command("create")
def create() -> None:
    """Copy the database while it is used, check the copy, and delete what is old enough.

    Keeps the newest backup of each of 7 days, 4 weeks and 12 months. Exit status 1 where no sound backup
    was made, or where what is in it disagrees with itself: then nothing old is deleted.
    """
    try:
        made = keeping.make_backup(keeping.keeper_for(this_app()), _folder(), now())
    except TrainingError as problem:
        raise click.ClickException(problem.message) from None
    click.echo(f"{made.backup.path} ({_size(made.backup)})")
    for one in made.deleted:
        click.echo(f"Deleted {one.name}.")
    _say(made.checked)


@backup.command("list")
def list_backups() -> None:
    """The backups, newest first, with their sizes and what keeps them."""
    backups = shelf.list_backups(_folder())
    kept = shelf.kept_as(backups)
    for one in backups:
        click.echo(f"{one.name}  {_size(one):>9}  {', '.join(kept.get(one, ('goes next',)))}")
    if not backups:
        click.echo(f"There is no backup in {_folder()} yet.", err=True)


@backup.command("verify")
@click.argument("name", required=False)
def verify(name: str | None) -> None:
    """Read a backup (the newest unless NAME is given), replay its calls and walk its audit log.

    On PostgreSQL the dump is restored into a database of its own for this, which is dropped afterwards.
    Exit status 1 where anything is wrong.
    """
    try:
        found = keeping.find_backup(_folder(), name)
        checked = keeping.check(keeping.keeper_for(this_app()), found.path)
    except TrainingError as problem:
        raise click.ClickException(problem.message) from None
    click.echo(found.name)
    _say(checked)


@backup.command("restore")
@click.argument("name")
def restore(name: str) -> None:
    """Make the backup NAME the live database. The database of now is kept under another name.

    Refuses while any process of the site is connected, and refuses a damaged backup.
    """
    app = this_app()
    try:
        found = keeping.find_backup(_folder(), name)
        done = keeping.restore(keeping.keeper_for(app), found, now())
    except TrainingError as problem:
        raise click.ClickException(problem.message) from None
    click.echo(f"Restored {found.name}.")
    if done.kept:
        click.echo(f"The database as it was before is kept as {done.kept}.")
    _write_down(found)
    _say(done.checked)


@backup.command("drill")
@click.option(
    "--newest", is_flag=True, help="Rehearse with the newest backup there is, instead of a new one."
)
def drill(newest: bool) -> None:
    """Rehearse a restore: make a backup, restore it aside, start a site on it, and say how long it took.

    The live database is only read. Exit status 1 where the restored site could not serve.
    """
    app, begun = this_app(), time.monotonic()
    keeper = keeping.keeper_for(app)
    try:
        found = (
            keeping.find_backup(_folder(), None)
            if newest
            else keeping.make_backup(keeper, _folder(), now()).backup
        )
        done = rehearse(app, keeper, found)
    except TrainingError as problem:
        raise click.ClickException(problem.message) from None
    rows, newest_answer = done.checked.rows, done.checked.newest_answer or "never"
    people, steps = rows.get("person", 0), rows.get("step", 0)
    click.echo(f"{found.name}: {people} people, {steps} answers, the newest of {newest_answer}.")
    click.echo(f"A site on it says: {done.said}. It took {time.monotonic() - begun:.1f} s.")
    _say(done.checked)
    if not done.ready:
        sys.exit(1)


def _write_down(found: shelf.Backup) -> None:
    """The restored audit log ends before the restore: this row says so, where its schema is ours."""
    with db.engine.connect() as connection:
        other = schema_problem(connection)
    if other:
        click.echo(other, err=True)
        return
    with transaction() as session:
        audit.append(session, actor=audit.OPERATOR, action="backup.restored", subject=found.name, at=now())


def _say(checked: Checked) -> None:
    """The outcome of a check; ends the command with status 1 where something is wrong."""
    if checked.remark:
        click.echo(checked.remark, err=True)
    for what in (*checked.damage, *checked.problems):
        click.echo(f"Wrong: {what}.", err=True)
    if not checked.is_well:
        sys.exit(1)
    click.echo(f"{checked.attempts} attempts replayed, {checked.audit_rows} audit rows, 0 differences.")


def _size(one: shelf.Backup) -> str:
    return f"{one.size / 2**20:.1f} MB"


def _folder() -> Path:
    return cast("Settings", current_app.extensions["settings"]).backups
