"""Phones vote without signing in: one vote a browser, changed until the reveal, nothing kept of anybody."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.huddles.conftest import HUDDLES, Room
from tests.people import Cast
from tests.statements import counted_statements
from training import clock
from training.accounts.models import SignInSession
from training.clock import now
from training.database import db, transaction
from training.huddles.models import Huddle, HuddleCount, HuddleVote
from training.huddles.service import close_huddles


def votes() -> dict[int, int]:
    db.session.remove()
    rows = db.session().execute(select(HuddleVote.reply, func.count()).group_by(HuddleVote.reply))
    return {row[0]: row[1] for row in rows}


def test_a_code_leads_to_the_huddle_however_it_is_written(visitor: Browser, room: Room) -> None:
    code = room.row.code
    assert code is not None
    for typed in (code, code.upper(), f" {code[:3]}-{code[3:]} "):
        reply = visitor.post("/huddle", {"code": typed})

        assert reply.status_code == 303
        assert reply.location == f"/huddle/{room.public_id}"


def test_a_wrong_code_says_nothing_about_others(visitor: Browser, room: Room, ben: Browser) -> None:
    closed = room.row.code
    ben.post(HUDDLES, {"about": "tip"})
    said = {typed: visitor.post("/huddle", {"code": typed}) for typed in ("222222", "abc", "!", closed or "")}

    assert {reply.status_code for reply in said.values()} == {422}
    texts = {re.sub(r'value="[^"]*"|name="csrf[^>]*', "", reply.text) for reply in said.values()}
    assert len(texts) == 1


def test_guessing_codes_is_slowed_down_and_a_right_one_is_free(visitor: Browser, room: Room) -> None:
    code = room.row.code or ""
    at = now()
    with clock.running(lambda: at):
        for _ in range(40):
            assert visitor.post("/huddle", {"code": code}).status_code == 303
        guesses = [visitor.post("/huddle", {"code": "222222"}) for _ in range(31)]

    assert guesses[-1].status_code == 429
    assert "Retry-After" in guesses[-1].headers
    assert [reply.status_code for reply in guesses[:30]] == [422] * 30


def test_one_vote_a_browser_changed_until_the_reveal(room: Room) -> None:
    (phone,) = room.vote(1)
    assert votes() == {1: 1}

    phone.post(f"/huddle/{room.public_id}/votes", {"choice": 3})

    assert votes() == {3: 1}
    assert "You picked reply 3" in phone.get(f"/huddle/{room.public_id}").text
    room.reveal()
    assert phone.post(f"/huddle/{room.public_id}/votes", {"choice": 1}).status_code == 409
    assert "Voting is over" in phone.get(f"/huddle/{room.public_id}").text


def test_the_count_is_a_count_alone(room: Room) -> None:
    room.vote(1, 1, 2)

    assert room.count() == {"votes": 3, "open": True}
    room.reveal()
    assert room.count() == {"votes": None, "open": False}


def test_asking_for_the_count_reads_and_keeps_no_session(app: Flask, cast: Cast, room: Room) -> None:
    """Even a browser that sends its cookie is not looked up, so an hour of polling touches nothing."""
    ana = Browser(app).sign_in(cast.ana)
    with transaction() as session:
        session.execute(update(SignInSession).values(seen_at=now() - timedelta(minutes=30)))
    before = seen_at()
    with counted_statements(db.engine) as statements:
        ana.get(f"/huddle/{room.public_id}/votes")

    assert seen_at() == before
    assert sum(statement.startswith("SELECT") for statement in statements) == 2
    ana.get(room.address)
    assert seen_at() != before, "a page of one's own is what keeps it"


def seen_at() -> list[object]:
    db.session.remove()
    return list(db.session().scalars(select(SignInSession.seen_at).order_by(SignInSession.id)))


def test_nothing_is_stored_but_a_hash_of_this_huddle_alone(
    app: Flask, room: Room, ben: Browser, session: Session
) -> None:
    (phone,) = room.vote(1)
    cookie = phone.client.get_cookie("huddle", domain="127.0.0.1")
    assert cookie is not None
    first = session.scalars(select(HuddleVote)).one()
    columns = set(HuddleVote.__table__.columns.keys())

    assert columns == {"id", "huddle_id", "browser_hash", "reply"}
    assert cookie.value not in first.browser_hash
    assert len(cookie.value) == 43
    assert cookie.http_only
    assert cookie.same_site == "Lax"

    other = ben.post(HUDDLES, {"about": "tip"}).location.rsplit("/", 1)[-1]
    phone.get(f"/huddle/{other}")
    phone.post(f"/huddle/{other}/votes", {"choice": 1})
    db.session.remove()
    assert db.session().scalars(select(HuddleVote)).one().browser_hash != first.browser_hash


def test_when_it_closes_the_hashes_go(room: Room) -> None:
    room.vote(1, 2, 2)
    room.reveal()

    assert votes() == {}
    counted = db.session().execute(select(HuddleCount.reply, HuddleCount.count)).all()
    assert {row[0]: row[1] for row in counted} == {1: 1, 2: 2}


def test_a_huddle_that_nobody_reveals_closes_by_itself(room: Room) -> None:
    room.vote(1, 2, 2)
    late = now() + timedelta(hours=5)
    with clock.running(lambda: late):
        assert room.phone_status() == 404
    with transaction() as session:
        assert close_huddles(session, now()) == 0
        assert close_huddles(session, late) == 1
        assert close_huddles(session, late) == 0

    assert votes() == {}
    assert room.row.code is None
    assert "3 phones voted" in room.reveal()


def test_a_vote_is_for_a_reply_that_is_shown(room: Room) -> None:
    phone = room.phone()
    for choice in ("9", "0", "-1", "", "1; 2", "٣", "99999999"):
        reply = phone.post(f"/huddle/{room.public_id}/votes", {"choice": choice})
        assert reply.status_code == 422, choice

    assert votes() == {}


def test_a_browser_without_cookies_is_told_to_raise_a_hand(visitor: Browser, room: Room) -> None:
    reply = visitor.post(f"/huddle/{room.public_id}/votes", {"choice": 1})

    assert reply.status_code == 422
    assert "Raise a hand" in reply.text
    assert votes() == {}


def test_a_forged_form_does_not_vote(room: Room) -> None:
    assert room.phone().post_bare(f"/huddle/{room.public_id}/votes", {"choice": 1}).status_code == 400
    assert votes() == {}


def test_votes_from_one_network_are_slowed_down(room: Room) -> None:
    phone, at = room.phone(), now()
    with clock.running(lambda: at):
        codes = [phone.post(f"/huddle/{room.public_id}/votes", {"choice": 1}).status_code for _ in range(121)]

    assert codes == [303] * 120 + [429]


def test_votes_for_no_reply_are_slowed_down_as_well(room: Room) -> None:
    """No form offers them: somebody made them."""
    phone, at = room.phone(), now()
    with clock.running(lambda: at):
        codes = [
            phone.post(f"/huddle/{room.public_id}/votes", {"choice": 99}).status_code for _ in range(121)
        ]

    assert codes == [422] * 120 + [429]


def test_it_holds_only_so_many_votes(room: Room) -> None:
    (phone,) = room.vote(1)
    with transaction() as session:
        huddle = session.scalars(select(Huddle)).one()
        session.add_all(
            HuddleVote(huddle_id=huddle.id, browser_hash=f"{number:064}", reply=1) for number in range(299)
        )

    other = room.phone().post(f"/huddle/{room.public_id}/votes", {"choice": 2})

    assert other.status_code == 422
    assert phone.post(f"/huddle/{room.public_id}/votes", {"choice": 2}).status_code == 303
    assert votes() == {1: 299, 2: 1}


def test_search_engines_stay_out(room: Room, visitor: Browser) -> None:
    page = visitor.get(f"/huddle/{room.public_id}")

    assert page.headers["X-Robots-Tag"] == "noindex"
    assert 'name="robots"' in page.text
