"""Trainers and administrators hide what should not stand, and who did so is known."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.library.discussion.conftest import NOON, TALK, TIP, Say, Watch
from tests.people import Cast
from training.accounts.models import AuditEntry
from training.library.discussion.models import CommentHiding

Who = Callable[[str], Browser]
LIST = "/studio/discussion"


def test_a_hidden_comment_is_seen_by_its_author_and_by_those_who_moderate(who: Who, say: Say) -> None:
    there = say("ana", "He is a fool.")

    assert who("tova").post(f"{there}/hiding").status_code == 303

    assert "He is a fool." not in who("ben").get(TALK).text
    assert who("ben").get(there).status_code == 404
    own = who("ana").get(TALK).text
    assert "He is a fool." in own
    assert "A trainer has hidden this." in own
    for name in ("tova", "ada"):
        assert "Hidden by Tova Lindgren on 21 November 2026." in who(name).get(TALK).text
    assert "is talking about this" not in who("ben").get(TIP).text


def test_what_answers_a_hidden_comment_stays(who: Who, say: Say) -> None:
    there = say("ana", "He is a fool.")
    say("ben", "Careful.", there)
    who("tova").post(f"{there}/hiding")

    page = who("omar").get(TALK).text
    assert "Hidden by a trainer." in page
    assert "Careful." in page
    assert "Ana Duarte" not in page


def test_a_hidden_reply_is_gone_for_the_others(who: Who, say: Say) -> None:
    head = say("ana", "I count to ten.")
    reply = say("omar", "You are a fool.", head)
    who("ada").post(f"{reply}/hiding")

    assert "You are a fool." not in who("ben").get(TALK).text
    assert "You are a fool." in who("omar").get(TALK).text


def test_a_hidden_comment_can_be_shown_again(who: Who, say: Say) -> None:
    there = say("ana", "He is a fool.")
    who("tova").post(f"{there}/hiding")

    assert "Show again" in who("ada").get(TALK).text
    who("ada").post(f"{there}/showing")

    assert "He is a fool." in who("ben").get(TALK).text


def test_who_hid_it_and_when_is_kept(who: Who, say: Say, watch: Watch, session: Session, cast: Cast) -> None:
    there = say("ana", "He is a fool.")
    for name, what in (("tova", "hiding"), ("ada", "hiding"), ("ada", "showing"), ("tova", "showing")):
        who(name).post(f"{there}/{what}")
        watch.on(minutes=1)

    (hiding,) = session.execute(select(CommentHiding)).scalars()
    assert (hiding.hidden_by_id, hiding.shown_by_id) == (cast.tova, cast.ada)
    assert hiding.hidden_at == NOON
    assert hiding.shown_at is not None
    actions = list(session.execute(select(AuditEntry.action).order_by(AuditEntry.id)).scalars())
    assert actions == ["comment hidden", "comment shown again"]


def test_a_hidden_comment_can_be_taken_back_but_not_changed(who: Who, say: Say) -> None:
    there = say("ana", "He is a fool.")
    who("tova").post(f"{there}/hiding")

    assert who("ana").post(there, {"text": "He is a wise man."}).status_code == 409
    assert who("ana").post(f"{there}/removal").status_code == 303
    assert "fool" not in who("tova").get(TALK).text


def test_nobody_else_hides_anything(who: Who, say: Say) -> None:
    there = say("ana", "I count to ten.")

    for name in ("ana", "ben", "omar", "lena"):
        assert who(name).post(f"{there}/hiding").status_code == 404
        assert who(name).get(LIST).status_code == 404
    assert "I count to ten." in who("omar").get(TALK).text


def test_the_list_shows_what_was_said_under_every_tip_newest_first(who: Who, say: Say) -> None:
    assert "Nobody has said anything yet" in who("tova").get(LIST).text
    hidden = say("ana", "He is a fool.")
    who("ben").post("/tips/do-not-sell-hope/comments", {"text": "Never again."})
    gone = say("omar", "Never mind.")
    who("omar").post(f"{gone}/removal")

    reply = who("tova").post(f"{hidden}/hiding", {"back": "list"})
    page = who("tova").get(reply.location).text

    assert reply.location == LIST
    assert page.index("Never again.") < page.index("He is a fool.")
    assert "Do not sell hope" in page
    assert "Show again" in page
    assert "Never mind." not in page


def test_the_list_has_pages(who: Who, say: Say) -> None:
    for number in range(21):
        say(("ana", "ben", "omar")[number % 3], f"Number {number}.")

    assert "Number 0." not in who("tova").get(LIST).text
    assert "Number 0." in who("tova").get(f"{LIST}?page=2").text
    assert who("tova").get(f"{LIST}?page=3").status_code == 404
