"""`flask content import`: what is good is published, what is bad changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.library.texts import CALL, FILES, LESSON
from tests.library_content import import_folder, write_content
from training.database import db, transaction
from training.errors import NotFoundError
from training.library.models import Kind, Publication, Revision
from training.library.queries import (
    find_published,
    list_published,
    load_lesson,
    load_module,
    load_scenario,
    load_skill,
)

CALL_FILE, LESSON_FILE = "scenarios/a-short-call.md", "lessons/seeing-it-coming.md"


def revisions(session: Session) -> int:
    return session.execute(select(func.count()).select_from(Revision)).scalar_one()


def test_everything_good_is_published(app: Flask, session: Session, folder: Path) -> None:
    found, done = import_folder(write_content(folder, FILES))

    assert found.errors == 0
    assert done.published == 4
    assert [one.title for one in list_published(session, Kind.MODULE)] == ["First week"]


def test_a_published_call_can_be_played_and_shown(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))

    call = find_published(session, Kind.SCENARIO, "a-short-call")
    build = load_scenario(session, call.revision_id)

    assert build.compiled.best == 2
    assert build.html("It broke.") == "<p>It broke.</p>"
    assert build.inline('"What did it *do*?"') == '"What did it <em>do</em>?"'
    assert call.refers_to == ("skill/restrain", "lesson/seeing-it-coming")


def test_a_module_knows_its_list(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))

    module = load_module(session, find_published(session, Kind.MODULE, "first-week").revision_id)

    assert [(one.kind, one.slug, one.rule) for one in module.entries] == [
        (Kind.LESSON, "seeing-it-coming", "answer"),
        (Kind.SCENARIO, "a-short-call", "check"),
    ]


def test_a_lesson_keeps_its_prose_and_its_decision(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))

    tip = find_published(session, Kind.LESSON, "seeing-it-coming")
    lesson = load_lesson(session, tip.revision_id)

    assert str(tip.tip_on) == "2026-01-05"
    assert tip.topics == ("heat",)
    assert lesson.html == "<p>The first is to <em>keep</em> your own temperature.</p>"
    assert [reply.band for reply in lesson.replies] == ["weak", "strong"]
    assert lesson.replies[0].coaching[0].text == "<p>He hears an accusation.</p>"


def test_the_same_text_again_makes_no_revision(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    before = revisions(session)
    session.rollback()

    _found, done = import_folder(folder)

    assert done.unchanged == 4
    assert revisions(session) == before


def test_an_edit_makes_the_next_revision_and_the_old_one_stays(
    app: Flask, session: Session, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    old = find_published(session, Kind.SCENARIO, "a-short-call").revision_id
    session.rollback()

    write_content(folder, {CALL_FILE: CALL.replace("A short call", "A brief call")})
    _found, done = import_folder(folder)

    new = find_published(session, Kind.SCENARIO, "a-short-call")
    assert (done.published, new.title) == (1, "A brief call")
    assert new.revision_id != old
    assert load_scenario(session, old).title == "A short call"


def test_only_the_file_that_changed_is_read_and_built(app: Flask, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    write_content(folder, {"lessons/seeing-it-coming.md": LESSON.replace("Three", "Four")})

    found, done = import_folder(folder)

    assert [one.draft.slug for one in found.built] == ["seeing-it-coming"]
    assert (done.published, done.unchanged) == (1, len(FILES) - 1)


def test_going_back_to_an_older_text_makes_that_revision_live_again(
    app: Flask, session: Session, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    first = find_published(session, Kind.SCENARIO, "a-short-call").revision_id
    session.rollback()
    for title in ("A brief call", "A short call"):
        write_content(folder, {CALL_FILE: CALL.replace("A short call", title)})
        import_folder(folder)

    assert find_published(session, Kind.SCENARIO, "a-short-call").revision_id == first


def test_a_bad_file_changes_nothing_and_hides_nothing(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    old = find_published(session, Kind.SCENARIO, "a-short-call").revision_id
    session.rollback()

    changed = LESSON.replace("Seeing it coming", "Seeing it come")
    write_content(folder, {CALL_FILE: CALL.replace("(#gone)", "(#kicked)"), LESSON_FILE: changed})
    found, done = import_folder(folder)

    assert (done.published, done.kept) == (1, 1)
    assert any(one.code == "S201" and one.line == 18 for one in found.diagnostics)
    assert find_published(session, Kind.SCENARIO, "a-short-call").revision_id == old
    assert find_published(session, Kind.LESSON, "seeing-it-coming").title == "Seeing it come"


def test_a_file_that_is_no_text_changes_nothing(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    (folder / CALL_FILE).write_bytes(b"\xff\xfe\x00")

    found, done = import_folder(folder)

    assert done.kept == 1
    assert found.errors
    assert find_published(session, Kind.SCENARIO, "a-short-call").title == "A short call"


def test_a_text_that_cannot_be_rendered_fails_alone(app: Flask, session: Session, folder: Path) -> None:
    hostile = LESSON.replace("The first is", "[" * 9000 + " The first is")
    files = {**FILES, "lessons/hostile.md": hostile}

    found, done = import_folder(write_content(folder, files))

    assert (done.published, done.kept) == (4, 1)
    assert [one.code for one in found.diagnostics if one.severity == "error"] == ["L713"]
    with pytest.raises(NotFoundError):
        find_published(session, Kind.LESSON, "hostile")


def test_a_deleted_file_retires_its_item_and_keeps_its_revisions(
    app: Flask, session: Session, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    revision = find_published(session, Kind.LESSON, "seeing-it-coming").revision_id
    session.rollback()

    (folder / LESSON_FILE).unlink()
    _found, done = import_folder(folder)

    assert done.retired == 1
    assert list_published(session, Kind.LESSON) == []
    assert load_lesson(session, revision).html


def test_a_folder_that_is_missing_retires_nothing(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))

    (folder / CALL_FILE).unlink()
    (folder / "scenarios").rmdir()
    _found, done = import_folder(folder)

    assert done.retired == 0
    assert find_published(session, Kind.SCENARIO, "a-short-call").title == "A short call"


def test_only_one_revision_is_live_at_a_time(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    for title in ("One", "Two", "Three"):
        write_content(folder, {CALL_FILE: CALL.replace("A short call", title)})
        import_folder(folder)

    held = session.execute(
        select(Publication).join(Publication.item).where(Publication.title.in_(("One", "Two", "Three")))
    ).scalars()
    ended = {one.title: one.ended_at for one in held}
    assert ended["Three"] is None
    assert None not in (ended["One"], ended["Two"])


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_a_revision(app: Flask, folder: Path, verb: str) -> None:
    import_folder(write_content(folder, FILES))
    statement = {"update": "UPDATE revision SET source = ''", "delete": "DELETE FROM revision"}[verb]

    with pytest.raises(DBAPIError, match="never change"), transaction() as session:
        session.connection().exec_driver_sql(statement)


def test_play_files_are_left_alone(app: Flask, folder: Path) -> None:
    _found, done = import_folder(write_content(folder, {**FILES, "scenarios/a-short-call.play": "1 | x\n"}))

    assert done.published == 4


def test_a_draft_is_not_published_and_a_published_lesson_can_become_one(
    app: Flask, session: Session, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))

    write_content(folder, {LESSON_FILE: LESSON.replace("topics:", "draft: yes\ntopics:")})
    _found, done = import_folder(folder)

    assert (done.published, done.retired) == (0, 1)
    assert list_published(session, Kind.LESSON) == []


def test_a_build_is_read_once_and_then_kept(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    revision = find_published(session, Kind.SKILL, "restrain").revision_id

    first = load_skill(session, revision)
    db.session.remove()

    assert load_skill(db.session(), revision) is first


def test_a_revision_of_one_kind_is_not_read_as_another(app: Flask, session: Session, folder: Path) -> None:
    import_folder(write_content(folder, FILES))

    with pytest.raises(NotFoundError):
        load_lesson(session, find_published(session, Kind.LESSON, "first-week").revision_id)


def test_two_hosts_that_import_at_once_make_one_revision_of_each_text(
    app: Flask, session: Session, folder: Path
) -> None:
    write_content(folder, FILES)

    def one_host() -> int:
        with app.app_context():
            found, _done = import_folder(folder)
            db.session.remove()
            return found.errors

    with ThreadPoolExecutor(2) as hosts:
        assert [one.result() for one in (hosts.submit(one_host), hosts.submit(one_host))] == [0, 0]
    assert revisions(session) == 4


@pytest.mark.usefixtures("published")
def test_the_shipped_content_is_there_for_tests_that_ask(app: Flask, session: Session) -> None:
    module = find_published(session, Kind.MODULE, "first-week")
    entries = load_module(session, module.revision_id).entries

    call = find_published(session, Kind.SCENARIO, entries[-1].slug)
    assert load_scenario(session, call.revision_id).compiled.best > 0
