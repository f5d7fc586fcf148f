"""What this feature adds to the site."""

from flask import Flask

from training.operations import commands, schema_guard


def register(app: Flask) -> None:
    """The `flask serve` command, and the refusal to work on an old schema."""
    app.cli.add_command(commands.serve)
    schema_guard.init(app)
