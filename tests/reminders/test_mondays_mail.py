"""One mail a week for a lead: who needs a word and what to say, who finished, and links to two pages."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reminders.conftest import LONG_AGO, WEEKEND, Ask, mails
from tests.viewers import as_viewer
from training.accounts.models import Person
from training.assignments.models import AskedOf
from training.assignments.service import Terms
from training.attempts.models import AttemptKind
from training.database import transaction
from training.demo.playing import careful, play_call
from training.library.completions import complete_lesson
from training.library.models import Kind
from training.library.queries import find_published
from training.mail.models import Message
from training.reminders.sending import write_monday_mails
from training.teams.models import Membership, Role

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
LESSONS = ("light-up-the-room", "it-is-not-personal", "do-not-sell-hope")


def write(at: datetime = MONDAY) -> int:
    return write_monday_mails(at, WEEKEND)


def test_it_names_who_needs_a_word_and_what_to_say(
    app: Flask, ask: Ask, session: Session, cast: Cast
) -> None:
    ask("first-week", date(2026, 11, 20))

    assert write() == 1

    (mail,) = mails(session, "monday")
    assert (mail.to_address, mail.subject) == (
        "ben@example.invalid",
        "Morning desk: One person could use a nudge.",
    )
    assert "Ana Duarte: First week, 3 days late" in mail.text
    assert "You could say: “Is there a quiet quarter of an hour for First week this week?" in mail.text
    ben, addresses = Browser(app).sign_in(cast.ben), re.findall(r"http://127\.0\.0\.1:8000(/\S+)", mail.text)
    assert [path.rsplit("/", 1)[1] for path in addresses] == ["new", "extension", "huddles", "progress"]
    for path in addresses[:2]:
        page = ben.get(path)
        assert (page.status_code, page.text.split("<main")[1].count("<button")) == (200, 1)
    assert ben.get(addresses[2]).status_code == 200
    assert mails(session, "nudge") == []


def test_it_says_who_finished_and_when_all_is_well(ask: Ask, session: Session, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 27))
    with transaction() as writing:
        friday = MONDAY - timedelta(days=3)
        for slug in LESSONS:
            complete_lesson(writing, cast.ana, find_published(writing, Kind.LESSON, slug), friday, reply=1)
        viewer = as_viewer(writing, cast.ana)
        play_call(writing, viewer, "an-ordinary-first-call", AttemptKind.CHECK, careful, "seed", friday)
    write()

    text = mails(session, "monday")[0].text
    assert "Morning desk. Everybody has done what was asked." in text
    assert "Finished last week:\n- Ana Duarte, First week" in text
    write(MONDAY + timedelta(days=7))
    assert "Finished last week" not in mails(session, "monday")[1].text


def test_it_comes_once_a_week_and_only_to_leads(ask: Ask, session: Session) -> None:
    ask("first-week", date(2026, 12, 20))

    hours = [MONDAY + timedelta(hours=hour) for hour in range(-9, 24 * 6)]
    assert [at.weekday() for at in hours if write(at)] == [0]
    assert {mail.to_address for mail in mails(session, "monday")} == {"ben@example.invalid"}


def test_a_lead_of_two_teams_has_one_mail_with_both(ask: Ask, session: Session, cast: Cast) -> None:
    with transaction() as writing:
        writing.add(
            Membership(team_id=cast.night_desk, person_id=cast.ben, role=Role.LEAD, joined_at=LONG_AGO)
        )
    ask("first-week", date(2026, 11, 20))
    ask("hard-calls", date(2026, 12, 20), team=cast.night_desk)

    assert write() == 2  # Ben, and Lena who leads the night desk too
    (mail,) = [one for one in mails(session, "monday") if one.to_address == "ben@example.invalid"]
    assert mail.subject == "Your teams this week"
    assert mail.text.index("Morning desk. One person") < mail.text.index("Night desk. Everybody is on time.")


def test_a_team_that_is_asked_for_nothing_writes_nothing(ask: Ask, session: Session) -> None:
    assert write() == 0


@pytest.mark.parametrize("who", ["ana", "omar"])
def test_practice_shows_nowhere_in_it(ask: Ask, session: Session, cast: Cast, who: str) -> None:
    ask("first-week", date(2026, 11, 20))
    ask("hard-calls", date(2026, 11, 27), terms=Terms(AskedOf.TEAM))
    write()
    before = [(mail.subject, mail.text) for mail in mails(session, "monday")]
    with transaction() as writing:
        writing.execute(delete(Message))
        viewer = as_viewer(writing, getattr(cast, who))
        for slug in ("an-ordinary-first-call", "the-attacking-customer"):
            play_call(writing, viewer, slug, AttemptKind.PRACTICE, careful, "seed", MONDAY)
    write()

    assert [(mail.subject, mail.text) for mail in mails(session, "monday")] == before
    assert len(before) == 1


def test_a_name_is_text_in_it(ask: Ask, session: Session, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 20))
    with transaction() as writing:
        writing.get_one(Person, cast.ana).name = "<i>Ana</i> <script>"
    write()

    html = mails(session, "monday")[0].html
    assert "<i>" not in html
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
