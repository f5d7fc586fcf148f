"""One click makes ten minutes: from this week's tip, or from what divides the team most."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.huddles.conftest import HUDDLES, Room, words
from tests.people import Cast
from tests.statements import counted_statements
from training import clock
from training.clock import now
from training.database import db
from training.huddles.models import Huddle
from training.library.models import Kind, Publication
from training.library.queries import load_lesson


def huddles() -> int:
    db.session.remove()
    return db.session().scalar(select(func.count()).select_from(Huddle)) or 0


def test_one_click_takes_the_newest_tip_s_decision(room: Room, session: Session) -> None:
    newest = session.scalar(
        select(Publication.title)
        .where(Publication.tip_on <= now().date(), Publication.ended_at.is_(None))
        .order_by(Publication.tip_on.desc())
        .limit(1)
    )
    lesson = load_lesson(session, room.row.revision_id)

    page = room.page()

    assert room.row.kind == Kind.LESSON
    assert newest is not None
    assert newest in page
    for reply in lesson.replies:
        assert words(f"<main>{reply.text}") in page


def test_the_button_on_the_team_s_page_goes_on_with_the_one_that_is_open(ben: Browser, room: Room) -> None:
    assert room.address in ben.get("/teams/morning-desk").text

    again = ben.post(HUDDLES)

    assert again.location == room.address
    assert huddles() == 1


def test_another_one_closes_the_one_before(ben: Browser, room: Room) -> None:
    other = ben.post(HUDDLES, {"about": "tip"})

    assert other.location != room.address
    assert room.row.closed_at is not None
    assert huddles() == 2


def test_after_its_hours_the_next_click_begins_a_new_one(ben: Browser, room: Room) -> None:
    with clock.running(lambda: later):
        assert ben.post(HUDDLES).location != room.address


later = now() + timedelta(hours=5)


@pytest.mark.parametrize(("who", "status"), [("tova", 303), ("ada", 303), ("ana", 404), ("lena", 404)])
def test_a_lead_a_trainer_or_an_admin_holds_one(
    app: Flask, published: None, cast: Cast, who: str, status: int
) -> None:
    browser = Browser(app).sign_in(getattr(cast, who))

    assert browser.post(HUDDLES).status_code == status
    assert huddles() == (status == 303)


def test_without_a_tip_it_says_so(app: Flask, cast: Cast) -> None:
    ben = Browser(app).sign_in(cast.ben)

    assert ben.post(HUDDLES).status_code == 303
    assert "no tip with a decision yet" in ben.get("/teams/morning-desk").text
    assert huddles() == 0


def test_where_too_few_took_checks_it_says_why(ben: Browser) -> None:
    back = ben.post(HUDDLES, {"about": "team"})

    assert "Too few people" in ben.get(back.location).text
    assert huddles() == 0


def test_nothing_else_can_be_asked_for(ben: Browser) -> None:
    assert ben.post(HUDDLES, {"about": "practice"}).status_code == 422


def test_before_the_reveal_the_coach_is_on_no_page(ben: Browser, room: Room, session: Session) -> None:
    coach = words(f"<main>{load_lesson(session, room.row.revision_id).replies[0].coaching[0].text}")[:40]
    phone = room.phone().get(f"/huddle/{room.public_id}").text
    pages = [ben.get(room.address + below).text for below in ("", "/sheet", "/screen")]

    assert not any(coach in words(page) for page in [*pages, phone])

    assert coach in room.reveal()
    assert coach in words(ben.get(room.address + "/screen").text)
    assert coach not in words(ben.get(room.address + "/sheet").text), "one page of paper, for any room"


def test_the_screen_has_the_code_and_the_address(ben: Browser, room: Room) -> None:
    html = ben.get(room.address + "/screen").text
    code = room.row.code
    assert code is not None

    assert f"{code[:3]} {code[3:]}" in html
    assert "127.0.0.1" in html
    assert '<svg aria-hidden="true"' in html
    assert 'class="qr"' in html


def test_people_of_the_team_read_it_and_do_not_run_it(app: Flask, cast: Cast, room: Room) -> None:
    ana = Browser(app).sign_in(cast.ana)

    html = ana.get(room.address).text

    assert "Reveal what the coach says" not in html
    assert "/huddle" in html
    for below in ("/sheet", "/screen"):
        assert ana.get(room.address + below).status_code == 404


def test_the_pages_cost_few_statements(app: Flask, ben: Browser, room: Room) -> None:
    room.vote(1, 2, 1, 2, 1)
    found = {}
    for path in (
        "/teams/morning-desk",
        room.address,
        room.address + "/screen",
        room.address + "/sheet",
        HUDDLES,
    ):
        ben.get(path)
        with counted_statements(db.engine) as seen:
            ben.get(path)
        found[path] = sum(statement.startswith("SELECT") for statement in seen)

    assert found["/teams/morning-desk"] <= 5
    assert max(found.values()) <= 5, found


def test_beginning_one_costs_a_bounded_number_of_statements(ben: Browser, room: Room) -> None:
    with counted_statements(db.engine) as seen:
        assert ben.post(HUDDLES, {"about": "tip"}).status_code == 303

    assert len(seen) <= 22, seen
