"""Links by mail: to sign in, to set a new password. Looking changes nothing; the button acts, once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from tests.accounts.conftest import Clock, link_in, mails
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from tests.statements import counted_statements
from training.accounts import service
from training.accounts.models import Person, SignInSession
from training.accounts.passwords import verify_password
from training.clock import now
from training.database import Base, db, transaction
from training.mail.stopping import address_key

NEW = "walnut kettle harbour seven"


def ask(browser: Browser, who: str = "ana@example.invalid") -> None:
    reply = browser.post("/sign-in", {"identifier": who, "password": "", "link": "1"})
    assert (reply.status_code, reply.location) == (303, "/sign-in/sent")


def ask_reset(browser: Browser, who: str = "ana@example.invalid") -> None:
    reply = browser.post("/sign-in/forgotten", {"identifier": who})
    assert (reply.status_code, reply.location) == (303, "/sign-in/sent")


def everything() -> dict[str, int]:
    """How many rows each table has, and what tokens say of their use."""
    db.session.remove()
    return {
        table.name: db.session().scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_a_link_signs_in_once(visitor: Browser, cast: Cast) -> None:
    ask(visitor)
    link = link_in(mails("sign_in_link")[0])
    assert "Ana Duarte" in visitor.get(link).text
    assert visitor.post(link).location == "/"
    assert visitor.get("/account").status_code == 200

    again = visitor.get(link)
    assert again.status_code == 404
    assert "This link is spent" in again.text
    assert visitor.post(link).status_code == 404


def test_a_mail_scanner_that_opens_a_link_twenty_times_changes_nothing(app: Flask, cast: Cast) -> None:
    ask(Browser(app))
    ask_reset(Browser(app))
    mailed = [link_in(mails(purpose)[0]) for purpose in ("sign_in_link", "password_reset")]
    before = everything()
    for link in mailed * 20:
        assert Browser(app).get(link).status_code == 200

    assert everything() == before
    assert db.session().scalar(text("SELECT count(*) FROM sign_in_link WHERE used_at IS NOT NULL")) == 0
    assert [Browser(app).post(link, {"password": NEW}).status_code for link in mailed] == [303, 303]


def test_a_scanner_that_asks_only_for_the_head_of_a_page_changes_nothing(app: Flask, cast: Cast) -> None:
    ask(Browser(app))
    with transaction() as session:
        service.request_email_change(session, cast.ana, "ana@elsewhere.invalid", now())
    mailed = [link_in(mails(purpose)[0]) for purpose in ("sign_in_link", "email_change")]
    before = everything()
    for link in mailed * 2:
        seen = Browser(app).ask("HEAD", link)
        assert (seen.status_code, seen.headers.get("Set-Cookie", "")[:8]) == (200, "form=eyJ")

    assert everything() == before
    assert [Browser(app).post(link).status_code for link in mailed] == [303, 303]


def test_a_link_is_good_for_fifteen_minutes(visitor: Browser, cast: Cast, time: Clock) -> None:
    ask(visitor)
    link = link_in(mails("sign_in_link")[0])
    time.forward(minutes=14, seconds=59)
    assert visitor.get(link).status_code == 200
    time.forward(seconds=1)

    assert visitor.get(link).status_code == 404
    assert visitor.post(link).status_code == 404


def test_a_link_of_one_purpose_is_worth_nothing_at_another(visitor: Browser, cast: Cast) -> None:
    ask(visitor)
    token = link_in(mails("sign_in_link")[0]).rsplit("/", 1)[1]

    for purpose in ("reset", "invitation", "e-mail"):
        assert visitor.get(f"/t/{purpose}/{token}").status_code == 404
        assert visitor.post(f"/t/{purpose}/{token}", {"password": NEW}).status_code == 404


@pytest.mark.parametrize("bent", ["x", "x" * 43, "x" * 3000, "%00", "’"])
def test_a_bent_link_says_what_to_do(visitor: Browser, bent: str) -> None:
    for purpose in ("sign-in", "reset", "invitation", "e-mail"):
        page = visitor.get(f"/t/{purpose}/{bent}")
        assert page.status_code == 404
        assert "Go to sign in" in page.text


def test_the_page_of_a_link_tells_no_other_site_its_address(visitor: Browser, cast: Cast) -> None:
    ask(visitor)
    page = visitor.get(link_in(mails("sign_in_link")[0]))

    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert page.headers["Cache-Control"] == "no-store, private"


def test_links_come_from_the_configured_address(visitor: Browser, cast: Cast) -> None:
    visitor.post(
        "/sign-in",
        {"identifier": "ana@example.invalid", "link": "1"},
        headers={"X-Forwarded-Host": "evil.test"},
    )

    assert "http://127.0.0.1:8000/t/sign-in/" in mails("sign_in_link")[0].text


@pytest.mark.parametrize(("asks", "purpose"), [(ask, "sign_in_link"), (ask_reset, "password_reset")])
def test_the_answer_is_the_same_for_nobody_and_so_is_the_work(
    visitor: Browser, cast: Cast, asks: Callable[[Browser, str], None], purpose: str
) -> None:
    written = []
    with transaction() as session:
        address_key(session)  # made once, with the first mail of all
    for who in ("ana@example.invalid", "nobody@example.invalid", "4711"):
        with counted_statements(db.engine) as statements:
            asks(visitor, who)
        written.append([one for one in statements if one.lstrip().startswith(("INSERT", "UPDATE"))])

    assert written[0] == written[1] == written[2]
    assert [one.split()[2] for one in written[0] if "INTO message" in one or f"INTO {purpose}" in one] == [
        purpose,
        "message",
    ]
    assert [message.to_address for message in mails(purpose)] == ["ana@example.invalid"]
    assert db.session().scalar(text(f"SELECT count(*) FROM {purpose} WHERE used_at IS NULL")) == 1  # noqa: S608


def test_nobody_can_fill_a_mailbox(visitor: Browser, cast: Cast, time: Clock) -> None:
    for _ in range(8):
        ask(visitor)

    assert len(mails("sign_in_link")) == 3
    time.forward(minutes=5)
    ask(visitor)
    assert len(mails("sign_in_link")) == 4


def test_a_network_that_asks_for_everybody_is_told_to_wait(visitor: Browser, cast: Cast, time: Clock) -> None:
    for number in range(30):
        ask(visitor, f"{number}@example.invalid")
    reply = visitor.post("/sign-in", {"identifier": "ana@example.invalid", "link": "1"})

    assert reply.status_code == 429
    assert reply.headers["Retry-After"] == "30"
    assert mails("sign_in_link") == []


def test_a_disabled_person_gets_no_link_and_uses_none(visitor: Browser, cast: Cast) -> None:
    ask(visitor)
    link = link_in(mails("sign_in_link")[0])
    with transaction() as session:
        service.disable_person(session, session.get_one(Person, cast.ana), by="operator", at=now())
    ask(visitor)

    assert len(mails("sign_in_link")) == 1
    assert visitor.post(link).status_code == 404


def test_a_reset_sets_the_password_and_signs_out_everywhere(app: Flask, cast: Cast) -> None:
    elsewhere, here = Browser(app).sign_in(cast.ana), Browser(app)
    ask_reset(here)
    link = link_in(mails("password_reset")[0])
    assert "Choose a new password" in here.get(link).text

    assert here.post(link, {"password": NEW}).location == "/"
    assert elsewhere.get("/account").status_code == 303
    assert here.get("/account").status_code == 200
    stored = db.session().get_one(Person, cast.ana).password_hash
    assert verify_password(stored, NEW, cheap=True)
    assert not verify_password(stored, PASSWORD, cheap=True)
    assert mails("password_changed")[0].to_address == "ana@example.invalid"
    assert here.post(link, {"password": NEW}).status_code == 404


def test_only_the_newest_reset_counts(visitor: Browser, cast: Cast) -> None:
    ask_reset(visitor)
    ask_reset(visitor)
    older, newer = (link_in(message) for message in mails("password_reset"))

    assert visitor.get(older).status_code == 404
    assert visitor.get(newer).status_code == 200


def test_a_weak_new_password_keeps_the_link_alive(visitor: Browser, cast: Cast) -> None:
    ask_reset(visitor)
    link = link_in(mails("password_reset")[0])
    refused = visitor.post(link, {"password": "short"})

    assert refused.status_code == 422
    assert "Use 12 characters or more." in refused.text
    assert visitor.post(link, {"password": NEW}).status_code == 303


def test_the_secret_itself_is_stored_nowhere_but_in_the_mail(visitor: Browser, cast: Cast) -> None:
    ask(visitor)
    token = link_in(mails("sign_in_link")[0]).rsplit("/", 1)[1]
    stored = db.session().execute(text("SELECT token_hash FROM sign_in_link")).scalar_one()

    assert len(token) == 43
    assert token not in stored
    assert db.session().scalar(select(func.count()).select_from(SignInSession)) == 0
