"""What this feature adds to the site."""

from flask import Flask

from training.operations import commands, forked, in_use, lost_connections, metrics, request_log, schema_guard
from training.operations.backups.commands import backup
from training.operations.copying.commands import database
from training.operations.doctor.commands import doctor

COMMANDS = (commands.serve, commands.rotate_key, backup, database, doctor)
# The log begins first, so that a request refused by the guard has its id too.
PARTS = (forked, in_use, lost_connections, schema_guard, request_log, metrics)


def register(app: Flask) -> None:
    """The commands of whoever runs the site, and the refusal to work on an old schema."""
    for command in COMMANDS:
        app.cli.add_command(command)
    for part in PARTS:
        part.init(app)
