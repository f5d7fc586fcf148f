"""What the commands say of files and items that do not agree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from training.database import db
from training.library.sides import Key, list_held, name_of, path_of, shown_difference


def say_what_was_left(content: Path, overtaken: int, refused: Sequence[Key]) -> None:
    """After an import: what the site has newer, and what changed on both sides, with the way on."""
    if overtaken:
        click.echo(f"{overtaken} newer on the site than in their files: `flask content export` writes them.")
    say_refused(content, refused)


def say_refused(content: Path, refused: Sequence[Key]) -> None:
    """Each item that changed on both sides, how it differs, and what to do."""
    if not refused:
        return
    held = list_held(db.session())
    for key in refused:
        click.echo(f"{path_of(content, key)}: the file and the site both changed, so neither was touched.")
        click.echo(shown_difference(content, key, held[key]))
        name = name_of(key)
        click.echo(f"To publish the file: `flask content import --take-file {name}`.")
        click.echo(f"To write the site's text into the file: `flask content export --take-site {name}`.")
