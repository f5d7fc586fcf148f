"""One sentence about a turn reaches whoever writes the call, with that turn and nothing else."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.attempts.playing import Player
from tests.browsing import Browser
from tests.people import Cast
from training.clock import now
from training.database import transaction
from training.hindsight.models import Remark
from training.privacy.erasing import erase_person
from training.privacy.exporting import own_data

SAID = "I would have asked at what hour."


def send(player: Player, attempt: str, turn: int = 2, text: str = SAID, **more: str) -> int:
    return player.browser.post(f"/attempts/{attempt}/turns/{turn}/remark", {"text": text, **more}).status_code


def first_remark(page: str) -> str:
    found = re.search(r"/studio/inbox/remarks/(\w{16})/answer", page)
    assert found is not None
    return found[1]


def test_it_is_offered_at_every_turn_and_reaches_the_inbox_with_the_turn(
    ana: Player, debriefed: str, tova: Browser
) -> None:
    assert ana.debrief(debriefed).count("/remark") == 3
    assert ana.browser.get(f"/attempts/{debriefed}/turns/2/remark").status_code == 200

    assert send(ana, debriefed) == 303

    page = tova.get("/studio/inbox").text
    assert SAID in page
    assert "So what will you do about it?" in page
    assert "I shall look into it." in page
    assert "Tell me when it hums." not in page, "another turn of hers"
    assert re.search(r"content/scenarios/the-kettle-in-order\.md:\d+", page)
    assert 'Inbox <b class="num">1</b>' in tova.get("/studio").text


def test_it_goes_without_a_name_unless_the_writer_says_otherwise(
    ana: Player, debriefed: str, tova: Browser
) -> None:
    send(ana, debriefed)
    assert "Ana Duarte" not in tova.get("/studio/inbox").text

    send(ana, debriefed, is_named="y")

    assert "Ana Duarte" in tova.get("/studio/inbox").text


def test_said_again_it_is_one_sentence(ana: Player, debriefed: str, session: Session) -> None:
    for text in (SAID, SAID, "Better: at what hour, and for how long?"):
        send(ana, debriefed, text=text)

    assert session.scalars(select(Remark.text)).all() == ["Better: at what hour, and for how long?"]


def test_the_answer_stands_on_today_and_beside_the_turn(ana: Player, debriefed: str, tova: Browser) -> None:
    send(ana, debriefed)
    remark = first_remark(tova.get("/studio/inbox").text)

    tova.post(f"/studio/inbox/remarks/{remark}/answer", {"words": "The next revision asks it."})

    assert SAID not in tova.get("/studio/inbox").text
    assert "The next revision asks it." in ana.browser.get("/").text
    assert "The next revision asks it." in ana.browser.get(f"/attempts/{debriefed}/turns/2/remark").text
    assert send(ana, debriefed, text="And again.") == 409


def test_closed_without_a_word_nothing_stands_on_today(ana: Player, debriefed: str, tova: Browser) -> None:
    send(ana, debriefed)
    remark = first_remark(tova.get("/studio/inbox").text)

    tova.post(f"/studio/inbox/remarks/{remark}/answer", {"words": ""})
    tova.post(f"/studio/inbox/remarks/{remark}/answer", {"words": "Too late."})

    assert "An answer to what you said back" not in ana.browser.get("/").text
    assert "A trainer has read it." in ana.browser.get(f"/attempts/{debriefed}/turns/2/remark").text


@pytest.mark.parametrize("text", ["", "x" * 301, "reversed \u202e words", "two\nlines"])
def test_what_is_no_plain_sentence_is_sent_back(ana: Player, debriefed: str, text: str) -> None:
    assert send(ana, debriefed, text=text) == 422


def test_html_is_shown_as_it_was_typed(ana: Player, debriefed: str, tova: Browser) -> None:
    send(ana, debriefed, text="<b>Ask</b> her")

    assert "&lt;b&gt;Ask&lt;/b&gt; her" in tova.get("/studio/inbox").text


def test_after_ten_in_a_row_it_takes_a_while(ana: Player, debriefed: str) -> None:
    codes = [send(ana, debriefed, text=f"Sentence {number}.") for number in range(11)]

    assert codes == [303] * 10 + [429]


def test_only_the_learner_and_only_once_it_is_over(ana: Player, omar: Player, debriefed: str) -> None:
    going_on = ana.start()
    assert send(ana, going_on, turn=1) == 404
    assert send(omar, debriefed) == 404
    for turn in (0, 4):
        assert send(ana, debriefed, turn=turn) == 404


def test_it_is_in_one_s_own_file_and_goes_with_the_person(
    app: Flask, cast: Cast, ana: Player, debriefed: str, tova: Browser, session: Session
) -> None:
    send(ana, debriefed)
    ana.browser.post("/stories", {"text": "He shouted."})
    tables = own_data(session, cast.ana, now()).tables
    assert tables["remark"][0]["text"] == SAID
    assert tables["story"][0]["text"] == "He shouted."
    session.rollback()

    with transaction() as writing:
        erase_person(writing, cast.ana, by="x", at=now())

    assert session.scalar(select(func.count()).select_from(Remark)) == 0
    assert "The inbox is empty" in tova.get("/studio/inbox").text
