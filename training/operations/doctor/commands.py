"""`flask doctor`: for whoever runs the site."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import cast

import click
from flask import Flask
from flask.cli import with_appcontext

from training.clock import now
from training.database import db
from training.operations.doctor import inside, place
from training.operations.doctor.finding import Finding, Level
from training.operations.this_app import this_app
from training.settings import Settings


def examine(app: Flask, at: datetime) -> Iterator[Finding]:
    """Everything worth knowing, from the outside in. What a broken database cannot say is left out."""
    settings = cast("Settings", app.extensions["settings"])
    yield from place.look_at_settings(settings)
    yield from place.look_at_folders(settings)
    yield from place.look_at_disks(settings)
    usable = True
    for finding in inside.look_at_database(app):
        usable = usable and not (finding.about == "database" and finding.level is Level.WRONG)
        yield finding
    if usable:
        yield from inside.look_at_hosts(db.session(), settings)
        yield from inside.look_at_clock(db.session(), at)
        yield from inside.look_at_mail(db.session(), settings, at)
        yield from inside.look_at_jobs(app, db.session(), at)
    yield from inside.look_at_backups(settings, at)
    yield from place.look_at_the_way_in(settings)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for a monitor.")
@with_appcontext
def doctor(as_json: bool) -> None:
    """Look the installation over: what is wrong, and what to do. Changes nothing and sends nothing.

    Exit status 0 when all is well, 1 when there is advice, 2 when something is wrong.
    """
    worst = Level.WELL
    for found in examine(this_app(), now()):
        worst = max(worst, found.level)
        if as_json:
            said = {
                "about": found.about,
                "level": found.level.name.lower(),
                "said": found.said,
                "mend": found.mend,
            }
            click.echo(json.dumps(said, ensure_ascii=False))
        else:
            click.echo(str(found))
    sys.exit(int(worst))
