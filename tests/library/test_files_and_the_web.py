"""Files and the web hold one truth: nothing that changed on either side is lost without a word."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.library.texts import FILES
from tests.library_content import CONTENT, import_folder, write_content
from training.clock import now
from training.database import transaction
from training.errors import NotFoundError
from training.library.exporting import Exported, export_content
from training.library.formats import SourceFile, find_shelf, read_file
from training.library.models import Item, Kind, Revision
from training.library.queries import find_published
from training.library.service import publish, retire
from training.library.sides import Held, Side, stand

SKILL = "skills/restrain.md"
KEY = (Kind.SKILL, "restrain")


@pytest.fixture
def files(app: Flask, folder: Path) -> Path:
    """A folder whose files were imported."""
    import_folder(write_content(folder, FILES))
    return folder


def on_the_site(files: Path, text: str, slug: str = "restrain") -> None:
    """As the studio publishes: no file has a part in it."""
    draft = read_file(
        text.encode(), SourceFile(Kind.SKILL, slug, Path(f"{slug}.md")), find_shelf(files)
    ).draft
    assert draft is not None
    body = '{"html": "<p>x</p>", "language": "en"}'
    with transaction() as session:
        publish(session, draft, body, now())


def live_text(session: Session, slug: str = "restrain") -> str:
    found = find_published(session, Kind.SKILL, slug)
    return session.get_one(Revision, found.revision_id).source


def export(files: Path, *take: str) -> Exported:
    with transaction() as session:
        return export_content(session, files, take)


def changed(files: Path, words: str) -> str:
    return (files / SKILL).read_text().replace("Let the first", f"{words} let the first")


def test_every_shipped_file_comes_back_byte_by_byte(app: Flask, published: None, tmp_path: Path) -> None:
    done = export(tmp_path / "out")

    written = {
        path.relative_to(tmp_path / "out"): path.read_bytes() for path in (tmp_path / "out").rglob("*.md")
    }
    assert written == {
        path.relative_to(CONTENT): path.read_bytes()
        for folder in ("skills", "lessons", "scenarios", "modules")
        for path in (CONTENT / folder).glob("*.md")
    }
    assert (len(done.written), done.refused) == (len(written), ())


def test_odd_bytes_survive_the_round_trip(app: Flask, folder: Path, tmp_path: Path) -> None:
    odd = "---\r\ntitle: Restrain\r\nsummary: Keep level.\r\n---\r\nWait \u2013 then speak.\r\n\r\n\r\n"
    write_content(folder, FILES)
    (folder / SKILL).write_bytes(odd.encode())
    import_folder(folder)
    (folder / SKILL).unlink()

    export(folder, "skills/restrain")

    assert (folder / SKILL).read_bytes() == odd.encode()


def test_what_was_made_in_the_studio_outlives_an_import(files: Path, session: Session) -> None:
    on_the_site(files, FILES[SKILL].lstrip().replace("Restrain", "Wait"), "wait")

    _found, done = import_folder(files)

    assert done.retired == 0
    assert live_text(session, "wait")


def test_an_older_file_never_takes_the_place_of_a_newer_text(files: Path, session: Session) -> None:
    newer = changed(files, "Breathe, and")
    on_the_site(files, newer)

    _found, done = import_folder(files)

    assert (done.published, done.overtaken) == (0, 1)
    assert live_text(session) == newer


def test_an_export_brings_the_file_up_and_then_both_are_the_same(files: Path) -> None:
    newer = changed(files, "Breathe, and")
    on_the_site(files, newer)

    assert export(files).written == (KEY,)
    assert (files / SKILL).read_text() == newer
    assert export(files).written == ()
    assert import_folder(files)[1].overtaken == 0


def test_where_both_changed_neither_is_touched(files: Path, session: Session) -> None:
    ours, theirs = changed(files, "Breathe, and"), changed(files, "Sit, and")
    on_the_site(files, ours)
    (files / SKILL).write_text(theirs)

    assert import_folder(files)[1].refused == (KEY,)
    assert export(files).refused == (KEY,)
    assert live_text(session) == ours
    assert (files / SKILL).read_text() == theirs


def test_the_commands_show_the_difference_and_the_way_on(app: Flask, files: Path, session: Session) -> None:
    on_the_site(files, changed(files, "Breathe, and"))
    (files / SKILL).write_text(changed(files, "Sit, and"))
    run = app.test_cli_runner().invoke

    refused = run(args=["content", "import", str(files)])
    assert refused.exit_code == 1
    assert "-Breathe, and let the first" in refused.output
    assert "+Sit, and let the first" in refused.output
    assert "flask content import --take-file skills/restrain" in refused.output
    assert "both changed" in run(args=["content", "status", str(files)]).output

    assert run(args=["content", "import", str(files), "--take-file", "skills/restrain"]).exit_code == 0
    assert "Sit, and" in live_text(session)
    assert run(args=["content", "status", str(files)]).exit_code == 0


def test_the_site_may_win_too(app: Flask, files: Path) -> None:
    ours = changed(files, "Breathe, and")
    on_the_site(files, ours)
    (files / SKILL).write_text(changed(files, "Sit, and"))

    run = app.test_cli_runner().invoke(
        args=["content", "export", str(files), "--take-site", "skills/restrain"]
    )

    assert run.exit_code == 0
    assert (files / SKILL).read_text() == ours


def test_what_was_taken_down_on_the_site_stays_down(files: Path, session: Session) -> None:
    with transaction() as writing:
        retire(writing, [writing.scalars(select(Item.id).where(Item.slug == "restrain")).one()], now())

    import_folder(files)

    with pytest.raises(NotFoundError):
        find_published(session, *KEY)


def test_a_file_that_goes_and_comes_back_is_published_again(files: Path, session: Session) -> None:
    kept = (files / SKILL).read_bytes()
    (files / SKILL).unlink()
    assert import_folder(files)[1].retired == 1
    (files / SKILL).write_bytes(kept)

    assert import_folder(files)[1].published == 1
    assert live_text(session).encode() == kept


def test_how_a_file_and_its_item_stand() -> None:
    def held(live: str, last: str) -> Held:
        return Held(1, live, "", last)

    assert stand("a", None) is Side.NEW
    assert stand("a", held("a", "")) is Side.SAME
    assert stand("b", held("a", "a")) is Side.FILE
    assert stand("a", held("b", "a")) is Side.SITE
    assert stand("b", held("c", "a")) is Side.BOTH
    assert stand("b", held("c", "")) is Side.BOTH
    assert stand("", held("a", "a")) is Side.GONE
    assert stand("", held("b", "a")) is Side.BOTH
    assert stand("", held("a", "")) is Side.STUDIO
    assert stand("a", held("", "a")) is Side.DOWN
    assert stand("b", held("", "a")) is Side.BOTH
