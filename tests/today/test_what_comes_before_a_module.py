"""Modules that come after others: said on both pages, locked nowhere, and next once those are done."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.library.texts import FILES, MODULE
from tests.library_content import import_folder, write_content
from tests.people import Cast
from training.assignments.service import assign_module
from training.clock import now
from training.database import transaction
from training.library.completions import complete_lesson
from training.library.importing import survey
from training.library.models import Kind
from training.library.queries import find_published
from training.web.i18n import today_here

FIRST = MODULE.replace("2. [A short call](../scenarios/a-short-call.md) — check\n", "")
SECOND = MODULE.replace("First week", "Second week").replace(
    "minutes: 10", "minutes: 10\nafter: [first-week]"
)
MODULES = {"modules/first-week.md": FIRST, "modules/second-week.md": SECOND}


@pytest.fixture
def ana(app: Flask, cast: Cast, tmp_path: Path) -> Browser:
    import_folder(write_content(tmp_path / "content", {**FILES, **MODULES}))
    return Browser(app).sign_in(cast.ana)


def answer(person: int) -> None:
    with transaction() as session:
        tip = find_published(session, Kind.LESSON, "seeing-it-coming")
        complete_lesson(session, person, tip, now(), reply=1)


def test_a_module_says_what_comes_before_it_and_is_open_all_the_same(ana: Browser, cast: Cast) -> None:
    page = ana.get("/modules/second-week").text
    assert "Comes after" in page
    assert "(not done yet)" in page
    assert "Read and answer" in page

    answer(cast.ana)
    assert "(done)" in ana.get("/modules/second-week").text


def test_the_list_of_modules_says_it_too(ana: Browser) -> None:
    assert "Comes after First week" in ana.get("/modules").text


def test_who_has_finished_a_module_is_shown_the_one_after_it(ana: Browser, cast: Cast) -> None:
    answer(cast.ana)
    page = ana.get("/modules/first-week").text

    assert "You have finished this one." in page
    assert "Second week comes next." in page
    assert "Comes after" not in page


def test_the_next_step_is_in_what_comes_first_even_where_the_later_one_is_due_sooner(
    ana: Browser, cast: Cast
) -> None:
    with transaction() as session:
        for module, days in (("second-week", 3), ("first-week", 9)):
            at, today = now(), today_here()
            due = today + timedelta(days=days)
            assign_module(session, cast.morning_desk, module, due, by=cast.ben, at=at, today=today)

    before = ana.get("/").text
    assert 'class="eyebrow"><a href="/modules/first-week">' in before
    assert "after First week, due" in before

    answer(cast.ana)
    assert "after First week" not in ana.get("/").text


def test_a_module_that_is_not_there_comes_before_none(app: Flask, tmp_path: Path) -> None:
    for name in ("first-weak", "second-week"):
        text = SECOND.replace("[first-week]", f"[{name}]")
        folder = write_content(tmp_path / name, {**FILES, **MODULES, "modules/second-week.md": text})
        assert "L703" in [one.code for one in survey(folder).diagnostics]


def test_modules_in_a_circle_are_refused_and_the_circle_is_named(app: Flask, tmp_path: Path) -> None:
    third = SECOND.replace("Second week", "Third week").replace("[first-week]", "[second-week]")
    first = FIRST.replace("minutes: 10", "minutes: 10\nafter: [third-week]")
    circle = {
        "modules/first-week.md": first,
        "modules/second-week.md": SECOND,
        "modules/third-week.md": third,
    }
    folder = write_content(tmp_path / "circle", {**FILES, **circle})

    found = [one for one in survey(folder).diagnostics if one.code == "L718"]

    assert [one.severity for one in found] == ["error"] * 3
    assert "first-week → third-week → second-week → first-week" in found[0].message


def test_what_comes_before_a_circle_is_not_refused_itself(app: Flask, tmp_path: Path) -> None:
    folder = write_content(tmp_path / "line", {**FILES, **MODULES})

    assert "L718" not in [one.code for one in survey(folder).diagnostics]


def test_a_retired_module_says_so(ana: Browser, tmp_path: Path) -> None:
    (tmp_path / "content/modules/second-week.md").unlink()
    import_folder(tmp_path / "content")

    reply = ana.get("/modules/second-week")
    assert reply.status_code == 404
    assert "What you did in it is kept." in reply.text
