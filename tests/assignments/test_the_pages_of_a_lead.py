"""Asking for a module on a page: the form, what it refuses, moving the date, taking it back."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import to_user_timezone
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import AuditEntry
from training.assignments.queries import list_asked_modules
from training.clock import now

ASKED = "/teams/morning-desk/assignments"
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


def day(days: int) -> str:
    return str((to_user_timezone(now()).date() + timedelta(days=days)).isoformat())


def asked(session: Session, cast: Cast) -> list[tuple[str, str]]:
    session.rollback()
    found = list_asked_modules(session, cast.morning_desk)
    return [(one.slug, one.due_on.isoformat() if one.due_on else "") for one in found]


def test_a_lead_asks_moves_the_date_and_takes_it_back(ben: Browser, session: Session, cast: Cast) -> None:
    assert "Nothing yet" in ben.get(ASKED).text
    assert f'value="{day(14)}"' in ben.get(f"{ASKED}/new").text
    assert ben.post(ASKED, {"module": "first-week", "due_on": day(7)}).location == ASKED
    assert asked(session, cast) == [("first-week", day(7))]
    assert "First week" in ben.get(ASKED).text

    assert '<option selected value="first-week">' in ben.get(f"{ASKED}/new?module=first-week").text
    ben.post(ASKED, {"module": "first-week", "due_on": day(21)})
    assert asked(session, cast) == [("first-week", day(21))]

    withdrawal = f"{ASKED}/{list_asked_modules(session, cast.morning_desk)[0].public_id}/withdrawal"
    assert ben.post(withdrawal).location == ASKED
    assert asked(session, cast) == []
    again = ben.post(withdrawal)
    assert again.status_code == 404
    assert "If you sent this twice, the first one counted." in again.text
    assert "ended by Ben Okafor" in ben.get(ASKED).text
    noted = session.scalars(select(AuditEntry.action)).all()
    assert noted == ["asked for first-week", "asked for first-week", "no longer asked for first-week"]


def test_a_date_is_optional(ben: Browser, session: Session, cast: Cast) -> None:
    ben.post(ASKED, {"module": "first-week", "due_on": ""})

    assert asked(session, cast) == [("first-week", "")]
    assert "no due date" in ben.get(ASKED).text


@pytest.mark.parametrize(
    ("module", "due_on", "said"),
    [
        ("first-week", "yesterday", "That day has gone by"),
        ("first-week", "2026-13-40", "Not a valid date"),
        ("no-such-module", "", "Not a valid choice"),
        ("", "", "Choose a module."),
    ],
)
def test_what_cannot_be_asked_is_given_back_with_the_reason(
    ben: Browser, session: Session, cast: Cast, module: str, due_on: str, said: str
) -> None:
    reply = ben.post(ASKED, {"module": module, "due_on": day(-1) if due_on == "yesterday" else due_on})

    assert reply.status_code == 422
    assert said in reply.text
    assert asked(session, cast) == []


@pytest.mark.parametrize("who", ["tova", "ada"])
def test_a_trainer_and_an_admin_may_ask_any_team(app: Flask, cast: Cast, who: str) -> None:
    browser = Browser(app).sign_in(getattr(cast, who))

    assert browser.post(ASKED, {"module": "first-week", "due_on": ""}).status_code == 303


@pytest.mark.parametrize("who", ["ana", "omar", "lena"])
def test_others_may_not(app: Flask, session: Session, cast: Cast, who: str) -> None:
    browser = Browser(app).sign_in(getattr(cast, who))

    assert browser.get(ASKED).status_code == 404
    assert browser.get(f"{ASKED}/new").status_code == 404
    assert browser.post(ASKED, {"module": "first-week", "due_on": ""}).status_code == 404
    assert asked(session, cast) == []
