"""Finding a tip by its words, on either database, with a slip of the pen."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from tests.browsing import Browser
from tests.library.test_looking_through_the_archive import titles
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.statements import counted_statements
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import list_published
from training.library.search import reindex, search_tips
from training.library.spelling import LONG, one_slip_apart, words_of

pytestmark = pytest.mark.usefixtures("late_november")
# Stands in for a letter that was hit by mistake.
OTHER = {"z": "q"}


def with_a_wrong_letter(word: str, at: int) -> str:
    return word[:at] + OTHER.get(word[at], "z") + word[at + 1 :]


@pytest.mark.usefixtures("published")
def test_a_wrong_letter_in_a_long_word_of_a_title_still_finds_it_in_the_first_three(app: Flask) -> None:
    today = now().date()
    tips = [one for one in list_published(db.session(), Kind.LESSON) if one.tip_on and one.tip_on <= today]
    tried = 0
    for tip in tips:
        for word in (one for one in words_of(tip.title) if len(one) >= LONG):
            for at in range(len(word)):
                found = search_tips(db.session(), with_a_wrong_letter(word, at), today)
                assert tip.item_id in found[:3], (tip.title, word, at)
                tried += 1

    assert tried > 100


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("it is not personal", "It is not personal"),
        ("PERSONAL", "It is not personal"),
        ("pers", "It is not personal"),
        ("not persomal", "It is not personal"),
        ("prsonal", "It is not personal"),
        ("selling hope", "Do not sell hope"),
    ],
)
def test_titles_are_found_by_their_words_however_they_are_written(
    visitor: Browser, asked: str, title: str
) -> None:
    assert title in titles(visitor.get("/tips", query_string={"q": asked}).text)[:3]


def test_the_words_of_the_text_and_of_the_replies_are_found_too(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))

    for asked in ("temperature", "hummed worked", "moves left", "heat"):
        assert titles(visitor.get("/tips", query_string={"q": asked}).text) == ["Seeing it coming"], asked


def test_what_nothing_says_gets_a_word_and_a_way_on(visitor: Browser, folder: Path, app: Flask) -> None:
    import_folder(write_content(folder, FILES))
    page = visitor.get("/tips?q=xylophone").text

    assert titles(page) == []
    assert "No tip says that" in page


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize(
    "asked", ['"', "a AND", "NEAR(", "title:heat*", "& | !", "'; DROP", "%", "—", "ﷺ" * 90, "word " * 90]
)
def test_no_sign_of_a_query_language_means_anything(visitor: Browser, asked: str) -> None:
    assert visitor.get("/tips", query_string={"q": asked}).status_code == 200


def test_a_tip_of_a_day_to_come_is_not_found_before_its_day(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    later = LESSON.replace("2026-01-05", "2026-12-07").replace("Seeing it", "Marmalade is")
    import_folder(write_content(folder, {**FILES, "lessons/later.md": later}))

    assert titles(visitor.get("/tips?q=marmalade").text) == []
    assert titles(visitor.get("/tips?q=marmelade").text) == []


def test_a_changed_text_is_found_by_its_new_words_and_a_retired_one_by_none(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    changed = LESSON.replace("temperature", "thermometer")
    import_folder(write_content(folder, {"lessons/seeing-it-coming.md": changed}))

    assert titles(visitor.get("/tips?q=temperature").text) == []
    assert titles(visitor.get("/tips?q=thermometer").text) == ["Seeing it coming"]

    (folder / "lessons/seeing-it-coming.md").unlink()
    import_folder(folder)
    assert titles(visitor.get("/tips?q=thermometer").text) == []


@pytest.mark.usefixtures("published")
def test_an_index_that_was_lost_is_made_anew(app: Flask, visitor: Browser) -> None:
    with transaction() as session:
        session.execute(text("DELETE FROM search_tip"))
    assert titles(visitor.get("/tips?q=customer").text) == []
    with transaction() as session:
        made = reindex(session)

    assert made == len(list_published(db.session(), Kind.LESSON))
    assert titles(visitor.get("/tips?q=customer").text)


def test_an_index_that_is_younger_than_its_lessons_is_filled_by_the_next_import(
    app: Flask, visitor: Browser, folder: Path
) -> None:
    import_folder(write_content(folder, FILES))
    with transaction() as session:
        session.execute(text("DELETE FROM search_tip"))
    import_folder(folder)

    assert titles(visitor.get("/tips?q=temperature").text) == ["Seeing it coming"]


@pytest.mark.usefixtures("published")
def test_a_search_costs_five_statements(app: Flask, visitor: Browser) -> None:
    visitor.get("/tips")

    with counted_statements(db.engine) as seen:
        visitor.get("/tips?q=personal")

    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) <= 5, seen


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("pivot", "pivot", True),
        ("pivat", "pivot", True),
        ("pivto", "pivot", True),
        ("pvot", "pivot", True),
        ("pivoot", "pivot", True),
        ("ivot", "pivot", True),
        ("pvto", "pivot", False),
        ("pivots!", "pivot", False),
        ("qibot", "pivot", False),
    ],
)
def test_one_slip_is_forgiven_and_two_are_not(one: str, other: str, near: bool) -> None:
    assert one_slip_apart(one, other) is near
    assert one_slip_apart(other, one) is near
