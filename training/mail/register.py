"""What this feature adds to the site."""

from flask import Flask

from training.mail.commands import mail


def register(app: Flask) -> None:
    """Blueprints, commands, menu entries and readiness checks, called once by the composition root."""
    app.cli.add_command(mail)
