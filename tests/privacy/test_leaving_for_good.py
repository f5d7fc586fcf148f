"""Erasing takes the name and keeps the answers, nameless; nobody's figures change."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.attempts.playing import Player, find_row
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts import audit
from training.accounts.erasure import on_erase
from training.accounts.models import AuditEntry, Person, SignInSession
from training.accounts.participant import Participant
from training.attempts.models import Attempt, Share, Step
from training.attempts.phrase_models import Phrase
from training.clock import now
from training.database import db, transaction
from training.mail.models import Message
from training.mail.service import queue_message
from training.teams.models import Membership, Role

SURE = {"sure": "y"}


def erase(browser: Browser, path: str = "/account/erasure", **fields: str) -> int:
    return browser.post(path, data={**SURE, **fields}).status_code


def is_there(person_id: int) -> bool:
    db.session.remove()
    return db.session().get(Person, person_id) is not None


def count(model: type[object]) -> int:
    return db.session().scalar(select(func.count()).select_from(model)) or 0


def test_the_answers_stay_under_an_id_that_leads_to_nobody(app: Flask, cast: Cast, ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 1, 1)
    before = db.session().scalar(select(Participant.public_id))

    assert erase(ana.browser) == 303

    assert not is_there(cast.ana)
    row = find_row(attempt)
    assert row.participant.person_id is None
    assert row.participant.public_id != before
    assert count(Step) == 3


def test_everything_with_a_name_goes_at_once(app: Flask, cast: Cast, ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 1, 1)
    assert ana.browser.post(f"/attempts/{attempt}/shares").status_code == 303
    with transaction() as session:
        session.add(Phrase(person_id=cast.ana, text="A line", language="en", call="The kettle"))
        for key, state in (("waits", "queued"), ("gone", "sent")):
            queue_message(
                session,
                purpose="sign-in",
                to="ana@example.invalid",
                template="sign_in_link",
                values={"base_url": "https://site.invalid", "token": "KEY", "name": "Ana"},
                dedupe_key=key,
            )
            session.execute(update(Message).where(Message.dedupe_key == key).values(state=state))

    erase(ana.browser)

    assert count(Phrase) == 0
    assert list(db.session().scalars(select(Share.ended_at).where(Share.ended_at.is_(None)))) == []
    assert db.session().scalar(select(func.count()).where(Membership.person_id == cast.ana)) == 0
    assert db.session().scalar(select(func.count()).where(SignInSession.person_id == cast.ana)) == 0
    assert list(db.session().execute(select(Message.to_address, Message.text))) == [(None, "")]
    assert ana.browser.get("/").status_code == 303


def test_the_log_says_so_and_its_chain_holds(app: Flask, cast: Cast, ana: Player) -> None:
    public_id = db.session().get_one(Person, cast.ana).public_id

    erase(ana.browser)

    last = db.session().scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert last is not None
    assert (last.actor, last.action, last.subject) == (public_id, "person erased", public_id)
    assert audit.verify(db.session()).broken_at is None


def test_without_the_tick_nothing_happens(app: Flask, cast: Cast, ana: Player) -> None:
    reply = ana.browser.post("/account/erasure")

    assert reply.status_code == 422
    assert "Tick this if you are sure." in reply.text
    assert is_there(cast.ana)


def test_after_a_while_the_password_is_asked_again(app: Flask, cast: Cast, ana: Player) -> None:
    with transaction() as session:
        session.execute(
            update(SignInSession).values(confirmed_at=datetime.fromisoformat("2020-01-01T00:00Z"))
        )

    assert erase(ana.browser, current="not it") == 422
    assert is_there(cast.ana)
    assert erase(ana.browser, current=PASSWORD) == 303
    assert not is_there(cast.ana)


def test_the_only_administrator_stays(app: Flask, cast: Cast) -> None:
    browser = Browser(app).sign_in(cast.ada)

    assert "only administrator" in browser.get("/account/erasure").text
    assert erase(browser) == 409
    assert is_there(cast.ada)


def test_a_team_is_not_left_without_its_lead(app: Flask, cast: Cast) -> None:
    browser = Browser(app).sign_in(cast.ben)

    assert "Nobody else leads Morning desk" in browser.get("/account/erasure").text
    assert erase(browser) == 409
    with transaction() as session:
        session.add(Membership(team_id=cast.morning_desk, person_id=cast.lena, role=Role.LEAD))
        session.get_one(Person, cast.lena).disabled_at = now()
    assert erase(browser) == 409, "who cannot sign in leads nobody"
    with transaction() as session:
        session.get_one(Person, cast.lena).disabled_at = None
    assert erase(browser) == 303


def test_an_administrator_lets_somebody_go_who_asked(app: Flask, cast: Cast) -> None:
    public_id = db.session().get_one(Person, cast.omar).public_id
    browser = Browser(app).sign_in(cast.ada)

    page = browser.get(f"/people/{public_id}/erasure")

    assert "Erase Omar Haddad" in page.text
    assert erase(browser, f"/people/{public_id}/erasure") == 303
    assert not is_there(cast.omar)


@pytest.mark.parametrize("who", ["ana", "ben", "tova"])
def test_nobody_else_can_erase_somebody(app: Flask, cast: Cast, who: str) -> None:
    public_id = db.session().get_one(Person, cast.omar).public_id
    browser = Browser(app).sign_in(getattr(cast, who))

    assert erase(browser, f"/people/{public_id}/erasure") == 404
    assert is_there(cast.omar)


def test_a_feature_clears_what_it_keeps_in_words(app: Flask, cast: Cast, ana: Player) -> None:
    cleared: list[int] = []

    def clear(session: Session, person_id: int, at: datetime) -> None:
        assert session.get(Person, person_id) is not None
        cleared.append(person_id)

    on_erase(app, clear)
    erase(ana.browser)

    assert cleared == [cast.ana]


def test_a_teams_checks_count_the_same_afterwards(app: Flask, cast: Cast, ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1, 1, 1)
    with transaction() as session:
        session.execute(update(Attempt).values(kind="check", team_id=cast.morning_desk))
    finished = select(func.count(), func.sum(Attempt.percent)).where(Attempt.team_id == cast.morning_desk)
    before = db.session().execute(finished).one()

    erase(ana.browser)

    assert db.session().execute(finished).one() == before
