"""`flask content export|status [PATH]`: files and the web, one truth."""

from __future__ import annotations

from pathlib import Path

import click

from training.accounts import audit
from training.clock import now
from training.database import db, transaction
from training.library.exporting import export_content
from training.library.said import say_refused
from training.library.sides import Side, file_hashes, list_held, name_of, sides

_PATH = click.argument("path", type=click.Path(path_type=Path), default=Path("content"))


@click.command("export")
@_PATH
@click.option("--take-site", "take", multiple=True, help="Where both changed, such as scenarios/x: the site.")
def export(path: Path, take: tuple[str, ...]) -> None:
    """Write into PATH what the site has newer, byte by byte. A file that changed too is left as it is."""
    with transaction() as session:
        done = export_content(session, path, take)
        if done.written:
            audit.append(
                session,
                actor=audit.OPERATOR,
                action="content exported",
                subject=str(len(done.written)),
                at=now(),
            )
    click.echo(f"{len(done.written)} written, {len(done.newer_files)} newer as files than on the site.")
    say_refused(path, done.refused)
    raise SystemExit(1 if done.refused else 0)


@click.command("status")
@_PATH
def status(path: Path) -> None:
    """Say how each file of PATH and the site stand to each other. Exits 1 where both changed."""
    found = sides(file_hashes(path), list_held(db.session()))
    for key, side in found.items():
        if side is not Side.SAME:
            click.echo(f"{name_of(key):<60}{side.value}")
    click.echo(f"{sum(side is Side.SAME for side in found.values())} of {len(found)} are the same.")
    raise SystemExit(1 if Side.BOTH in found.values() else 0)
