"""One mail for everything that is due: each thing said once, at most one mail a day, never twice."""

import os
import signal
import time as real_time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.reminders.conftest import FRIDAY, LONG_AGO, WEEKEND, Ask, mails
from tests.statements import counted_statements
from training.accounts.models import Person
from training.assignments.models import AskedOf
from training.assignments.queries import find_asked_module, find_member
from training.assignments.service import Terms, extend, withdraw_assignment
from training.database import db, transaction
from training.library.completions import complete_lesson
from training.library.models import Kind
from training.library.queries import find_published
from training.mail.models import Message
from training.reminders.models import Reminder
from training.reminders.sending import write_reminders
from training.teams.models import Membership, Role, Team

PEOPLE = 40


def remind(at: datetime) -> int:
    return write_reminders(at, WEEKEND)


def test_one_mail_says_everything_that_is_due(ask: Ask, session: Session) -> None:
    ask("hard-calls", date(2026, 11, 10))
    ask("first-week", date(2026, 11, 27))
    ask("busy-season", date(2026, 12, 24))

    assert remind(FRIDAY) == 1

    (mail,) = mails(session, "reminder")
    assert mail.to_address == "ana@example.invalid"
    assert mail.subject == "2 modules to come back to"
    assert mail.text.index("Hard calls: was due on 10 November") < mail.text.index("First week: due Friday")
    assert "http://127.0.0.1:8000/modules/first-week" in mail.text
    assert "Busy season" not in mail.text


def test_each_thing_is_said_once_and_again_when_it_is_another(ask: Ask, session: Session) -> None:
    ask("first-week", date(2026, 12, 4))
    monday = datetime(2026, 11, 23, 1, tzinfo=UTC)
    hours = [monday + timedelta(hours=hour) for hour in range(0, 24 * 27, 4)]

    written = [at.date() for at in hours if remind(at)]

    assert written == [date(2026, 11, 27), date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 14)]
    assert len(mails(session, "reminder")) == 4


def test_at_most_one_a_day(ask: Ask, session: Session) -> None:
    ask("first-week", date(2026, 11, 27))
    assert remind(FRIDAY) == 1
    ask("hard-calls", date(2026, 11, 25))

    assert remind(FRIDAY + timedelta(hours=1)) == 0
    assert remind(FRIDAY + timedelta(days=3)) == 1  # Monday, with both
    assert "First week" in mails(session, "reminder")[1].text


def test_a_site_that_stood_still_says_it_when_it_is_back(ask: Ask, session: Session) -> None:
    ask("first-week", date(2026, 11, 23))

    assert remind(datetime(2026, 11, 25, 18, tzinfo=UTC)) == 1
    assert "was due on 23 November" in mails(session, "reminder")[0].text


def test_a_new_day_is_spoken_of_anew(ask: Ask, session: Session, cast: Cast) -> None:
    public_id = ask("first-week", date(2026, 11, 27))
    remind(FRIDAY)
    with transaction() as writing:
        asked = find_asked_module(writing, cast.morning_desk, public_id)
        ana = writing.get_one(Person, cast.ana).public_id
        member = find_member(writing, cast.morning_desk, ana)
        extend(writing, asked, member, date(2026, 12, 4), by=cast.ben, at=FRIDAY, today=FRIDAY.date())

    assert remind(FRIDAY + timedelta(days=6)) == 0
    assert remind(FRIDAY + timedelta(days=7)) == 1
    assert "due Friday 4 December" in mails(session, "reminder")[1].text


def test_nobody_is_reminded_of_what_is_done_withdrawn_or_not_theirs(
    ask: Ask, session: Session, cast: Cast
) -> None:
    withdrawn = ask("first-week", date(2026, 11, 27))
    ask("when-everything-is-on-fire", date(2026, 11, 27), terms=Terms(AskedOf.LEAD))
    with transaction() as writing:
        withdraw_assignment(writing, cast.morning_desk, withdrawn, by=cast.ben, at=FRIDAY)

    assert remind(FRIDAY) == 1
    assert [mail.to_address for mail in mails(session, "reminder")] == ["ben@example.invalid"]


