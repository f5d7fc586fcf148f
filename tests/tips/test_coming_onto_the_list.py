"""Anyone with an address: one question, one yes. Bad addresses, bent links, scanners, strangers."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.people import Cast
from tests.tips.conftest import Time, everything, link_in, mails, subscriber, subscription
from training.accounts.models import RateBucket
from training.database import db, transaction
from training.mail.models import Message
from training.tips.models import Subscription


def ask(browser: Browser, address: str = "kim@example.org") -> None:
    reply = browser.post("/subscriptions", {"email": address})
    assert (reply.status_code, reply.location) == (303, "/subscriptions/sent")
    assert "Look in your mailbox" in browser.get(reply.location).text


def subscribers() -> list[str]:
    db.session.remove()
    return [email for email in db.session().scalars(select(Subscription.email)) if email]


def test_an_address_is_asked_once_and_is_on_the_list_after_its_yes(visitor: Browser) -> None:
    assert 'href="/subscriptions/new"' in visitor.get("/tips").text
    assert visitor.get("/subscriptions/new").headers["Cache-Control"] == "no-store, private"
    ask(visitor)
    assert subscribers() == []
    link = link_in(mails("tip_confirm")[0])

    assert "kim@example.org" in visitor.get(link).text
    assert subscribers() == []
    yes = visitor.post(link)

    assert yes.status_code == 303
    assert subscribers() == ["kim@example.org"]
    assert "The next one comes on Monday" in visitor.get(yes.location).text


def test_a_scanner_that_opens_everything_twenty_times_changes_nothing(app: Flask) -> None:
    ask(Browser(app))
    link, before = link_in(mails("tip_confirm")[0]), everything()
    for method in ["GET", "HEAD"] * 20:
        assert Browser(app).ask(method, link).status_code == 200

    assert everything() == before
    assert Browser(app).post(link).status_code == 303


def test_a_yes_is_taken_once_for_two_days(visitor: Browser, time: Time) -> None:
    ask(visitor)
    link = link_in(mails("tip_confirm")[0])
    time.forward(hours=48)
    assert visitor.get(link).status_code == 404
    assert visitor.post(link).status_code == 404
    assert subscribers() == []

    ask(visitor)
    link = link_in(mails("tip_confirm")[1])
    time.forward(hours=47, minutes=59)
    assert visitor.post(link).status_code == 303
    again = visitor.post(link)
    assert again.status_code == 404
    assert "was pressed before and did its work" in again.text
    assert subscribers() == ["kim@example.org"]


def test_one_yes_answers_every_question_to_that_address(visitor: Browser) -> None:
    ask(visitor)
    ask(visitor)
    first, second = (link_in(mail) for mail in mails("tip_confirm"))

    assert visitor.post(second).status_code == 303
    assert visitor.get(first).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "",
        "kim",
        "kim@localhost",
        "kim@example.org\nBcc: all@example.org",
        "kim@example.org\r\n",
        "kim\x00@example.org",
        "kim@example.org, lee@example.org",
        "kim@example.org;lee@example.org",
        "Kim <kim@example.org>",
        "kim@example.org lee@example.org",
        "kim@@example.org",
        "‮kim@example.org",
        f"{'k' * 65}@example.org",
        f"kim@{'a' * 60}.{'b' * 60}.{'c' * 60}.{'d' * 63}.example.org",
        "kim@straße.example",
        "kim@exa mple.org",
        "kîm@example.org",
        "kim@-example.org",
    ],
)
def test_what_is_not_one_address_is_said_so_and_nothing_is_written(visitor: Browser, address: str) -> None:
    reply = visitor.post("/subscriptions", {"email": address})

    assert reply.status_code == 422
    assert "Type one e-mail address" in reply.text or "Type an e-mail address" in reply.text
    assert db.session().scalars(select(Message)).all() == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kim.Lee@Example.ORG", "kim.lee@example.org"),
        ("  kim@example.org ", "kim@example.org"),
        ("kim+tips@example.org", "kim+tips@example.org"),
        ("kim@bücher.example", "kim@xn--bcher-kva.example"),
        ("kim@例え.example", "kim@xn--r8jz45g.example"),
        (f"{'k' * 64}@{'a' * 60}.example.org", f"{'k' * 64}@{'a' * 60}.example.org"),
    ],
)
def test_one_address_is_kept_in_one_way_of_writing_it(visitor: Browser, typed: str, kept: str) -> None:
    ask(visitor, typed)
    assert visitor.post(link_in(mails("tip_confirm")[0])).status_code == 303

    assert subscribers() == [kept]


def test_an_address_that_is_known_gets_the_same_words_and_another_mail(app: Flask, cast: Cast) -> None:
    subscriber(app)
    browser = Browser(app)
    ask(browser)
    ask(browser, "Ana@example.invalid")
    ask(browser, "new@example.org")

    db.session.remove()
    found = [
        (one.purpose, one.to_address) for one in db.session().scalars(select(Message).order_by(Message.id))
    ]
    assert found[1:] == [
        ("tip_manage", "kim@example.org"),
        ("tip_have_account", "ana@example.invalid"),
        ("tip_confirm", "new@example.org"),
    ]
    assert subscribers() == ["kim@example.org"]


def test_a_stranger_cannot_fill_a_mailbox(app: Flask, time: Time) -> None:
    for _ in range(9):
        ask(Browser(app), "kim@example.org")
    assert len(mails("tip_confirm")) == 3

    time.forward(minutes=5)
    ask(Browser(app), "KIM@example.org")
    ask(Browser(app), "kim@example.org")
    assert len(mails("tip_confirm")) == 4


def test_one_network_cannot_write_to_everybody(visitor: Browser, time: Time) -> None:
    for number in range(30):
        ask(visitor, f"kim{number}@example.org")
    refused = visitor.post("/subscriptions", {"email": "one-more@example.org"})

    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Wait a minute" in refused.text
    assert "one-more@example.org" in refused.text
    assert len(mails("tip_confirm")) == 30


def test_all_networks_together_cannot_flood_either(visitor: Browser, time: Time) -> None:
    with transaction() as session:
        session.add(RateBucket(key="mail-site", started_at=time.at, count=1000))

    assert visitor.post("/subscriptions", {"email": "kim@example.org"}).status_code == 429
    assert mails("tip_confirm") == []


@pytest.mark.parametrize("purpose", ["tip-confirmation", "tip-address", "tip-subscription", "tip-stop"])
@pytest.mark.parametrize("bent", ["x", "x" * 43, "x" * 3000, "%00", "’"])
def test_a_bent_link_says_what_to_do(visitor: Browser, purpose: str, bent: str) -> None:
    for reply in (visitor.get(f"/t/{purpose}/{bent}"), visitor.post(f"/t/{purpose}/{bent}")):
        assert reply.status_code in (404, 405)
        assert reply.headers["Referrer-Policy"] == "strict-origin"
    assert "This link does not work now" in visitor.get(f"/t/{purpose}/{bent}").text


def test_a_link_of_one_purpose_is_worth_nothing_at_another(app: Flask) -> None:
    own = subscriber(app).rsplit("/", 1)[1]
    confirm = link_in(mails("tip_confirm")[0]).rsplit("/", 1)[1]
    purposes = ("tip-confirmation", "tip-address", "tip-stop", "sign-in", "reset", "invitation", "e-mail")
    for purpose in purposes:
        for secret in (own, confirm):
            assert Browser(app).get(f"/t/{purpose}/{secret}").status_code == 404
            assert Browser(app).post(f"/t/{purpose}/{secret}").status_code == 404
    assert Browser(app).get(f"/t/tip-subscription/{confirm}").status_code == 404


def test_where_tips_are_for_members_nobody_else_can_have_them_mailed(
    site_like: Callable[..., Flask],
) -> None:
    browser = Browser(site_like(public_tips=False))
    assert browser.get("/subscriptions/new").status_code == 404
    assert browser.post("/subscriptions", {"email": "kim@example.org"}).status_code == 404
    assert mails("tip_confirm") == []


def test_the_question_is_a_form_of_ours(visitor: Browser) -> None:
    assert visitor.post_bare("/subscriptions", {"email": "kim@example.org"}).status_code == 400
    assert mails("tip_confirm") == []


def test_whoever_stopped_may_come_back_the_same_way(app: Flask) -> None:
    own = subscriber(app)
    Browser(app).post(f"{own}/end")
    assert subscription().ended_at is not None
    ask(Browser(app))

    assert Browser(app).post(link_in(mails("tip_confirm")[1])).status_code == 303
    assert subscription().ended_at is None
