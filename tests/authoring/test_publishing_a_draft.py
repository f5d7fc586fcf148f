"""From a draft to what learners get; nobody who is in the middle of a call is hurt by it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.attempts.playing import Player, find_row, replies_on
from tests.authoring.conftest import Open
from tests.authoring.writing import CALL, rewrite, save, source_of
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import AuditEntry
from training.attempts.verifying import verify_attempts
from training.library.models import Completion, Kind, Publication, Revision
from training.library.queries import find_published

HISTORY = f"/studio/history/scenario/{CALL}"


def publish(browser: Browser, address: str, live: int = 1, note: str = "") -> TestResponse:
    return browser.post(f"{address}/publication", {"live": live, "note": note})


@pytest.fixture
def ana(app: Flask, cast: Cast, published: None) -> Player:
    return Player(app, cast.ana)


@pytest.fixture
def approving(app: Flask) -> Iterator[None]:
    """The site wants a second person."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, second_approval=True)
    yield
    app.extensions["settings"] = settings


def test_a_new_call_is_published_and_played(tova: Browser, ana: Player) -> None:
    address = tova.post("/studio/drafts", {"kind": "scenario", "title": "The late parcel"}).location

    reply = publish(tova, address, live=0)

    assert reply.status_code == 303
    attempt = ana.start("the-late-parcel", kind="practice")
    assert replies_on(ana.page(attempt))
    assert "No draft is open" in tova.get("/studio").text


def test_the_same_form_come_twice_publishes_once(tova: Browser, session: Session) -> None:
    address = tova.post("/studio/drafts", {"kind": "skill", "title": "Reassure"}).location
    first = publish(tova, address, live=0)

    assert publish(tova, address, live=0).location == first.location
    assert session.scalars(select(AuditEntry.action)).all().count("published") == 1


def test_what_does_not_prove_is_not_published(tova: Browser, opened: Open, session: Session) -> None:
    address = opened("scenario", CALL)
    save(tova, address, source_of("scenario", CALL) + "\n## Nobody comes\n", 1)

    assert "only what proves is published" in tova.get(f"{address}/publication").text
    assert publish(tova, address).status_code == 409
    assert find_published(session, Kind.SCENARIO, CALL).revision_id == session.scalar(
        select(Publication.revision_id).join(Revision).where(Revision.source == source_of("scenario", CALL))
    )


