"""One's own page: the moment, a pause, another address, what is kept, the end."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.browsing import Browser
from tests.people import Cast
from tests.tips.conftest import Time, everything, link_in, mails, subscriber, subscription
from training.accounts.models import Person
from training.clock import now
from training.database import db, transaction
from training.tips.models import Subscription


def of_person(person_id: int) -> Subscription | None:
    db.session.remove()
    return db.session().scalar(select(Subscription).where(Subscription.person_id == person_id))


def test_somebody_with_an_account_has_it_from_the_start_and_off_with_one_click(
    app: Flask, cast: Cast
) -> None:
    ana = Browser(app).sign_in(cast.ana)
    page = ana.get("/account").text
    assert "The next one comes on Monday" in page
    assert of_person(cast.ana) is None
    assert 'action="/account/weekly-tip/end"' in page

    assert ana.post("/account/weekly-tip/end").location == "/account#weekly-tip"
    assert "No tip goes to" in ana.get("/account").text
    ended = of_person(cast.ana)
    assert ended is not None
    assert ended.ended_at is not None

    ana.post("/account/weekly-tip/begin")
    assert "The next one comes on Monday" in ana.get("/account").text


def test_a_person_without_an_address_is_told_so(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        session.get_one(Person, cast.ana).email = None
        session.get_one(Person, cast.ana).staff_number = "A1"

    page = Browser(app).sign_in(cast.ana).get("/account").text
    assert "You have no e-mail here" in page
    assert "weekly-tip/end" not in page


def test_the_moment_is_one_s_own(app: Flask, cast: Cast) -> None:
    ana = Browser(app).sign_in(cast.ana)
    chosen = {"weekday": 3, "hour": 17, "time_zone": "America/New_York"}
    assert ana.post("/account/weekly-tip/moment", chosen).location == "/account/weekly-tip"

    page = ana.get("/account/weekly-tip").text
    assert "The next one comes on Thursday" in page
    assert "at 17:00" in page
    assert 'value="America/New_York"' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekday": 7},
        {"weekday": "x"},
        {"hour": 24},
        {"hour": -1},
        {"time_zone": "Mars/Base"},
        {"time_zone": "../etc/passwd"},
        {"time_zone": "Mars/\x00Base"},
        {"weekday": ""},
    ],
)
def test_a_moment_that_there_is_not_is_a_422(app: Flask, cast: Cast, wrong: dict[str, object]) -> None:
    ana, own = Browser(app).sign_in(cast.ana), subscriber(app)
    form = {"weekday": 1, "hour": 8, "time_zone": "", **wrong}

    assert ana.post("/account/weekly-tip/moment", form).status_code == 422
    assert Browser(app).post(f"{own}/moment", form).status_code == 422
    assert (subscription().weekday, subscription().hour, subscription().time_zone) == (0, 8, None)


def test_a_mailed_link_leads_to_all_of_it_without_an_account(app: Flask) -> None:
    own, browser = subscriber(app), Browser(app)
    browser.post(f"{own}/moment", {"weekday": 4, "hour": 6, "time_zone": ""})
    assert "The next one comes on Friday" in browser.get(own).text

    until = now().date() + timedelta(days=30)
    browser.post(f"{own}/pause", {"until": until.isoformat()})
    assert subscription().paused_until == until
    assert "No tip comes before" in browser.get(own).text
    browser.post(f"{own}/pause/end")
    assert subscription().paused_until is None

    browser.post(f"{own}/end")
    assert subscription().ended_at is not None
    assert "No tip goes to" in browser.get(own).text
    browser.post(f"{own}/begin")
    assert subscription().ended_at is None


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "today", "9999-01-01", "2026-13-01"])
def test_a_pause_ends_on_a_day_to_come(app: Flask, cast: Cast, until: str) -> None:
    own, ana = subscriber(app), Browser(app).sign_in(cast.ana)
    day = now().date().isoformat() if until == "today" else until

    assert Browser(app).post(f"{own}/pause", {"until": day}).status_code == 422
    assert ana.post("/account/weekly-tip/pause", {"until": day}).status_code == 422
    assert subscription().paused_until is None


def test_a_pause_moves_the_next_tip(app: Flask, cast: Cast, time: Time) -> None:
    time.set("2026-11-21T12:00")
    ana = Browser(app).sign_in(cast.ana)
    assert "Monday 23 November" in ana.get("/account/weekly-tip").text
    ana.post("/account/weekly-tip/pause", {"until": "2026-12-01"})

    assert "Monday 7 December" in ana.get("/account/weekly-tip").text


def test_another_address_counts_after_its_own_yes(app: Flask) -> None:
    own, browser = subscriber(app), Browser(app)
    browser.post(f"{own}/address", {"email": "Lee@example.org"})
    asked = mails("tip_address")
    assert [one.to_address for one in asked] == ["lee@example.org"]
    link = link_in(asked[0])
    before = everything()
    for _ in range(20):
        assert "lee@example.org" in Browser(app).get(link).text
    assert everything() == before

    yes = Browser(app).post(link)
    assert "lee@example.org" in browser.get(yes.location).text
    assert subscription("lee@example.org").ended_at is None
    assert Browser(app).post(link).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "",
        "lee",
        "lee@example.org\nBcc: all@example.org",
        "lee\x00@example.org",
        "lee@example.org, kim@example.org",
        f"lee@{'a' * 63}.{'b' * 63}.{'c' * 63}.{'d' * 63}.org",
        "lee@straße.example",
    ],
)
def test_another_address_that_is_none_is_said_so(app: Flask, address: str) -> None:
    own = subscriber(app)
    reply = Browser(app).post(f"{own}/address", {"email": address})

    assert reply.status_code == 422
    assert "e-mail address" in reply.text
    assert mails("tip_address") == []


def test_an_address_that_is_on_the_list_already_stays_there_once(app: Flask) -> None:
    own = subscriber(app)
    subscriber(app, "lee@example.org")
    Browser(app).post(f"{own}/address", {"email": "lee@example.org"})
    Browser(app).post(link_in(mails("tip_address")[0]))

    assert subscription("kim@example.org").ended_at is not None
    assert subscription("lee@example.org").ended_at is None


def test_the_link_is_good_for_a_day(app: Flask, time: Time) -> None:
    own = subscriber(app)
    time.forward(hours=23, minutes=59)
    assert Browser(app).get(own).status_code == 200
    time.forward(minutes=1)

    assert Browser(app).get(own).status_code == 404
    for act in ("moment", "pause", "pause/end", "address", "end", "begin"):
        form = {"weekday": 1, "hour": 1, "email": "a@example.org", "until": str(date(2030, 1, 1))}
        assert Browser(app).post(f"{own}/{act}", form).status_code in (404, 422)
    assert Browser(app).get(f"{own}/data").status_code == 404
    assert subscription().ended_at is None


def test_what_is_kept_can_be_taken_along(app: Flask) -> None:
    own = subscriber(app)
    reply = Browser(app).get(f"{own}/data")

    assert reply.mimetype == "application/json"
    assert "attachment" in reply.headers["Content-Disposition"]
    kept = json.loads(reply.text)
    assert (kept["address"], kept["weekday"], kept["hour"], kept["tips"]) == ("kim@example.org", 0, 8, [])


def test_looking_at_one_s_own_page_changes_nothing(app: Flask) -> None:
    own = subscriber(app)
    before = everything()
    for path in (own, f"{own}/data") * 10:
        assert Browser(app).get(path).status_code == 200

    assert everything() == before
