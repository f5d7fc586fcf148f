"""A decision that came back, in the weekly mail: for whom wishes it, once, answered as on the site."""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.browsing import Browser
from tests.mail.conftest import Hand
from tests.people import Cast
from tests.returns.conftest import TIP, cards
from tests.tips.conftest import everything, subscriber
from training.accounts.models import Person
from training.clock import now
from training.database import db, transaction
from training.jobs.job import jobs_of
from training.library.models import Completion
from training.library.queries import load_lesson
from training.mail.delivery import deliver_waiting
from training.mail.models import Mailing
from training.returns.models import ReturnCard, ReturnMail

pytestmark = pytest.mark.usefixtures("published")
ROOT = "http://127.0.0.1:8000"


def job(app: Flask) -> None:
    """The week's issue, as the job makes it."""
    (weekly,) = [one for one in jobs_of(app) if one.name == "weekly-tip"]
    weekly.run(now())


@pytest.fixture
def waiting(app: Flask, cast: Cast, ana: Browser, pass_days: Callable[[int], None], time: Hand) -> Hand:
    """A decision waits for Ana, and it is the Monday after: nobody's issue is made yet."""
    with transaction() as session:
        session.execute(update(Person).values(created_at=datetime(2026, 9, 1, tzinfo=UTC)))
    job(app)
    subscriber(app)
    ana.post(f"{TIP}/completions", {"reply": 1})
    pass_days(0)
    time.at = datetime(2026, 11, 26, 12, tzinfo=UTC)
    pass_days(0)
    assert [one.waits_since is not None for one in cards()].count(True) >= 1
    job(app)
    time.at = datetime(2026, 11, 30, 9, tzinfo=UTC)
    deliver_waiting(app.extensions["settings"])
    ana.sign_in(cast.ana)
    return time


def wish(browser: Browser, wanted: str = "yes") -> None:
    assert browser.post("/account/weekly-tip/returns", {"wanted": wanted}).status_code == 303


def left(app: Flask) -> dict[str, bytes]:
    """The mails of this week's issue as they left, by whom they went to."""
    outbox: Path = app.extensions["settings"].instance / "outbox"
    before = set(outbox.iterdir()) if outbox.exists() else set()
    job(app)
    deliver_waiting(app.extensions["settings"])
    contents = [path.read_bytes() for path in outbox.iterdir() if path not in before]
    return {str(read(content)["To"]): content for content in contents}


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=policy.default)


def link(content: bytes) -> str:
    """The link of the decision that came back."""
    (found,) = set(re.findall(rf"{ROOT}(/t/again/[\w-]{{43}})\?reply=", str(texts(content)[0])))
    return str(found)


def texts(content: bytes) -> list[str]:
    return [str(part.get_content()) for part in read(content).iter_parts()]


def waits() -> ReturnCard:
    return next(one for one in cards() if one.waits_since is not None)


def reply_of(*, strong: bool) -> int:
    revision = waits().revision_id
    assert revision is not None
    replies = load_lesson(db.session(), revision).replies
    return next(one.index for one in replies if (one.band == "strong") is strong)


def test_it_is_off_until_somebody_wishes_it(app: Flask, waiting: Hand, ana: Browser) -> None:
    page = ana.get("/account/weekly-tip").text
    assert "comes back on your first page as another one on the same skill: after three days or more" in page
    assert "Send one with the weekly mail" in page

    assert not [to for to, content in left(app).items() if b"/t/again/" in content]
    assert db.session().scalars(select(ReturnMail)).all() == []


def test_the_mail_of_whom_wishes_it_carries_one_and_nobody_else_s_does(
    app: Flask, waiting: Hand, ana: Browser, cast: Cast
) -> None:
    wish(ana)
    wish(Browser(app).sign_in(cast.ben))
    assert "Leave it out of the mail" in ana.get("/account/weekly-tip").text
    mails = left(app)

    assert len(mails) == 7
    assert [to for to, content in mails.items() if "Another go" in texts(content)[0]] == [
        "ana@example.invalid"
    ]
    for part in texts(mails["ana@example.invalid"]):
        assert "Another go" in part
        assert "on something that you found hard before." in part
        numbers = re.findall(rf"{ROOT}/t/again/[\w-]{{43}}\?reply=(\d)", part)
        assert numbers == ["1", "2", "3", "4"][: len(numbers)]
        assert part.count("/t/again/") == len(numbers) >= 2
        assert part.index("/t/tip/") < part.index("/t/again/")


def test_its_bytes_are_those_of_a_list_like_everybody_s(app: Flask, waiting: Hand, ana: Browser) -> None:
    wish(ana)
    content = left(app)["ana@example.invalid"]
    head = content.split(b"\r\n\r\n", 1)[0] + b"\r\n"

    assert re.search(rb"\r?\n?List-Unsubscribe: <http://127\.0\.0\.1:8000/t/tip-stop/[\w-]{43}>\r\n", head)
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in head
    assert re.search(rb"(?<!\r)\n", content) is None
    assert content.isascii()
    body = content.split(b"\r\n\r\n", 1)[1]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert [part.get_content_type() for part in read(content).iter_parts()] == ["text/plain", "text/html"]
    assert "Qz7_" not in "".join(texts(content))