def test_what_is_done_is_not_spoken_of(ask: Ask, session: Session, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 27))
    with transaction() as writing:
        for slug in ("light-up-the-room", "it-is-not-personal", "do-not-sell-hope"):
            complete_lesson(writing, cast.ana, find_published(writing, Kind.LESSON, slug), FRIDAY, reply=1)
    remind(FRIDAY)

    assert "3 of 4 steps done" in mails(session, "reminder")[0].text


def test_two_teams_that_ask_for_the_same_make_one_line(ask: Ask, session: Session, cast: Cast) -> None:
    with transaction() as writing:
        writing.add(Membership(team_id=cast.night_desk, person_id=cast.ana, joined_at=LONG_AGO))
    ask("first-week", date(2026, 11, 27))
    ask("first-week", date(2026, 11, 24), team=cast.night_desk)

    assert remind(FRIDAY) == 2  # Ana and Omar
    texts = [mail.text for mail in mails(session, "reminder") if mail.to_address == "ana@example.invalid"]
    assert [text.count("First week") for text in texts] == [1]
    assert "due Tuesday 24 November" in texts[0]


def test_who_is_gone_or_has_no_mailbox_is_left_out(ask: Ask, session: Session, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 27))
    with transaction() as writing:
        person = writing.get_one(Person, cast.ana)
        person.email, person.staff_number = None, "1001"
    assert remind(FRIDAY) == 0

    with transaction() as writing:
        person = writing.get_one(Person, cast.ana)
        person.email, person.disabled_at = "ana@example.invalid", FRIDAY
    assert remind(FRIDAY) == 0


def test_it_is_the_teams_own_morning(ask: Ask, session: Session, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 27))
    with transaction() as writing:
        writing.get_one(Team, cast.morning_desk).time_zone = "America/Los_Angeles"

    assert remind(FRIDAY) == 0  # two at night there
    assert remind(FRIDAY + timedelta(hours=7)) == 1


def test_a_title_is_text_in_the_mail(ask: Ask, session: Session, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 27))
    with transaction() as writing:
        writing.get_one(Person, cast.ana).name = "<b>Ana</b>"
    remind(FRIDAY)

    (mail,) = mails(session, "reminder")
    assert "&lt;b&gt;Ana" in mail.html
    assert "<b>Ana" not in mail.html


def in_a_process_of_its_own(app: Flask) -> int:
    db.session.remove()
    db.engine.dispose()
    child = os.fork()
    if child:
        return child
    try:
        with app.app_context():
            remind(FRIDAY)
    finally:
        os._exit(0)


def join(team: int, numbers: range) -> None:
    """A learner with an address for each number."""
    with transaction() as session:
        for number in numbers:
            person = Person(name=f"Learner {number}", email=f"l{number}@example.invalid")
            session.add(person)
            session.flush()
            session.add(Membership(team_id=team, person_id=person.id, role=Role.LEARNER, joined_at=LONG_AGO))


def test_who_was_reminded_already_costs_no_statement_each(ask: Ask, cast: Cast) -> None:
    ask("first-week", date(2026, 11, 27))
    assert remind(FRIDAY) == 1
    with counted_statements(db.engine) as of_one:
        assert remind(FRIDAY) == 0
    join(cast.morning_desk, range(PEOPLE))
    assert remind(FRIDAY) == PEOPLE

    with counted_statements(db.engine) as of_many:
        assert remind(FRIDAY) == 0

    assert len(of_many) == len(of_one)


def test_two_processes_and_a_kill_write_each_mail_once(app: Flask, ask: Ask, cast: Cast) -> None:
    join(cast.morning_desk, range(PEOPLE))
    ask("first-week", date(2026, 11, 27))
    first = in_a_process_of_its_own(app)
    deadline = real_time.monotonic() + 60
    while real_time.monotonic() < deadline and not count_mails() >= 3:
        real_time.sleep(0.002)
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    killed_at = count_mails()
    for child in [in_a_process_of_its_own(app) for _ in range(2)]:
        os.waitpid(child, 0)

    session = db.session()
    addresses = Counter(session.scalars(select(Message.to_address)))
    reminded = Counter(session.scalars(select(Reminder.person_id)))
    assert 3 <= killed_at <= PEOPLE
    assert (len(addresses), set(addresses.values())) == (PEOPLE + 1, {1})
    assert (len(reminded), set(reminded.values())) == (PEOPLE + 1, {1})


def count_mails() -> int:
    session = db.session()
    session.rollback()
    return session.scalar(select(func.count()).select_from(Message)) or 0
