"""`flask database copy`: from the file to a server, when the installation grows."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from training.database import db
from training.errors import TrainingError
from training.operations.copying.service import MOST_NAMED, Copied, copy_database, count_all
from training.operations.this_app import this_app

database = AppGroup("database", help="The database as a whole.")


@database.command("copy")
@click.option(
    "--to",
    "url",
    required=True,
    metavar="URL",
    help="An empty database, for example postgresql://zanshin@db.example/zanshin. Leave the password out and"
    " set PGPASSWORD: other people of this computer can read a command's arguments.",
)
def copy(url: str) -> None:
    """Copy everything to another database, compare it row by row, and replay every call there.

    Stop the site and its jobs first; the command refuses while they run. The site's own database is only
    read. A copy that was cut off goes on where it stopped: give the same command again. Exit status 1 where
    anything differs.
    """
    app = this_app()
    db.session.remove()
    try:
        make_url(url)
        with click.progressbar(
            length=count_all(app), label="Copying", item_show_func=lambda name: name, file=sys.stderr
        ) as bar:
            done = copy_database(app, url, lambda name, size: bar.update(size, name))
    except ArgumentError:
        raise click.BadParameter("that is not an address of a database", param_hint="--to") from None
    except TrainingError as problem:
        raise click.ClickException(problem.message) from None
    _say(done)


def _say(done: Copied) -> None:
    for what in (*done.wrong[:MOST_NAMED], *done.checked.damage, *done.checked.problems):
        click.echo(f"Wrong: {what}.", err=True)
    more = len(done.wrong) - MOST_NAMED
    if more > 0:
        click.echo(f"Wrong: {more} more rows.", err=True)
    if done.checked.remark:
        click.echo(done.checked.remark, err=True)
    if not done.is_well:
        sys.exit(1)
    click.echo(f"{done.rows} rows, {done.new} of them new, are the same in both.")
    replayed, walked = done.checked.attempts, done.checked.audit_rows
    click.echo(f"There, {replayed} attempts were replayed and {walked} audit rows walked: 0 differences.")
    click.echo("Set TRAINING_DATABASE_URL to the new address and start the site. The old one was only read.")
