"""`flask mail …`: for whoever runs the site."""

from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from training.database import db
from training.mail.bounces import read_bounces
from training.mail.delivery import deliver_waiting
from training.mail.models import Message, MessageState
from training.mail.transport import AwayError
from training.settings import Settings

mail = AppGroup("mail", help="The outbox: send what waits, see what is stuck.")


@mail.command("send")
def send() -> None:
    """Hand over what waits now: by SMTP, or into the folder outbox/ while none is configured."""
    click.echo(str(deliver_waiting(cast("Settings", current_app.extensions["settings"]))))


@mail.command("bounces")
def bounces() -> None:
    """Read what came back to the mailbox of TRAINING_BOUNCES_URL, once, and say what was made of it."""
    settings = cast("Settings", current_app.extensions["settings"])
    if not settings.bounces_url:
        raise click.ClickException("no mailbox is set: see TRAINING_BOUNCES_URL in docs/settings.md")
    try:
        click.echo(str(read_bounces(settings)))
    except AwayError as problem:
        raise click.ClickException(str(problem)) from problem


@mail.command("list")
def list_messages() -> None:
    """How many messages are in each state, and by name those that failed, came back or are uncertain."""
    states = select(Message.state, func.count()).group_by(Message.state).order_by(Message.state)
    for state, count in db.session().execute(states):
        click.echo(f"{state:10} {count}")
    stuck = (MessageState.FAILED, MessageState.RETURNED, MessageState.UNCERTAIN)
    for message in db.session().scalars(select(Message).where(Message.state.in_(stuck)).order_by(Message.id)):
        click.echo(
            f"{message.public_id} {message.state} {message.purpose} {message.to_address}: {message.problem}"
        )
