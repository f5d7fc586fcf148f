"""A lead's own words to one person: a page with one button, once a day each; and the clock of a team."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reminders.conftest import Ask, mails
from training.accounts.models import AuditEntry, Person
from training.teams.models import Team
from training.web.i18n import today_here


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


@pytest.fixture
def ana(ask: Ask, session: Session, cast: Cast) -> str:
    """The address of Ana in the team, three days late with her first week."""
    ask("first-week", today_here() - timedelta(days=3))
    return f"/teams/morning-desk/people/{session.get_one(Person, cast.ana).public_id}"


def test_the_words_are_there_and_can_be_made_ones_own(ben: Browser, ana: str, session: Session) -> None:
    page = ben.get(f"{ana}/nudges/new").text
    assert "Is there a quiet quarter of an hour for First week this week?" in page
    assert mails(session, "nudge") == []  # opening a page sends nothing

    words = "Shall I take your calls at four?\n<b>Ben</b>"
    assert ben.post(f"{ana}/nudges", {"words": words}).location == "/teams/morning-desk/progress"

    (mail,) = mails(session, "nudge")
    assert (mail.to_address, mail.subject) == ("ana@example.invalid", "First week, from Ben Okafor")
    assert "Shall I take your calls at four?\n<b>Ben</b>\n" in mail.text
    assert "&lt;b&gt;Ben&lt;/b&gt;" in mail.html
    assert session.scalars(select(AuditEntry.action)).all() == ["nudged"]


def test_once_a_day_each_is_enough(ben: Browser, ana: str, session: Session) -> None:
    ben.post(f"{ana}/nudges", {"words": "Today at four?"})

    again = ben.post(f"{ana}/nudges", {"words": "Or at five?"})

    assert (again.status_code, "had a nudge today already" in again.text) == (422, True)
    assert "Or at five?" in again.text  # nothing typed is lost
    assert len(mails(session, "nudge")) == 1
    assert len(session.scalars(select(AuditEntry)).all()) == 1


def test_the_same_form_come_twice_is_one_mail_and_no_reproach(
    ben: Browser, ana: str, session: Session
) -> None:
    for _press in range(2):
        assert ben.post(f"{ana}/nudges", {"words": "Today at four?"}).status_code == 303

    assert len(mails(session, "nudge")) == 1
    assert len(session.scalars(select(AuditEntry)).all()) == 1


@pytest.mark.parametrize("words", ["", " \n ", "x" * 1001, "hidden\u202e"])
def test_words_that_cannot_be_sent_are_given_back(
    ben: Browser, ana: str, session: Session, words: str
) -> None:
    assert ben.post(f"{ana}/nudges", {"words": words}).status_code == 422
    assert mails(session, "nudge") == []


def test_who_has_no_mailbox_is_spoken_to(ben: Browser, ana: str, session: Session, cast: Cast) -> None:
    with_number(cast)

    page = ben.get(f"{ana}/nudges/new").text

    assert "Say it in person" in page
    assert page.split("<main")[1].count("<button") == 0
    assert ben.post(f"{ana}/nudges", {"words": "Hello"}).status_code == 404


def with_number(cast: Cast) -> None:
    from training.database import transaction

    with transaction() as writing:
        person = writing.get_one(Person, cast.ana)
        person.email, person.staff_number = None, "1001"


def test_who_owes_nothing_is_left_in_peace(ben: Browser, session: Session, cast: Cast, ask: Ask) -> None:
    ana = f"/teams/morning-desk/people/{session.get_one(Person, cast.ana).public_id}"

    assert "has done everything by now" in ben.get(f"{ana}/nudges/new").text
    assert ben.post(f"{ana}/nudges", {"words": "Hello"}).status_code == 404


def test_a_team_gets_a_clock_of_its_own(ben: Browser, session: Session, cast: Cast) -> None:
    page = ben.get("/teams/morning-desk/clock").text
    assert "As the site: Europe/London" in page

    assert ben.post("/teams/morning-desk/clock", {"time_zone": "Pacific/Auckland"}).status_code == 303
    assert session.get_one(Team, cast.morning_desk).time_zone == "Pacific/Auckland"
    session.rollback()
    for bad in ({"time_zone": "Mars/Olympus"}, {}):
        assert ben.post("/teams/morning-desk/clock", bad).status_code == 422
    assert session.get_one(Team, cast.morning_desk).time_zone == "Pacific/Auckland"
