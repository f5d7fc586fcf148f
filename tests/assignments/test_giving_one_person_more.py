"""Pages with one button: more time for one person, and a new check for who has passed one."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import AuditEntry, Person
from training.assignments.models import AskedOf, CheckAllowance, Extension
from training.assignments.queries import list_asked_modules
from training.assignments.service import Terms, assign_module
from training.clock import now
from training.database import transaction
from training.web.i18n import today_here

ASKED = "/teams/morning-desk/assignments"
CALL = "an-ordinary-first-call"
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


@pytest.fixture
def base(cast: Cast, session: Session) -> str:
    """The address of Ana's part in the first week, due in three days."""
    with transaction() as writing:
        asked = assign_module(
            writing, cast.morning_desk, "first-week", day(3), by=cast.ben, at=now(), today=today_here()
        )
        return f"{ASKED}/{asked.public_id}/people/{writing.get_one(Person, cast.ana).public_id}"


def day(days: int) -> date:
    return today_here() + timedelta(days=days)


def test_a_lead_gives_one_person_a_week_more(ben: Browser, base: str, session: Session, cast: Cast) -> None:
    page = ben.get(f"{base}/extension").text
    assert f'value="{day(10)}"' in page
    assert page.split("<main")[1].count("<button") == 1

    reply = ben.post(f"{base}/extension", {"due_on": str(day(10))})

    (given,) = session.scalars(select(Extension))
    assert (given.person_id, given.due_on, given.given_by_id) == (cast.ana, day(10), cast.ben)
    assert reply.location == f"/teams/morning-desk/people/{base.rsplit('/', 1)[1]}"
    assert "Ana Duarte until" in ben.get(ASKED).text
    assert session.scalars(select(AuditEntry.action)).all() == ["more time for first-week"]


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (lambda: str(day(3)), "They have until then already."),
        (lambda: str(day(-1)), "That day has gone by."),
        (lambda: "", "Choose a day."),
        (lambda: "soon", "Not a valid date"),
    ],
)
def test_a_day_that_gives_no_more_time_is_refused(
    ben: Browser, base: str, session: Session, due_on: Callable[[], str], said: str
) -> None:
    reply = ben.post(f"{base}/extension", {"due_on": due_on()})

    assert (reply.status_code, said in reply.text) == (422, True)
    assert session.scalars(select(Extension)).all() == []


def test_without_a_day_there_is_nothing_to_extend(ben: Browser, base: str) -> None:
    assignment = base.split("/people/")[0]
    ben.post(f"{assignment}/due-date", {"due_on": "", "due_after_days": ""})

    assert ben.get(f"{base}/extension").status_code == 404


def test_a_lead_allows_a_new_check(ben: Browser, base: str, session: Session, cast: Cast) -> None:
    assert "The first try stays on record" in ben.get(f"{base}/checks/{CALL}").text

    ben.post(f"{base}/checks/{CALL}")

    (allowed,) = session.scalars(select(CheckAllowance))
    assert (allowed.person_id, allowed.allowed_by_id) == (cast.ana, cast.ben)
    assert ben.post(f"{base}/checks/the-attacking-customer").status_code == 404  # the module only suggests it
    assert ben.post(f"{base}/checks/no-such-call").status_code == 404


def test_only_who_is_asked_can_be_given_more(ben: Browser, base: str, session: Session, cast: Cast) -> None:
    lead = session.get_one(Person, cast.ben).public_id
    omar = session.get_one(Person, cast.omar).public_id
    assignment = base.split("/people/")[0]

    for person in (lead, omar, "nobody"):
        assert ben.get(f"{assignment}/people/{person}/extension").status_code == 404
        assert ben.post(f"{assignment}/people/{person}/checks/{CALL}").status_code == 404


def test_one_person_is_asked_on_the_page_and_the_day_is_moved(
    ben: Browser, session: Session, cast: Cast
) -> None:
    ana = session.get_one(Person, cast.ana).public_id
    assert f'<option selected value="person:{ana}">' in ben.get(f"{ASKED}/new?person={ana}").text
    form = {"module": "hard-calls", "who": f"person:{ana}", "due_after_days": "14", "coaching": "end"}
    assert ben.post(ASKED, form).location == ASKED

    page = ben.get(ASKED).text
    assert "Ana Duarte · due 14 days after joining · coached when the call is over" in page
    (asked,) = list_asked_modules(session, cast.morning_desk)
    address = f"{ASKED}/{asked.public_id}/due-date"
    assert 'value="14"' in ben.get(address).text
    assert ben.post(address, {"due_on": str(day(-1))}).status_code == 422
    assert ben.post(address, {"due_after_days": "0"}).status_code == 422
    assert ben.post(address, {"due_on": str(day(30))}).location == ASKED
    assert "14 days after joining" not in ben.get(ASKED).text


def test_a_lead_who_is_asked_has_a_line_in_the_table_too(ben: Browser, cast: Cast) -> None:
    with transaction() as session:
        assign_module(
            session,
            cast.morning_desk,
            "when-everything-is-on-fire",
            None,
            by=cast.ada,
            at=now(),
            today=today_here(),
            terms=Terms(AskedOf.LEAD),
        )

    page = ben.get("/teams/morning-desk/progress").text

    assert "Ben Okafor</a></th>" in page
    assert page.count("Not assigned") == 1  # Ana has a line, and owes nothing
