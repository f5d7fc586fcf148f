"""`flask demo`: fictional people to look around with."""

from collections.abc import Iterable, Mapping
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup

from training.accounts.passphrases import suggest_passphrase
from training.accounts.passwords import hash_password
from training.clock import now
from training.database import db, transaction
from training.demo import people, service
from training.demo.queries import demo_people_exist
from training.errors import TrainingError
from training.rendering import Piece, render
from training.settings import Settings

demo = AppGroup("demo", help="Fictional people in an empty database, to look around.")


@demo.command("create")
def create() -> None:
    """Fill an empty database with fictional people, and print who they are and how to sign in."""
    greet(make())


@demo.command("links")
def links() -> None:
    """Print a fresh one-time sign-in link for each of the fictional people."""
    if not demo_people_exist(db.session()):
        raise click.ClickException("There are no demo people here.")
    greet({})


@demo.command("leave")
def leave() -> None:
    """Remove the fictional people and all they did, for good. They never come back into this database."""
    with transaction() as session:
        removed = service.leave_demo(session, now())
    click.echo(f"Removed {removed} fictional people and all they did. They will not come back.")


def make() -> Mapping[str, str]:
    """Make the fictional people; returns the password of each main one by role, which nothing else keeps."""
    passwords = {one.role: suggest_passphrase() for one in people.MAIN}
    cheap = _settings().cheap_hashes
    hashes = {role: hash_password(password, cheap=cheap) for role, password in passwords.items()}
    card = render([Piece(people.DESK_CARD)])[0]
    try:
        with transaction() as session:
            service.create_demo(session, hashes, card, now())
    except TrainingError as problem:
        raise click.ClickException(
            problem.message or "Publish the content first: flask content import"
        ) from None
    return passwords


def greet(passwords: Mapping[str, str]) -> None:
    """Print who they are: role, e-mail, the password where it is known, and a link for each."""
    with transaction() as session:
        found = service.demo_links(session, _settings().base_url, now())
    rows = [(one.role, one.name, one.email, passwords.get(one.role, ""), one.url) for one in found]
    header = ("Role", "Name", "E-mail", "Password", "Sign-in link (once, within 15 minutes)")
    for line in _table([header, *rows] if passwords else [_without(row) for row in (header, *rows)]):
        click.echo(line)


def _without(row: tuple[str, str, str, str, str]) -> tuple[str, ...]:
    """A later time: the password is known to nobody but who wrote it down."""
    return (*row[:3], row[4])


def _table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    held = list(rows)
    widths = [max(len(cell) for cell in column) for column in zip(*held, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in held
    ]


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
