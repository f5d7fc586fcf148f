"""Saying something under a tip, replying, changing it, taking it back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from tests.browsing import Browser
from tests.library.discussion.conftest import TALK, TIP, Say, Watch, stored
from tests.library.texts import FILES, LESSON
from tests.library_content import import_folder, write_content
from tests.people import Cast
from tests.statements import counted_statements
from training.accounts.erasure import erase_hooks
from training.clock import now
from training.database import db, transaction
from training.library.discussion.models import CommentRemoval
from training.library.discussion.rules import LONGEST, PACE
from training.privacy.erasing import erase_person

Who = Callable[[str], Browser]


def test_everybody_who_signs_in_reads_what_was_said_and_by_whom(who: Who, say: Say) -> None:
    say("ana", "I count to ten.\n\nIt takes nine.")

    page = who("omar").get(TALK).text

    assert "Ana Duarte" in page
    assert "<p>I count to ten.</p><p>It takes nine.</p>" in page


def test_a_comment_leads_to_its_place(who: Who, say: Say) -> None:
    first = say("ana", "The first.")
    for number in range(20):
        say(("ben", "omar", "lena")[number % 3], f"Number {number}.")

    assert first.startswith("/comments/")
    there = who("ana").get(first)
    public_id = first.rpartition("/")[2]
    assert there.status_code == 303
    assert there.location == f"{TALK}?page=2#comment-{public_id}"
    assert f'id="comment-{public_id}"' in who("ana").get(there.location).text
    assert who("ana").get(f"{TALK}?page=3").status_code == 404


def test_the_same_words_come_twice_are_said_once(say: Say, watch: Watch) -> None:
    first = say("ana", "I count to ten.")

    assert say("ana", "I count to ten.") == first
    assert say("ben", "I count to ten.") != first
    assert say("ana", "I count to ten.", first) != first
    assert len(stored()) == 3


def test_a_reply_stands_under_what_it_answers_and_goes_no_deeper(who: Who, say: Say) -> None:
    head = say("ana", "I count to ten.")
    say("ben", "Another thread.")
    reply = say("ben", "Aloud?", head)

    page = who("omar").get(TALK).text
    assert page.index("Another thread.") < page.index("I count to ten.") < page.index("Aloud?")
    assert page.count(">Reply<") == 2
    deeper = who("omar").post(f"{TIP}/comments", {"text": "No.", "answers": reply.rpartition("/")[2]})
    assert deeper.status_code == 422
    assert len(stored()) == 3


def test_the_form_of_a_reply_stands_under_what_it_answers(who: Who, say: Say) -> None:
    public_id = say("ana", "I count to ten.").rpartition("/")[2]

    page = who("ben").get(f"{TALK}?answers={public_id}").text

    assert f'name="answers" value="{public_id}"' in page
    assert page.index("I count to ten.") < page.index("<textarea")


@pytest.mark.parametrize(
    "text", ["", "   \n ", "a\u202eb", "a\x07b", "a\ufffeb", "\u200b\u200b", "x" * (LONGEST + 1)]
)
def test_what_cannot_be_seen_or_is_too_long_is_not_taken(who: Who, text: str) -> None:
    reply = who("ana").post(f"{TIP}/comments", {"text": text})

    assert reply.status_code == 422
    assert 'href="#text"' in reply.text
    assert stored() == []


def test_letters_are_kept_in_one_form(say: Say) -> None:
    say("ana", "Cafe\u0301\r\nbar")

    assert stored()[0].text == "Café\nbar"


def test_a_comment_can_be_changed_for_fifteen_minutes(who: Who, say: Say, watch: Watch) -> None:
    there = say("ana", "I count to ten.")
    watch.on(minutes=15)

    assert 'name="text"' in who("ana").get(f"{there}/edit").text
    assert who("ana").post(there, {"text": "I count to nine."}).status_code == 303
    page = who("ben").get(TALK).text
    assert "I count to nine." in page
    assert "changed" in page

    watch.on(seconds=1)
    assert 'name="text"' not in who("ana").get(f"{there}/edit").text
    late = who("ana").post(there, {"text": "I count to eight."})
    assert late.status_code == 409
    assert "I count to eight." in late.text
    assert stored()[0].text == "I count to nine."


def test_nobody_changes_or_takes_back_what_another_said(who: Who, say: Say) -> None:
    there = say("ana", "I count to ten.")

    for name in ("omar", "ben", "tova", "ada"):
        assert who(name).get(f"{there}/edit").status_code == 404
        assert who(name).post(there, {"text": "I never do."}).status_code == 404
        assert who(name).post(f"{there}/removal").status_code == 404
    assert stored()[0].text == "I count to ten."


def test_what_was_taken_back_is_gone_for_good_and_its_replies_stay(who: Who, say: Say) -> None:
    head = say("ana", "I count to ten.")
    say("ben", "Aloud?", head)

    assert who("ana").post(f"{head}/removal").location == TALK
    assert who("ana").post(f"{head}/removal").status_code == 404

    for name in ("ana", "ben", "tova"):
        page = who(name).get(TALK).text
        assert "Taken back by who wrote it." in page
        assert "Aloud?" in page
        assert "I count" not in page
        assert "Ana Duarte" not in page
    assert stored()[0].text == ""
    assert db.session().query(CommentRemoval).count() == 1


def test_a_comment_without_replies_that_was_taken_back_leaves_nothing(who: Who, say: Say) -> None:
    there = say("ana", "I count to ten.")
    who("ana").post(f"{there}/removal")

    assert "Nobody has said anything yet" in who("ana").get(TALK).text
    assert who("ana").get(there).status_code == 404


def test_who_says_a_lot_waits_and_keeps_what_they_wrote(who: Who, say: Say, watch: Watch) -> None:
    for number in range(PACE.free):
        say("ana", f"Number {number}.")

    refused = who("ana").post(f"{TIP}/comments", {"text": "And another thing."})
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) == 30
    assert "And another thing." in refused.text
    assert len(stored()) == PACE.free
    say("ben", "My turn.")
    watch.on(seconds=30)
    say("ana", "And another thing.")


def test_a_lesson_can_close_its_discussion(app: Flask, cast: Cast, folder: Path) -> None:
    import_folder(write_content(folder, FILES))
    ana, there = Browser(app).sign_in(cast.ana), "/tips/seeing-it-coming"
    ana.post(f"{there}/comments", {"text": "Before it was closed."})
    closed = LESSON.replace("topics:", "discussion: closed\ntopics:")
    import_folder(write_content(folder, {"lessons/seeing-it-coming.md": closed}))

    page = ana.get(f"{there}/discussion").text
    assert "Before it was closed." in page
    assert "<textarea" not in page
    assert ">Reply<" not in page
    refused = ana.post(f"{there}/comments", {"text": "After it."})
    assert refused.status_code == 409
    assert len(stored()) == 1
    assert "1 person is talking about this" in ana.get(there).text


def test_a_closed_discussion_without_a_comment_is_not_led_to(app: Flask, cast: Cast, folder: Path) -> None:
    closed = LESSON.replace("topics:", "discussion: closed\ntopics:")
    import_folder(write_content(folder, FILES | {"lessons/seeing-it-coming.md": closed}))

    assert "/discussion" not in Browser(app).sign_in(cast.ana).get("/tips/seeing-it-coming").text


def test_a_tip_and_its_line_in_the_archive_say_how_much_is_said(who: Who, say: Say, watch: Watch) -> None:
    assert "Say something" in who("ana").get(TIP).text
    head = say("ana", "I count to ten.")
    say("ana", "Or nine.")
    say("ben", "Aloud?", head)
    gone = say("omar", "Never mind.")
    who("omar").post(f"{gone}/removal")

    assert "2 people are talking about this" in who("ana").get(TIP).text
    archive = who("ana").get("/tips?topic=heat").text + who("ana").get("/tips?q=personal").text
    assert archive.count("3 comments, the newest on 21 November 2026") >= 1


def test_a_tip_with_a_discussion_still_costs_a_member_two_statements(app: Flask, who: Who, say: Say) -> None:
    say("ben", "Aloud?")
    who("ana").get(TIP)

    with counted_statements(db.engine) as seen:
        assert "1 person is talking" in who("ana").get(TIP).text

    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) <= 2, seen


def test_a_discussion_costs_four_statements_however_long_it_is(app: Flask, who: Who, say: Say) -> None:
    for name in ("ana", "ben", "omar"):
        head = say(name, "Something.")
        say("lena", "Something else.", head)
    who("ana").get(TALK)

    with counted_statements(db.engine) as seen:
        assert who("ana").get(TALK).text.count("Something else.") == 3

    assert len([one for one in seen if not one.startswith(("BEGIN", "PRAGMA"))]) <= 4, seen


def test_a_visitor_s_pages_know_nothing_of_a_discussion(visitor: Browser, say: Say) -> None:
    before = {path: visitor.get(path) for path in (TIP, "/tips", "/tips/feed.atom")}
    say("ana", "I count to ten.")

    for path, page in before.items():
        again = visitor.get(path, headers={"If-None-Match": page.headers["ETag"]})
        assert again.status_code == 304
        assert visitor.get(path).data == page.data
        assert "discussion" not in page.text
    there = visitor.get(TALK)
    assert there.status_code == 303
    assert there.location.startswith("/sign-in?next=")
    assert visitor.post(f"{TIP}/comments", {"text": "Hello."}).location.startswith("/sign-in?next=")


def test_there_is_no_discussion_of_a_tip_that_one_may_not_read(who: Who, say: Say, folder: Path) -> None:
    there = say("ana", "I count to ten.")
    later = LESSON.replace("2026-01-05", "2026-12-07")
    import_folder(write_content(folder, FILES | {"lessons/it-is-not-personal.md": later}))

    for path in (TALK, there, f"{there}/edit"):
        assert who("ana").get(path).status_code == 404
    assert who("ana").post(f"{TIP}/comments", {"text": "Hello."}).status_code == 404
    assert who("ana").get("/tips/never-was/discussion").status_code == 404


def test_who_leaves_for_good_takes_their_words_along(app: Flask, who: Who, say: Say, cast: Cast) -> None:
    head = say("omar", "I count to ten.")
    say("ben", "Aloud?", head)
    say("omar", "In my head.", head)
    with transaction() as session:
        erase_person(session, cast.omar, by="operator", at=now(), hooks=erase_hooks())

    page = who("ben").get(TALK).text
    assert "Taken back by who wrote it." in page
    assert "Aloud?" in page
    assert [one.text for one in stored()] == ["", "Aloud?", ""]
    assert [one.person_id for one in stored()] == [None, cast.ben, None]
