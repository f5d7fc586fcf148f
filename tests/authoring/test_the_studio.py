"""What trainers see of what is published."""

from flask import Flask

from tests.browsing import Browser
from tests.people import Cast


def test_every_published_file_is_listed_with_its_revision(app: Flask, published: None, cast: Cast) -> None:
    page = Browser(app).sign_in(cast.tova).get("/studio")

    assert page.status_code == 200
    assert "content/scenarios/the-attacking-customer.md" in page.text
    assert "content/lessons/seeing-it-coming.md" in page.text
    assert "tip of 24 August 2026" in page.text


def test_where_nothing_is_published_it_says_what_to_do(app: Flask, cast: Cast) -> None:
    assert "Nothing of this kind yet" in Browser(app).sign_in(cast.ada).get("/studio").text


def test_only_those_who_write_have_it_in_their_menu(app: Flask, published: None, cast: Cast) -> None:
    assert 'href="/studio"' in Browser(app).sign_in(cast.tova).get("/tips").text
    assert 'href="/studio"' not in Browser(app).sign_in(cast.ben).get("/tips").text
    assert Browser(app).sign_in(cast.ben).get("/studio").status_code == 404
