"""`flask people import`: a file of people at the command line."""

from pathlib import Path

import click

from training.accounts import audit
from training.admin.applying import apply_plan
from training.admin.importing import Preview, ReadFile, compare_file, read_file
from training.admin.plan import Choices
from training.clock import now
from training.database import db, transaction
from training.errors import InvalidError

SHOWN = 50


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--make-teams", is_flag=True, help="Make the teams that are not here yet.")
@click.option("--move", is_flag=True, help="People leave the teams that the file does not name for them.")
@click.option("--invite", is_flag=True, help="Invite new people by mail.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def import_(file: Path, make_teams: bool, move: bool, invite: bool, yes: bool) -> None:
    """Import people and teams from FILE (CSV): show what it would do, ask, write all of it or nothing."""
    choices = Choices(make_teams, move, invite)
    body = file.read_bytes()
    try:
        with _bar("Reading", body.count(b"\n")) as bar:
            read = read_file(body, bar.update)
        preview = compare_file(db.session(), read, choices)
    except InvalidError as problem:
        raise click.ClickException(problem.message) from problem
    _tell(preview)
    if preview.plan.is_empty:
        return
    if not yes:
        click.confirm("Write this?", abort=True)
    _write(read, choices, preview.plan.fingerprint)
    click.echo("Done.")


def _tell(preview: Preview) -> None:
    plan = preview.plan
    for problem in plan.problems[:SHOWN]:
        click.echo(f"row {problem.row}: {problem.words}" if problem.row else problem.words, err=True)
    if len(plan.problems) > SHOWN:
        click.echo(f"… and {len(plan.problems) - SHOWN} more.", err=True)
    if plan.problems:
        raise click.ClickException("Nothing was written.")
    click.echo(
        f"{len(plan.new)} new, {len(plan.touched)} changed, {plan.unchanged} unchanged,"
        f" {len(plan.new_teams)} new teams."
    )


def _write(read: ReadFile, choices: Choices, seen: str) -> None:
    with transaction() as session:
        plan = compare_file(session, read, choices).plan
        if plan.fingerprint != seen:
            raise click.ClickException("The site changed meanwhile. Nothing was written; run it again.")
        with _bar("Writing", len(plan.new)) as bar:
            apply_plan(
                session,
                plan,
                by=None,
                actor=audit.OPERATOR,
                invite=choices.invite,
                at=now(),
                tick=bar.update,
            )


def _bar(label: str, length: int) -> "click._termui_impl.ProgressBar[int]":
    return click.progressbar(length=max(1, length), label=label)
