"""People whom an import entered are invited a few hundred at a time; old links and sessions go away."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.accounts.conftest import Clock, link_in, mails
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import Person, SignInSession
from training.accounts.service import (
    clean_up_tokens,
    invite_entered,
    issue_sign_in_link,
    mail_requested_invitations,
    request_invitations,
)
from training.accounts.service.requested import AT_ONCE
from training.accounts.sessions import begin_session
from training.accounts.token_models import Invitation, InvitationRequest, SignInLink
from training.clock import now
from training.database import db, transaction
from training.jobs import jobs_of


def enter(count: int, name: str = "Person") -> list[int]:
    with transaction() as session:
        people = [Person(name=f"{name} {n}", email=f"p{n}@example.invalid") for n in range(count)]
        session.add_all(people)
        session.flush()
        return [person.id for person in people]


def ask(ids: list[int], by: int | None) -> None:
    with transaction() as session:
        request_invitations(session, ids, by, now())


def mail_round() -> int:
    with transaction() as session:
        return mail_requested_invitations(session, now())


def waiting() -> int:
    return db.session().scalar(select(func.count()).select_from(InvitationRequest)) or 0


def test_many_are_invited_a_few_hundred_at_a_time_and_each_once(cast: Cast) -> None:
    ask(enter(AT_ONCE + 5), cast.ada)

    assert [mail_round() for _ in range(3)] == [AT_ONCE, 5, 0]
    assert waiting() == 0
    sent = mails("invitation")
    assert len(sent) == len({mail.to_address for mail in sent}) == len({link_in(mail) for mail in sent})


def test_the_mail_is_the_person_s_own_whatever_they_are_called(cast: Cast, visitor: Browser) -> None:
    ask(enter(2, name="Zoë <b>&"), cast.ada)
    mail_round()

    mail = mails("invitation")[1]
    assert "Hello Zoë <b>& 1," in mail.text
    assert "Hello Zoë &lt;b&gt;&amp; 1," in mail.html
    assert "Ada Quist invites you" in mail.text
    link = link_in(mail)
    assert link in mail.html
    assert visitor.post(link, {"name": "Zoë", "password": "a quiet lamp by the river"}).status_code == 303
    assert (
        db.session().scalars(select(Person.name).where(Person.email == "p1@example.invalid")).one() == "Zoë"
    )


def test_who_came_in_meanwhile_is_not_invited(cast: Cast) -> None:
    ids = enter(3)
    ask(ids, None)
    with transaction() as session:
        session.get_one(Person, ids[0]).password_hash = "set"
        session.get_one(Person, ids[1]).disabled_at = now()

    assert mail_round() == 1
    assert [mail.to_address for mail in mails("invitation")] == ["p2@example.invalid"]
    assert waiting() == 0


def test_setting_a_password_another_way_ends_the_invitation(cast: Cast, visitor: Browser) -> None:
    person_id = enter(1)[0]
    with transaction() as session:
        invitation = invite_entered(session, session.get_one(Person, person_id), by=None, at=now())
        link = issue_sign_in_link(session, person_id, now())
    visitor.post(f"/t/sign-in/{link}")
    assert visitor.post("/account/password", {"password": "a quiet lamp by the river"}).status_code == 303

    assert visitor.get(f"/t/invitation/{invitation}").status_code == 404


def test_an_invitation_lets_nobody_in_who_was_disabled(cast: Cast, visitor: Browser) -> None:
    person_id = enter(1)[0]
    with transaction() as session:
        secret = invite_entered(session, session.get_one(Person, person_id), by=None, at=now())
        session.get_one(Person, person_id).disabled_at = now()

    fields = {"name": "X", "password": "a quiet lamp by the river"}
    assert visitor.post(f"/t/invitation/{secret}", fields).status_code == 404


def clean() -> int:
    with transaction() as session:
        return clean_up_tokens(session, now())


def test_links_go_thirty_days_after_they_ran_out(cast: Cast, time: Clock, session: Session) -> None:
    with transaction() as writing:
        issue_sign_in_link(writing, cast.ana, now())
        writing.add(Invitation(name="X", token_hash="x", expires_at=now() + timedelta(days=7)))
    time.forward(days=30)
    assert clean() == 0
    time.forward(minutes=16)
    assert clean() == 1
    assert session.scalar(select(func.count()).select_from(SignInLink)) == 0
    time.forward(days=7)
    assert clean() == 1


@pytest.mark.parametrize("ended", [True, False])
def test_sessions_go_once_nobody_can_use_them_any_more(
    cast: Cast, time: Clock, session: Session, ended: bool
) -> None:
    with transaction() as writing:
        begin_session(writing, writing.get_one(Person, cast.ana), now(), shared=False)
        if ended:
            writing.scalars(select(SignInSession)).one().ended_at = now()
    time.forward(days=30 if ended else 60)
    assert clean() == 0
    time.forward(minutes=1)
    assert clean() == 1


def test_both_are_jobs_of_the_site(app: Flask) -> None:
    assert {"invitations", "links and sessions", "files of people"} <= {job.name for job in jobs_of(app)}
