"""`flask serve`: everything between an empty folder and a page in the browser."""

import sys
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from training.errors import TrainingError
from training.operations import preparing
from training.operations.binding import binding_for, check_free
from training.operations.serving import run_server
from training.secret_key import new_key
from training.secret_key import rotate_key as make_new_key
from training.settings import Settings


@click.command()
@click.option("--demo", is_flag=True, help="Fill an empty database with fictional people, to look around.")
@with_appcontext
def serve(demo: bool) -> None:
    """Bring the database up to date, publish the content, and serve the site.

    Listens where TRAINING_BASE_URL says (http://127.0.0.1:8000 unless it is set). The first start without
    --demo prints a one-time link that makes the first administrator.
    """
    settings = cast("Settings", current_app.extensions["settings"])
    binding = binding_for(settings)
    try:
        check_free(binding)
        if preparing.prepare_database():
            preparing.publish_content()
        preparing.refuse_demo_people(settings)
        if demo:
            preparing.greet_with_demo(settings)
        else:
            preparing.print_first_admin_link(settings)
    except TrainingError as problem:
        sys.exit(problem.message)
    except OperationalError as problem:
        sys.exit(preparing.database_away(settings, problem).message)
    click.echo(f"\n{settings.site_name} is at {settings.base_url}  (Ctrl+C stops it)")
    run_server(binding, settings)


@click.command("rotate-key")
@click.option("--at-once", is_flag=True, help="The old key leaked: nothing that it signed is taken any more.")
@with_appcontext
def rotate_key(at_once: bool) -> None:
    """Replace the key that signs the form cookie. Nobody is signed out; it counts from the next start.

    What was signed with the old key is taken until the key after this one, so that no form that is open now
    is lost. Where TRAINING_SECRET_KEY is set, this prints a new key and what to set.
    """
    settings = cast("Settings", current_app.extensions["settings"])
    if settings.secret_key:
        click.echo(f"TRAINING_SECRET_KEY={new_key()}")
        if not at_once:
            click.echo("Set it on every host, TRAINING_SECRET_KEY_BEFORE to the key of now, and start again.")
        else:
            click.echo("Set it on every host, unset TRAINING_SECRET_KEY_BEFORE, and start again.")
        return
    try:
        make_new_key(settings, at_once=at_once)
    except OSError as problem:
        raise click.ClickException(
            f"The folder {settings.instance} cannot be written ({problem.strerror}). The key is as it was."
        ) from None
    click.echo("There is a new key. It counts once the site is started again.")
