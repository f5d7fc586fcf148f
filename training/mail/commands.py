"""`flask mail …`: for whoever runs the site."""

from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from training.database import db
from training.mail.delivery import deliver_waiting
from training.mail.models import Message, MessageState
from training.settings import Settings

mail = AppGroup("mail", help="The outbox: send what waits, see what is stuck.")


@mail.command("send")
def send() -> None:
    """Hand over what waits now: by SMTP, or into the folder outbox/ while none is configured."""
    click.echo(str(deliver_waiting(cast("Settings", current_app.extensions["settings"]))))


@mail.command("list")
def list_messages() -> None:
    """How many messages are in each state, and by name those that failed or may have arrived twice."""
    states = select(Message.state, func.count()).group_by(Message.state).order_by(Message.state)
    for state, count in db.session().execute(states):
        click.echo(f"{state:10} {count}")
    stuck = (MessageState.FAILED, MessageState.UNCERTAIN)
    for message in db.session().scalars(select(Message).where(Message.state.in_(stuck)).order_by(Message.id)):
        click.echo(
            f"{message.public_id} {message.state} {message.purpose} {message.to_address}: {message.problem}"
        )
