"""The menu holds the places that a reader may open, in the order in which people need them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.people import Cast


def places(browser: Browser) -> list[str]:
    page = browser.get("/help").get_data(as_text=True)
    return re.findall(r'class="places__link" href="([^"]+)"', page)


LEARNER = ["/", "/tips", "/scenarios", "/teams"]


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        ("ana", LEARNER),
        ("ben", LEARNER),
        ("tova", [*LEARNER, "/studio"]),
        ("ada", [*LEARNER, "/studio", "/admin"]),
    ],
)
def test_everybody_has_the_places_that_are_theirs(app: Flask, cast: Cast, who: str, shown: list[str]) -> None:
    assert places(Browser(app).sign_in(getattr(cast, who))) == shown


def test_a_visitor_has_the_tips(visitor: Browser) -> None:
    assert places(visitor) == ["/tips"]


def test_a_visitor_has_no_menu_where_tips_are_for_members(site_like: Callable[..., Flask]) -> None:
    assert places(Browser(site_like(public_tips=False))) == []


@pytest.mark.parametrize(("wanted", "given"), [("cy, en;q=0.5", "cy"), ("fr", "en")])
def test_a_reader_is_answered_in_the_best_of_the_languages_that_there_are(
    app: Flask, wanted: str, given: str
) -> None:
    app.config["LANGUAGES"] = ["en", "cy"]

    page = app.test_client().get("/help", headers={"Accept-Language": wanted})

    assert f'<html lang="{given}">' in page.get_data(as_text=True)


def test_a_page_has_no_indentation_of_its_template_and_keeps_what_people_wrote(app: Flask) -> None:
    source = app.jinja_env.preprocess("<div>\n    <pre>{{ said }}</pre>\n\t</div>", "a.html")
    page = app.jinja_env.from_string(source).render(said="one\n    two")

    assert page == "<div>\n<pre>one\n    two</pre>\n</div>"
    assert app.jinja_env.preprocess("a\n    list", "mail/a.txt") == "a\n    list"
