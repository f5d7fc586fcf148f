"""The archive by topic, by skill and by year."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.people import Cast
from tests.statements import counted_statements
from training.clock import running
from training.database import db

pytestmark = pytest.mark.usefixtures("late_november")


def titles(page: str) -> list[str]:
    return re.findall(r'class="rows__name">([^<]+)<', page)


@pytest.mark.usefixtures("published")
def test_each_topic_is_a_link_that_says_how_many_tips_it_holds(visitor: Browser) -> None:
    page = visitor.get("/tips").text
    found = re.search(r'href="/tips\?topic=crisis"[^>]*>crisis <small>(\d+)<', page)

    assert found is not None
    assert len(titles(visitor.get("/tips?topic=crisis").text)) == int(found[1])


@pytest.mark.usefixtures("published")
def test_skills_go_by_their_titles_and_years_by_their_numbers(visitor: Browser) -> None:
    page = visitor.get("/tips").text

    assert re.search(r'href="/tips\?skill=restrain"[^>]*>Restrain ', page)
    assert 'href="/tips?year=2026"' in page
    assert titles(visitor.get("/tips?skill=restrain").text)


@pytest.mark.usefixtures("published")
def test_a_narrowed_archive_keeps_its_choice_from_page_to_page(visitor: Browser) -> None:
    first = visitor.get("/tips?year=2026").text

    assert len(titles(first)) == 10
    assert 'href="/tips?year=2026&amp;page=2"' in first
    assert titles(visitor.get("/tips?year=2026&page=2").text)


@pytest.mark.usefixtures("published")
@pytest.mark.parametrize("choice", ["topic=fishing", "topic=%25", "skill=heat", "year=1999"])
def test_what_no_tip_is_about_says_so_and_leads_back(visitor: Browser, choice: str) -> None:
    page = visitor.get(f"/tips?{choice}").text

    assert titles(page) == []
    assert "No tip that has come so far is about this." in page


@pytest.mark.parametrize("year", ["x", "0", "20260", "-1"])
def test_a_year_that_is_none_is_not_there(visitor: Browser, year: str) -> None:
    assert visitor.get(f"/tips?year={year}").status_code == 404


def test_a_tip_of_a_day_to_come_is_counted_nowhere(app: Flask, visitor: Browser, folder: Path) -> None:
    later = LESSON.replace("2026-01-05", "2026-12-07").replace("[heat]", "[weather]")
    import_folder(write_content(folder, {**FILES, "lessons/later.md": later}))

    page = visitor.get("/tips").text
    assert "weather" not in page
    assert re.search(r"2026 <small>1<", page)


@pytest.mark.usefixtures("published")
def test_the_archive_costs_three_statements(app: Flask, visitor: Browser) -> None:
    visitor.get("/tips")

    with counted_statements(db.engine) as seen:
        visitor.get("/tips?topic=heat")

    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) <= 3, seen


@pytest.mark.usefixtures("published")
def test_a_page_of_the_archive_is_light_once_every_tip_has_come(app: Flask, cast: Cast) -> None:
    with running(lambda: datetime(2027, 11, 22, 9, tzinfo=UTC)):
        page = Browser(app).sign_in(cast.ana).get("/tips").get_data()

    assert len(page) <= 12_000
