"""A tip's decision: a link picks, a button says, the first answer stays."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from training.accounts.participant import Participant
from training.library.models import Completion
from training.library.rules import is_done

pytestmark = pytest.mark.usefixtures("published", "late_november")
TIP = "/tips/seeing-it-coming"
COMPLETIONS = f"{TIP}/completions"


def kept(session: Session) -> list[tuple[str, int | None]]:
    rows = session.execute(select(Completion.how, Completion.reply).order_by(Completion.id))
    return [(how, reply) for how, reply in rows]


def test_the_replies_are_links(visitor: Browser) -> None:
    page = visitor.get(TIP).text

    assert [f"{TIP}?reply={n}#your-call" in page for n in (1, 2, 3, 4)] == [True] * 4
    assert "Coach" not in page


def test_a_reply_picked_from_a_mail_waits_for_one_button(ana: Browser, session: Session) -> None:
    page = ana.get(f"{TIP}?reply=2")

    assert page.headers["Cache-Control"] == "no-store, private"
    assert page.text.count("data-picked") == 1
    assert "Say this" in page.text
    assert kept(session) == []


def test_saying_it_records_it_and_shows_what_came_of_it(ana: Browser, session: Session) -> None:
    reply = ana.post(COMPLETIONS, {"reply": 2})

    assert (reply.status_code, reply.location) == (303, f"{TIP}#your-call")
    assert kept(session) == [("answer", 2)]
    page = ana.get(TIP).text
    assert "Strong choice" in page
    assert "It hummed." in page
    assert "What the other replies do" in page


def test_the_first_answer_is_kept(ana: Browser, session: Session) -> None:
    for pick in (2, 1, 2):
        assert ana.post(COMPLETIONS, {"reply": pick}).status_code == 303

    assert kept(session) == [("answer", 2)]


def test_done_marks_it_read_once(ana: Browser, session: Session) -> None:
    for _ in range(2):
        assert ana.post(COMPLETIONS, {"how": "read"}).status_code == 303

    assert kept(session) == [("read", None)]
    page = ana.get(TIP).text
    assert "You read this on 21 November 2026." in page
    assert "Done, I have read this" not in page
    assert "Done</span>" in ana.get("/tips?page=2").text


@pytest.mark.parametrize("fields", [{}, {"how": "answer"}, {"reply": 9}, {"reply": "x"}, {"reply": "-1"}])
def test_a_forged_completion_is_refused(ana: Browser, session: Session, fields: dict[str, object]) -> None:
    assert ana.post(COMPLETIONS, fields).status_code == 422
    assert kept(session) == []


def test_a_visitor_sees_what_a_reply_does_and_nothing_is_kept(visitor: Browser, session: Session) -> None:
    page = visitor.get(f"{TIP}?reply=2&said=yes")

    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Strong choice" in page.text
    assert "Nothing was kept" in page.text
    assert kept(session) == []


def test_a_visitors_button_holds_no_form(visitor: Browser) -> None:
    page = visitor.get(f"{TIP}?reply=2").text

    assert "<form" not in page
    assert f"{TIP}?reply=2&amp;said=yes#your-call" in page


def test_a_visitor_who_posts_is_asked_to_sign_in_and_comes_back_to_the_tip(visitor: Browser) -> None:
    reply = visitor.post(COMPLETIONS, {"reply": 2})

    assert reply.status_code == 303
    assert reply.location.startswith("/sign-in?next=")
    assert "seeing-it-coming" in reply.location


def test_a_member_cannot_see_the_outcome_by_address_alone(ana: Browser) -> None:
    assert "Strong choice" not in ana.get(f"{TIP}?reply=2&said=yes").text


def test_answers_of_others_are_not_shown(app: Flask, ana: Browser, cast: Cast) -> None:
    ana.post(COMPLETIONS, {"reply": 2})

    assert "Strong choice" not in Browser(app).sign_in(cast.omar).get(TIP).text


def test_reading_and_answering_are_kept_under_an_id_that_is_not_the_person_s(
    session: Session, ana: Browser, cast: Cast
) -> None:
    ana.post(COMPLETIONS, {"reply": 2})
    ana.post(COMPLETIONS, {"how": "read"})

    assert kept(session) == [("answer", 2), ("read", None)]
    owner = session.execute(select(Participant)).scalars().one()
    assert owner.person_id == cast.ana
    assert set(session.execute(select(Completion.participant_id)).scalars()) == {owner.id}


@pytest.mark.parametrize(
    ("rule", "ways", "done"),
    [
        ("read", {"read"}, True),
        ("read", {"answer"}, True),
        ("answer", {"read"}, False),
        ("answer", {"answer"}, True),
        ("read", set(), False),
    ],
)
def test_what_counts_as_done(rule: str, ways: set[str], done: bool) -> None:
    assert is_done(rule, ways) is done
