"""The page of a decision that came back: theirs alone, the first answer counts, no progress."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.browsing import Browser
from tests.people import Cast
from tests.returns.conftest import TIP, cards
from training.accounts.erasure import erase_hooks
from training.clock import now
from training.database import db, transaction
from training.library.models import Completion, Publication
from training.library.queries import load_lesson
from training.returns.models import ReturnCard

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def card(ana: Browser, pass_days: Callable[[int], None]) -> ReturnCard:
    ana.post(f"{TIP}/completions", {"reply": 1})
    pass_days(0)
    pass_days(3)
    return next(card for card in cards() if card.waits_since is not None)


def reply_of(card: ReturnCard, *, strong: bool) -> int:
    assert card.revision_id is not None
    replies = load_lesson(db.session(), card.revision_id).replies
    return next(reply.index for reply in replies if (reply.band == "strong") is strong)


def test_a_link_picks_and_one_button_says(ana: Browser, card: ReturnCard) -> None:
    page = ana.get(f"/again/{card.public_id}").text
    assert f"/again/{card.public_id}?reply=1#your-call" in page
    assert "Coach" not in page
    assert "Say this" in ana.get(f"/again/{card.public_id}?reply=1").text
    assert cards()[0].reply is None


def test_what_it_does_is_shown_and_when_the_next_comes(ana: Browser, card: ReturnCard) -> None:
    said = ana.post(f"/again/{card.public_id}/answers", {"reply": reply_of(card, strong=True)})
    assert said.location == f"/again/{card.public_id}#your-call"

    page = ana.get(f"/again/{card.public_id}").text
    assert "Strong choice" in page
    assert "The next decision of this kind comes on" in page
    assert f"/again/{card.public_id}" not in ana.get("/").text


def test_the_first_answer_is_the_one_that_counts(ana: Browser, card: ReturnCard) -> None:
    strong, weak = reply_of(card, strong=True), reply_of(card, strong=False)
    ana.post(f"/again/{card.public_id}/answers", {"reply": strong})
    after = [(one.reply, one.due_on, one.stability) for one in cards()]
    ana.post(f"/again/{card.public_id}/answers", {"reply": weak})

    assert [(one.reply, one.due_on, one.stability) for one in cards()] == after


def test_it_moves_no_progress(ana: Browser, card: ReturnCard) -> None:
    before = db.session().scalar(select(func.count()).select_from(Completion))
    ana.post(f"/again/{card.public_id}/answers", {"reply": 1})

    assert db.session().scalar(select(func.count()).select_from(Completion)) == before


@pytest.mark.parametrize("reply", ["", "0", "9", "99", "x", "-1", "1.0", "１"])
def test_what_is_not_on_offer_is_not_taken(ana: Browser, card: ReturnCard, reply: str) -> None:
    assert ana.post(f"/again/{card.public_id}/answers", {"reply": reply}).status_code == 422
    assert cards()[0].reply is None


def test_nobody_else_has_it(app: Flask, cast: Cast, card: ReturnCard) -> None:
    for person in (cast.ben, cast.tova, cast.ada, cast.omar, cast.lena):
        browser = Browser(app).sign_in(person)
        assert browser.get(f"/again/{card.public_id}").status_code == 404
        assert browser.post(f"/again/{card.public_id}/answers", {"reply": 1}).status_code == 404
    assert all(one.reply is None for one in cards())


def test_no_page_of_a_lead_a_trainer_or_an_admin_names_it(
    app: Flask, cast: Cast, ana: Browser, card: ReturnCard
) -> None:
    """A canary: the card's own name stands nowhere but on pages of its owner."""
    ana.post(f"/again/{card.public_id}/answers", {"reply": 1})
    for person in (cast.ben, cast.tova, cast.ada):
        browser = Browser(app).sign_in(person)
        for address in ("/", "/teams/morning-desk", "/teams/morning-desk/progress", "/studio", "/admin"):
            page = browser.get(address)
            assert card.public_id not in page.text
            assert "Another go" not in page.text


def test_a_lesson_that_is_gone_brings_no_dead_link(ana: Browser, card: ReturnCard) -> None:
    address, revision = f"/again/{card.public_id}", card.revision_id
    with transaction() as session:
        for row in session.scalars(select(Publication).where(Publication.revision_id == revision)):
            row.ended_at = now()

    assert address not in ana.get("/").text
    assert ana.get(address).status_code == 200


def test_erasing_a_person_erases_their_schedule(app: Flask, cast: Cast, card: ReturnCard) -> None:
    with transaction() as session:
        for forget in erase_hooks():
            forget(session, cast.ana, now())

    assert cards() == []
