"""How we will say it: kept with the team, by whom and when, for everybody in it to read."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.huddles.conftest import HUDDLES, Room, words
from tests.people import Cast
from training import clock
from training.accounts.models import Person
from training.clock import now
from training.database import db, transaction
from training.huddles.models import HuddleNote

SAID = "I hear the deadline.\nHere is what I can do <today> & tomorrow."


def note(room: Room, text: str = SAID) -> int:
    return room.lead.post(f"{room.address}/note", {"text": text}).status_code


def test_the_team_reads_it_on_its_own_page(app: Flask, cast: Cast, room: Room) -> None:
    assert note(room) == 303

    page = Browser(app).sign_in(cast.ana).get("/teams/morning-desk").text

    assert "I hear the deadline.\nHere is what I can do &lt;today&gt; &amp; tomorrow." in page
    assert "Ben Okafor, " in page


def test_a_trainer_may_mend_it_and_is_then_its_author(app: Flask, cast: Cast, room: Room) -> None:
    note(room)
    tova = Browser(app).sign_in(cast.tova)

    assert tova.post(f"{room.address}/note", {"text": "Shorter."}).status_code == 303

    page = words(tova.get(HUDDLES).text)
    assert "Shorter." in page
    assert "Tova Lindgren" in page
    assert "Ben Okafor" not in page


def test_somebody_who_only_learns_here_does_not_write(app: Flask, cast: Cast, room: Room) -> None:
    ana = Browser(app).sign_in(cast.ana)

    assert ana.post(f"{room.address}/note", {"text": "Mine."}).status_code == 404


def test_nothing_written_takes_it_away(room: Room) -> None:
    assert note(room, "") == 303
    note(room)

    assert note(room, "  ") == 303

    assert db.session().scalars(select(HuddleNote)).all() == []


def test_too_long_or_hidden_is_refused_and_nothing_is_lost(room: Room) -> None:
    long = room.lead.post(f"{room.address}/note", {"text": "x" * 601})
    hidden = room.lead.post(f"{room.address}/note", {"text": "a\u202eb"})

    assert long.status_code == hidden.status_code == 422
    assert "x" * 601 in long.text


def test_it_can_be_written_long_after_the_reveal(room: Room) -> None:
    room.reveal()
    next_week = now() + timedelta(hours=9)
    with clock.running(lambda: next_week):
        assert note(room) == 303

    assert "I hear the deadline." in room.page()


def test_erasing_the_author_leaves_the_words_nameless(app: Flask, cast: Cast, room: Room) -> None:
    note(room)
    with transaction() as session:
        session.delete(session.get_one(Person, cast.ben))

    page = words(Browser(app).sign_in(cast.tova).get(HUDDLES).text)

    assert "I hear the deadline." in page
    assert "Ben Okafor" not in page


def test_the_list_has_pages(app: Flask, ben: Browser, cast: Cast) -> None:
    for _ in range(21):
        assert ben.post(HUDDLES, {"about": "tip"}).status_code == 303

    assert ben.get(f"{HUDDLES}?page=2").status_code == 200
    assert ben.get(f"{HUDDLES}?page=3").status_code == 404
