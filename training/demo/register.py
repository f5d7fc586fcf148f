"""What this feature adds to the site."""

from flask import Flask

from training.demo.commands import demo


def register(app: Flask) -> None:
    """Commands alone: fictional people use the same pages as everybody."""
    app.cli.add_command(demo)
