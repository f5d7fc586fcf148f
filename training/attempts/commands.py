"""`flask attempts …`: what whoever runs the site can ask of the plays."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from training.attempts.verifying import verify_attempts
from training.database import db

group = AppGroup("attempts", help="Plays, and whether their results still hold.")
PROGRESS_EVERY = 1000


@group.command("verify")
def verify() -> None:
    """Play every attempt again from its steps; exit 1 where a stored result does not follow from them."""
    attempts = wrong = 0
    for differences in verify_attempts(db.session()):
        attempts += 1
        wrong += len(differences)
        for difference in differences:
            click.echo(f"{difference.public_id}: {difference.what}.")
        if attempts % PROGRESS_EVERY == 0:
            click.echo(f"{attempts} attempts so far, {wrong} differences.", err=True)
    click.echo(f"{attempts} attempts replayed, {wrong} differences.")
    if wrong:
        sys.exit(1)