def test_the_page_tells_what_changes_in_meaning(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    rewrite(tova, address, "Restrain +2", "Restrain +3")
    rewrite(tova, address, "summary: A hire customer", "summary: Some hire customer")

    page = tova.get(f"{address}/publication")

    assert "Scoring" in page.text
    assert "Wording" in page.text
    assert "`summary` is another." in page.text
    assert "Nobody just now." in page.text


def test_who_is_in_the_middle_is_counted_and_finishes_what_they_began(
    tova: Browser, opened: Open, ana: Player, session: Session
) -> None:
    attempt = ana.start(CALL, kind="practice")
    ana.says(attempt, 1)
    before = find_row(attempt).revision_id
    address = opened("scenario", CALL)
    rewrite(tova, address, "Restrain +2", "Restrain +3")

    assert "One person has begun it and not ended." in tova.get(f"{address}/publication").text
    publish(tova, address)
    for step in range(2, 30):
        if ana.say(attempt, step, 1).status_code != 303:
            break

    row = find_row(attempt)
    assert row.finished_at is not None
    assert row.revision_id == before != find_published(session, Kind.SCENARIO, CALL).revision_id
    assert [one for batch in verify_attempts(session) for one in batch] == []
    assert find_row(ana.start(CALL, kind="practice")).revision_id != before


def test_a_draft_saved_since_it_was_looked_at_is_not_published(
    tova: Browser, ada: Browser, opened: Open
) -> None:
    address = opened("skill", "redirect")
    other = opened("skill", "restrain")
    rewrite(tova, address, "title: ", "title: Now ")
    rewrite(tova, other, "title: ", "title: Now ")
    assert publish(ada, other, live=7).status_code == 409
    assert publish(ada, other).status_code == 303
    tova.post(f"{address}/closings")
    assert publish(ada, address).status_code == 409


def test_publishing_what_is_published_is_not_offered(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")

    page = tova.get(f"{address}/publication")

    assert "This is what is published already." in page.text
    assert "Publish it</button>" not in page.text


def test_the_history_holds_every_revision_its_note_and_who(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    rewrite(tova, address, "Restrain +2", "Restrain +3")
    publish(tova, address, note="He is calmer than we thought")

    page = tova.get(HISTORY)

    assert "He is calmer than we thought" in page.text
    assert "by Tova Lindgren" in page.text
    assert "Revision 2 is what people get." in page.text
    compared = tova.get(f"{HISTORY}/comparison?old=1&new=2")
    assert "Scoring" in compared.text
    assert tova.get(f"{HISTORY}/comparison?old=1&new=9").status_code == 404


def test_an_earlier_revision_comes_back_as_a_draft(tova: Browser, opened: Open, session: Session) -> None:
    address = opened("skill", "redirect")
    rewrite(tova, address, "title: ", "title: Not ")
    publish(tova, address)

    back = tova.post("/studio/drafts/openings", {"kind": "skill", "slug": "redirect", "number": 1}).location
    publish(tova, back, live=2)

    live = find_published(session, Kind.SKILL, "redirect").revision_id
    assert session.get_one(Revision, live).source == source_of("skill", "redirect")
    assert session.get_one(Revision, live).number == 1


def test_an_open_draft_is_never_written_over_by_an_earlier_revision(tova: Browser, opened: Open) -> None:
    rewrite(tova, opened("skill", "redirect"), "title: ", "title: Another ")

    reply = tova.post("/studio/drafts/openings", {"kind": "skill", "slug": "redirect", "number": 1})

    assert reply.status_code == 409


def test_what_is_taken_down_is_gone_for_who_begins_and_not_for_who_is_in_it(
    tova: Browser, ana: Player
) -> None:
    attempt = ana.start(CALL, kind="practice")

    tova.post(f"{HISTORY}/retirements")

    assert ana.begin(CALL, kind="practice").status_code == 404
    assert ana.say(attempt, 1, 1).status_code == 303
    assert "It is not published now." in tova.get(HISTORY).text


def test_a_withdrawal_is_told_to_who_plays_and_to_who_played(
    tova: Browser, ana: Player, app: Flask, cast: Cast
) -> None:
    omar = Player(app, cast.omar)
    done, doing = ana.start(CALL, kind="practice"), omar.start(CALL, kind="practice")
    for step in range(1, 30):
        if ana.say(done, step, 1).status_code != 303:
            break
    assert "turned out to be wrong" not in ana.debrief(done)

    tova.post(f"{HISTORY}/withdrawal", {"words": "The refund takes five days, not one."})

    assert "The refund takes five days, not one." in ana.debrief(done)
    assert "The refund takes five days, not one." in omar.page(doing)
    assert omar.say(doing, 1, 1).status_code == 303
    assert tova.get(f"{HISTORY}/withdrawal").status_code == 404


def test_a_later_revision_does_not_carry_the_correction(tova: Browser, opened: Open, ana: Player) -> None:
    address = opened("scenario", CALL)
    rewrite(tova, address, "Restrain +2", "Restrain +3")
    tova.post(f"{HISTORY}/withdrawal", {"words": "The refund takes five days."})
    publish(tova, address, live=0)

    assert "The refund takes five days." not in ana.page(ana.start(CALL, kind="practice"))


def test_a_withdrawal_without_words_withdraws_nothing(tova: Browser, ana: Player) -> None:
    assert tova.post(f"{HISTORY}/withdrawal", {"words": ""}).status_code == 422
    assert ana.begin(CALL, kind="practice").status_code == 303


def test_a_tip_is_taken_down_and_never_withdrawn(tova: Browser, published: None, session: Session) -> None:
    withdrawal = "/studio/history/lesson/seeing-it-coming/withdrawal"

    assert tova.get(withdrawal).status_code == 404
    assert tova.post(withdrawal, {"words": "Wrong."}).status_code == 404
    assert find_published(session, Kind.LESSON, "seeing-it-coming")


@pytest.mark.parametrize("is_down_first", [False, True])
def test_what_was_done_with_a_tip_follows_it_to_its_new_name_at_once(
    tova: Browser, published: None, session: Session, is_down_first: bool
) -> None:
    tova.post("/tips/seeing-it-coming/completions", {"how": "read"})
    copied = {"of": "lesson/seeing-it-coming", "title": "Seeing it"}
    address = tova.post("/studio/drafts/copies", copied).location
    rewrite(tova, address, "topics:", "aliases: [seeing-it-coming]\ntopics:")

    retirement = "/studio/history/lesson/seeing-it-coming/retirements"
    if is_down_first:
        tova.post(retirement)
    publish(tova, address, live=0)
    if not is_down_first:
        tova.post(retirement)

    renamed = find_published(session, Kind.LESSON, "seeing-it")
    assert session.scalars(select(Completion.item_id)).all() == [renamed.item_id]


def test_a_second_person_approves_where_the_site_wants_it(
    tova: Browser, ada: Browser, opened: Open, approving: None
) -> None:
    address = opened("skill", "redirect")
    rewrite(tova, address, "title: ", "title: Now ")

    assert publish(tova, address).status_code == 409
    assert tova.post(f"{address}/approvals", {"version": 2}).status_code == 409
    assert ada.post(f"{address}/approvals", {"version": 1}).status_code == 409
    assert ada.post(f"{address}/approvals", {"version": 2}).status_code == 303
    assert publish(tova, address).status_code == 303


def test_an_approval_is_of_the_text_that_was_read(
    tova: Browser, ada: Browser, opened: Open, approving: None
) -> None:
    address = opened("skill", "redirect")
    rewrite(tova, address, "title: ", "title: Now ")
    ada.post(f"{address}/approvals", {"version": 2})
    rewrite(tova, address, "title: ", "title: Quite ")

    assert publish(tova, address).status_code == 409


def test_a_lesson_marked_as_a_draft_is_not_published(tova: Browser, opened: Open) -> None:
    address = opened("lesson", "seeing-it-coming")
    rewrite(tova, address, "---\n", "---\ndraft: yes\n")

    assert "draft: yes" in re.sub(r"<[^>]+>", "", tova.get(f"{address}/publication").text)
    assert publish(tova, address).status_code == 409


def test_what_is_published_and_taken_down_is_in_the_log(
    tova: Browser, opened: Open, session: Session
) -> None:
    address = opened("scenario", CALL)
    rewrite(tova, address, "Restrain +2", "Restrain +3")
    publish(tova, address)
    tova.post(f"{HISTORY}/withdrawal", {"words": "Wrong."})

    rows = session.execute(select(AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.id)).all()
    assert [tuple(row) for row in rows[-2:]] == [
        ("published", f"scenario/{CALL}"),
        ("withdrawn", f"scenario/{CALL}"),
    ]
