"""`flask teams`: what an operator does about teams."""

import click
from flask.cli import AppGroup

from training.accounts import audit
from training.accounts.service import find_by_identifier
from training.clock import now
from training.database import db, transaction
from training.errors import TrainingError
from training.teams import service
from training.teams.models import Role
from training.teams.queries import count_teams, id_of_team
from training.teams.rules import LONGEST_NAME
from training.web.text_fields import can_be_seen, is_plain, normal

teams = AppGroup("teams", help="Teams, and who is in them.")


@teams.command("create")
@click.argument("name")
def create(name: str) -> None:
    """Make a team called NAME and print its address."""
    called = normal(name)
    if not 0 < len(called) <= LONGEST_NAME or not is_plain(called) or not can_be_seen(called):
        raise click.ClickException(f"A team's name is one line of 1 to {LONGEST_NAME} visible characters.")
    with transaction() as session:
        team = service.create_team(session, called)
        audit.append(session, actor=audit.OPERATOR, action="team created", subject=team.public_id, at=now())
        click.echo(team.slug)


@teams.command("list")
def list_() -> None:
    """List every team: address, name, how many people are in it."""
    for slug, name, people in count_teams(db.session()):
        click.echo(f"{slug}\t{name}\t{people}")


@teams.command("add")
@click.argument("team")
@click.argument("who")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.LEARNER.value,
    show_default=True,
    help="What they are in the team.",
)
def add(team: str, who: str, role: str) -> None:
    """Add WHO (e-mail or staff number) to TEAM (its address), or give them another role there."""
    try:
        with transaction() as session:
            person = find_by_identifier(session, who)
            team_id = id_of_team(session, team)
            if person is None or team_id is None:
                what = f"no team at “{team}”" if team_id is None else f"nobody called “{who}”"
                raise click.ClickException(f"There is {what}. Nothing was changed.")
            service.join_team(session, team_id, person.id, Role(role), now())
            action = f"joined a team as {role}"
            audit.append(session, actor=audit.OPERATOR, action=action, subject=person.public_id, at=now())
    except TrainingError as problem:
        raise click.ClickException(problem.message) from problem
    click.echo(f"{who} is a {role} of {team}.")
