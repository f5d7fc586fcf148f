"""A finished module on paper, and the address at which anybody can see that it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from tests.browsing import Browser
from tests.contracts.access_world import finish_first_week
from tests.people import Cast
from tests.statements import counted_statements
from tests.viewers import as_viewer
from training.assignments.service import assign_module
from training.certificates.models import Certificate
from training.clock import now
from training.database import db, transaction
from training.library.models import Publication


@pytest.fixture
def ana(app: Flask, published: None, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ana)


@pytest.fixture
def address(ana: Browser, cast: Cast) -> str:
    """Ana has finished her first week, as her team was asked."""
    with transaction() as session:
        at = now()
        due = (at + timedelta(days=7)).date()
        assign_module(session, cast.morning_desk, "first-week", due, by=cast.ben, at=at, today=at.date())
        public_id = finish_first_week(session, as_viewer(session, cast.ana), at)
    return f"/certificates/{public_id}"


def count() -> int:
    db.session.remove()
    return db.session().scalar(select(func.count()).select_from(Certificate)) or 0


def test_who_finished_makes_one_and_again_it_is_the_same(ana: Browser, address: str) -> None:
    assert "Your certificate" in ana.get("/modules/first-week").text

    for _ in range(2):
        assert ana.post("/modules/first-week/certificates").location == f"{address}/sheet"

    assert count() == 1


def test_nobody_makes_one_for_what_is_not_finished(ana: Browser) -> None:
    assert "Your certificate" not in ana.get("/modules/first-week").text
    assert ana.post("/modules/first-week/certificates").status_code == 404
    assert ana.post("/modules/missing/certificates").status_code == 404
    assert count() == 0


def test_the_page_to_print_says_who_what_when_and_what_it_took(ana: Browser, address: str) -> None:
    html = ana.get(f"{address}/sheet").text

    for words in ("Ana Duarte", "First week", "An ordinary first call", "passed in a check", address):
        assert words in html
    assert "The attacking customer" not in html, "practice took nothing"
    assert "%" not in html[html.index("<main") :]


def test_its_address_tells_a_visitor_the_name_the_module_and_the_day_alone(
    visitor: Browser, address: str
) -> None:
    page = visitor.get(address)
    html = page.text[page.text.index("<main") :]

    assert "This certificate is valid." in html
    assert "Ana Duarte" in html
    assert "First week" in html
    for secret in ("ana@", "Morning desk", "An ordinary first call", "/sheet", "passed"):
        assert secret not in html
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert 'content="noindex"' in page.text


def test_the_page_to_print_is_its_owner_s_alone(app: Flask, cast: Cast, address: str) -> None:
    for person in (cast.ben, cast.tova, cast.ada, cast.omar):
        assert Browser(app).sign_in(person).get(f"{address}/sheet").status_code == 404


def test_an_address_that_never_was_is_not_there(visitor: Browser) -> None:
    assert visitor.get("/certificates/aaaaaaaaaaaaaaaa").status_code == 404


def test_later_edits_take_nothing_back(ana: Browser, visitor: Browser, address: str) -> None:
    with transaction() as session:
        session.execute(update(Publication).values(ended_at=now(), title="Something else"))

    assert "First week" in visitor.get(address).text
    assert "An ordinary first call" in ana.get(f"{address}/sheet").text


def test_another_name_later_leaves_the_paper_as_it_was(ana: Browser, visitor: Browser, address: str) -> None:
    ana.post("/account/name", {"name": "Ana Reyes"})

    assert "Ana Duarte" in visitor.get(address).text


def test_after_erasure_it_is_no_longer_kept(ana: Browser, visitor: Browser, address: str) -> None:
    assert ana.post("/account/erasure", {"sure": "y"}).status_code == 303

    page = visitor.get(address)

    assert page.status_code == 200
    assert "no longer kept" in page.text
    assert "Ana Duarte" not in page.text
    db.session.remove()
    assert db.session().scalars(select(Certificate.name)).all() == [""]


def test_looking_one_up_costs_one_statement(visitor: Browser, address: str) -> None:
    with counted_statements(db.engine) as seen:
        visitor.get(address)

    assert sum("certificate" in statement for statement in seen) == 1
    assert len(seen) <= 4, seen
