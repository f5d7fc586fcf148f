"""What this feature adds to the site."""

from datetime import timedelta

from flask import Flask

from training.accounts import account_views, sign_in_views, token_views
from training.accounts.blueprint import bp
from training.accounts.commands import audit_log, people
from training.accounts.service import clean_up_tokens, mail_requested_invitations
from training.accounts.tokens import SpentTokenError
from training.jobs import Job, add_job, in_transaction

VIEWS = (sign_in_views, token_views, account_views)


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root.

    `app.extensions["on_accepted"]` is a list of `OnAccepted`: teams add the one that makes a membership of
    an accepted invitation. `app.extensions["team_ids"]` maps a slug to a team's id once teams put it there.
    """
    app.extensions["on_accepted"] = []
    app.extensions["team_ids"] = None
    app.register_blueprint(bp)
    app.register_error_handler(SpentTokenError, token_views.show_spent)
    app.cli.add_command(people)
    add_job(app, Job("links and sessions", every=timedelta(days=1), run=in_transaction(clean_up_tokens)))
    invite = in_transaction(mail_requested_invitations)
    add_job(app, Job("invitations", every=timedelta(minutes=1), run=invite))
    app.cli.add_command(audit_log)
