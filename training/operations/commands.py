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
        preparing.prepare_database()
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
