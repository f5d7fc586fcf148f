"""`flask content check|import [PATH]` and `flask content reindex`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click
from flask.cli import AppGroup

from scenarios import Diagnostic
from training.clock import now
from training.database import db, transaction
from training.library.formats import find_files, find_shelf
from training.library.importing import Survey, import_content, survey
from training.library.rebuilding import build_old, list_unbuilt, shelf_of_all, store_builds
from training.library.said import say_what_was_left
from training.library.search import reindex
from training.library.service import list_live

ENOUGH_DECISIONS = 6
content = AppGroup("content", help="What there is to learn: check it, publish it.")
_PATH = click.argument("path", type=click.Path(path_type=Path), default=Path("content"))


@content.command("check")
@_PATH
@click.option("--json", "as_json", is_flag=True, help="Everything found, as JSON.")
def check(path: Path, as_json: bool) -> None:
    """Say everything that is wrong in the files of PATH. Exits 0, 1 with errors, 2 on misuse."""
    _must_hold_files(path)
    found = survey(path, progress=_say)
    if as_json:
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        _print(found.diagnostics)
        _print_decisions(found)
        click.echo(f"{found.files} files: errors {found.errors}, warnings {found.warnings}.")
    raise SystemExit(1 if found.errors else 0)


@content.command("import")
@_PATH
@click.option("--take-file", "take", multiple=True, help="Where both changed, such as scenarios/x: the file.")
def import_(path: Path, take: tuple[str, ...]) -> None:
    """Publish what is new in PATH. A bad file changes nothing: its last good revision stays."""
    _must_hold_files(path)
    live = list_live(db.session())
    db.session.remove()
    found = survey(path, live, _say)
    with transaction() as session:
        done = import_content(session, path, found, now(), take=take)
    build_earlier_revisions(path)
    _print([one for one in found.diagnostics if one.severity == "error"])
    click.echo(
        f"{done.published} published, {done.unchanged} unchanged, {done.retired} retired,"
        f" {done.kept} left as they were because of errors."
    )
    say_what_was_left(path, done.overtaken, done.refused)
    raise SystemExit(1 if found.errors or done.refused else 0)


@content.command("reindex")
def reindex_() -> None:
    """Make the search's index anew from what is published."""
    with transaction() as session:
        found = reindex(session)
    click.echo(f"{found} lessons can be found by their words.")


def build_earlier_revisions(path: Path) -> None:
    """After a release with another format: old revisions too, since attempts are pinned to them."""
    unbuilt = list_unbuilt(db.session())
    shelf = shelf_of_all(db.session(), find_shelf(path)) if unbuilt else None
    db.session.remove()
    if shelf is None:
        return
    bodies = build_old(unbuilt, shelf)
    with transaction() as session:
        store_builds(session, bodies, now())
    click.echo(f"{len(bodies)} of {len(unbuilt)} earlier revisions built anew.")


def _must_hold_files(path: Path) -> None:
    """An empty folder is a slip of the hand, not a wish to take everything down."""
    if not find_files(path):
        click.echo(
            f"No content in {path}. It should hold skills, lessons, scenarios and modules as .md files;"
            " nothing was changed.",
            err=True,
        )
        raise SystemExit(2)


def _say(words: str) -> None:
    click.echo(words, err=True)


def _print(diagnostics: Sequence[Diagnostic]) -> None:
    for one in diagnostics:
        click.echo(str(one))


def _print_decisions(found: Survey) -> None:
    click.echo("Decisions by skill:")
    for skill, count in sorted(found.decisions.items()):
        few = f"  (fewer than {ENOUGH_DECISIONS})" if count < ENOUGH_DECISIONS else ""
        click.echo(f"  {skill:<20}{count:>4}{few}")


def _as_json(found: Survey) -> dict[str, object]:
    return {
        "files": found.files,
        "errors": found.errors,
        "warnings": found.warnings,
        "decisions": dict(sorted(found.decisions.items())),
        "diagnostics": [one.to_json() for one in found.diagnostics],
    }
