"""From whatever the folder holds to a site that can serve: schema, content, first people."""

import logging
from pathlib import Path

import click
from flask_migrate import upgrade
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from training.accounts.service import first_admin_link
from training.clock import now
from training.database import db, is_of_later_release, schema_problem, serving_problem, transaction
from training.demo.commands import greet, make
from training.demo.queries import demo_may_begin, demo_people_exist
from training.errors import SettingsError
from training.library.commands import build_earlier_revisions
from training.library.importing import import_content, survey
from training.library.said import say_what_was_left
from training.library.service import list_live
from training.settings import Settings

CONTENT = Path(__file__).resolve().parents[2] / "content"


def prepare_database() -> bool:
    """Bring the schema to head; says nothing when it is there already.

    False where it is a later release's, whose texts are not to be replaced by older ones. Raises
    SettingsError where this code cannot serve on that.
    """
    with db.engine.connect() as connection:
        if is_of_later_release(connection):
            if problem := serving_problem(connection):
                raise SettingsError(problem)
            click.echo("The database is of a later release: nothing is brought up to date from here.")
            return False
        if schema_problem(connection) is None:
            return True
    click.echo("Bringing the database up to date.")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()
    return True


def publish_content(content: Path = CONTENT) -> None:
    """Publish what changed in the content folder. Problems are said; what was live before stays live."""
    live = list_live(db.session())
    db.session.remove()
    found = survey(content, live, lambda said: click.echo(said, err=True))
    if found.built or found.diagnostics or found.unchanged < len(live):
        with transaction() as session:
            done = import_content(session, content, found, now())
        for one in found.diagnostics:
            if one.severity == "error":
                click.echo(str(one), err=True)
        click.echo(f"Published {done.published} texts, retired {done.retired}.")
        say_what_was_left(content, done.overtaken, done.refused)
    build_earlier_revisions(content)


def print_first_admin_link(settings: Settings) -> None:
    """While nobody is an administrator, the link that makes one; afterwards nothing."""
    with transaction() as session:
        link = first_admin_link(session, settings.base_url, now())
    if link:
        click.echo("There is no administrator yet. This link makes one, once, within seven days:")
        click.echo(f"  {link}")


def database_away(settings: Settings, problem: OperationalError) -> SettingsError:
    """A plain sentence for a database that does not answer."""
    address = make_url(settings.database).render_as_string(hide_password=True)
    reason = str(problem.orig).strip().splitlines()[0] if problem.orig else ""
    return SettingsError(
        f"The database at {address} cannot be used ({reason})."
        " Is it running, and is TRAINING_DATABASE_URL right? Nothing was changed."
    )


def greet_with_demo(settings: Settings) -> None:
    """Fictional people where there is nobody at all, then how to sign in as each of them."""
    if settings.smtp_url or not settings.is_local:
        raise SettingsError("Fictional people are for this computer alone, without SMTP. Leave --demo out.")
    passwords = make() if demo_may_begin(db.session()) else {}
    db.session.remove()
    if not demo_people_exist(db.session()):
        click.echo("Real people use this database, so no fictional ones were added. Sign in as yourself.")
        return
    greet(passwords)


def refuse_demo_people(settings: Settings) -> None:
    """Raise SettingsError where fictional people could be met by real ones, or mailed to."""
    if demo_people_exist(db.session()) and (settings.smtp_url or not settings.is_local):
        raise SettingsError(
            "This database still holds the fictional people of `make run`, so the site stays on this computer"
            " and sends no mail. Run `flask --app app demo leave` to remove them; real people and their work"
            " stay."
        )