def test_never_more_than_one_and_the_longest_wait_first(app: Flask, waiting: Hand, ana: Browser) -> None:
    _first, second = (one.id for one in cards() if one.waits_since is not None)
    with transaction() as session:
        session.get_one(ReturnCard, second).waits_since = waiting.at - timedelta(days=9)
    wish(ana)

    assert texts(left(app)["ana@example.invalid"])[0].count("Another go") == 1
    assert [one.card_id for one in db.session().scalars(select(ReturnMail))] == [second]


def test_whose_nothing_waits_gets_the_tip_alone(app: Flask, waiting: Hand, ana: Browser) -> None:
    wish(ana)
    for card in [one for one in cards() if one.waits_since is not None]:
        ana.post(f"/again/{card.public_id}/answers", {"reply": 1})

    assert "/t/again/" not in texts(left(app)["ana@example.invalid"])[0]


def test_who_left_it_out_again_gets_the_tip_alone(app: Flask, waiting: Hand, ana: Browser) -> None:
    wish(ana)
    wish(ana, "no")

    assert "/t/again/" not in texts(left(app)["ana@example.invalid"])[0]


def test_an_answer_by_mail_counts_as_on_the_site(app: Flask, waiting: Hand, ana: Browser) -> None:
    wish(ana)
    address, card, strong = link(left(app)["ana@example.invalid"]), waits(), reply_of(strong=True)
    done = db.session().scalars(select(Completion.id)).all()
    reader = Browser(app)
    picked = reader.get(f"{address}?reply={strong}").text
    assert "Answering as Ana Duarte." in picked
    assert "Answer without a name" in picked

    said = reader.post(address, {"reply": strong})
    assert said.location == f"{address}?reply={strong}&said=yes#your-call"
    assert "Strong choice" in reader.get(said.location).text
    after = next(one for one in cards() if one.id == card.id)
    assert (after.reply, after.waits_since) == (strong, None)
    assert after.due_on > card.due_on
    assert f"/again/{card.public_id}" not in ana.get("/").text
    assert db.session().scalars(select(Completion.id)).all() == done


def test_the_first_answer_is_the_one_that_counts_wherever_it_is_given(
    app: Flask, waiting: Hand, ana: Browser
) -> None:
    wish(ana)
    address, weak = link(left(app)["ana@example.invalid"]), reply_of(strong=False)
    strong = reply_of(strong=True)
    ana.post(f"/again/{waits().public_id}/answers", {"reply": strong})
    after = [(one.reply, one.due_on, one.stability) for one in cards()]

    assert Browser(app).post(address, {"reply": weak}).status_code == 303
    assert [(one.reply, one.due_on, one.stability) for one in cards()] == after


def test_a_scanner_s_twenty_looks_change_nothing(app: Flask, waiting: Hand, ana: Browser) -> None:
    wish(ana)
    address = link(left(app)["ana@example.invalid"])
    before = everything()
    for query in ("", "?reply=1", "?reply=1&said=yes", "?reply=1&nameless=yes&said=yes", "?reply=99") * 4:
        for method in ("GET", "HEAD"):
            assert Browser(app).ask(method, address + query).status_code == 200

    assert everything() == before


@pytest.mark.parametrize("reply", ["", "0", "9", "x", "１"])
def test_what_is_not_on_offer_is_not_taken(app: Flask, waiting: Hand, ana: Browser, reply: str) -> None:
    wish(ana)
    address = link(left(app)["ana@example.invalid"])

    assert Browser(app).post(address, {"reply": reply}).status_code == 422
    assert waits().reply is None


def test_its_link_opens_nothing_else(app: Flask, waiting: Hand, ana: Browser) -> None:
    wish(ana)
    content = left(app)["ana@example.invalid"]
    secret = link(content).rsplit("/", 1)[1]
    tip = re.findall(r"/t/tip/([\w-]{43})", texts(content)[0])[0]
    for purpose in ("tip", "tip-stop", "tip-subscription", "tip-confirmation", "sign-in", "reset"):
        assert Browser(app).get(f"/t/{purpose}/{secret}").status_code == 404
    assert Browser(app).get(f"/t/again/{tip}").status_code == 404
    assert Browser(app).get(f"/t/again/{'x' * 3000}").status_code == 404
    other = Browser(app)
    other.get(link(content))
    assert other.get("/account").status_code == 303, "it signs nobody in"


def test_with_its_person_the_link_is_gone(app: Flask, waiting: Hand, ana: Browser, cast: Cast) -> None:
    wish(ana)
    address = link(left(app)["ana@example.invalid"])
    with transaction() as session:
        session.get_one(Person, cast.ana).disabled_at = waiting.at

    assert Browser(app).get(address).status_code == 404
    assert Browser(app).post(address, {"reply": 1}).status_code == 404


def test_a_trainer_sees_one_issue_and_not_who_found_what_hard(
    app: Flask, waiting: Hand, ana: Browser, cast: Cast
) -> None:
    wish(ana)
    left(app)
    db.session.remove()
    assert db.session().query(Mailing).filter(Mailing.key.like("tip:2026-W49%")).count() == 2

    tova = Browser(app).sign_in(cast.tova)
    page = tova.get("/studio/deliveries").text
    shown = re.findall(r'href="(/studio/deliveries/\w+)"', page)
    assert len(shown) == db.session().query(Mailing).filter(Mailing.key.not_like("%:%:%")).count()
    assert "7 were sent." in tova.get(shown[0]).text
