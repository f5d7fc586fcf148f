"""The throttle: before the hash, growing, and never a way to lock somebody else out."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.accounts.conftest import Clock
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts import service, throttle
from training.accounts.throttle import Pace
from training.clock import now
from training.database import db, transaction
from training.errors import ThrottledError

WRONG = {"identifier": "ana@example.invalid", "password": "not it at all"}
RIGHT = {"identifier": "ana@example.invalid", "password": PASSWORD}


def slip(browser: Browser, times: int) -> None:
    for _ in range(times):
        assert browser.post("/sign-in", WRONG).status_code == 422


def test_after_five_slips_there_is_a_wait_and_nothing_is_hashed(
    visitor: Browser, cast: Cast, time: Clock, hashes: list[str]
) -> None:
    slip(visitor, 5)
    reply = visitor.post("/sign-in", RIGHT)

    assert reply.status_code == 429
    assert reply.headers["Retry-After"] == "2"
    assert "Wait 2 seconds" in reply.text
    assert "ana@example.invalid" in reply.text
    assert len(hashes) == 5


def test_after_the_wait_the_right_password_opens(visitor: Browser, cast: Cast, time: Clock) -> None:
    slip(visitor, 5)
    time.forward(seconds=2)

    assert visitor.post("/sign-in", RIGHT).status_code == 303


def test_the_waits_grow_to_a_quarter_of_an_hour_and_no_further(
    visitor: Browser, cast: Cast, time: Clock
) -> None:
    slip(visitor, 5)
    waits = []
    for _ in range(12):
        refused = visitor.post("/sign-in", WRONG)
        waits.append(int(refused.headers["Retry-After"]))
        time.forward(seconds=waits[-1])
        slip(visitor, 1)

    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


def test_hammering_does_not_make_the_wait_longer(visitor: Browser, cast: Cast, time: Clock) -> None:
    slip(visitor, 5)
    for _ in range(20):
        assert visitor.post("/sign-in", WRONG).headers["Retry-After"] == "2"


def test_a_stranger_elsewhere_locks_nobody_out(app: Flask, cast: Cast, time: Clock) -> None:
    stranger, ana = Browser(app), Browser(app)
    for _ in range(9):
        stranger.post("/sign-in", WRONG, environ_base={"REMOTE_ADDR": "203.0.113.9"})

    assert stranger.post("/sign-in", WRONG, environ_base={"REMOTE_ADDR": "203.0.113.9"}).status_code == 429
    assert ana.post("/sign-in", RIGHT).status_code == 303


def test_signing_in_forgets_the_slips_before_it(visitor: Browser, cast: Cast, time: Clock) -> None:
    slip(visitor, 4)
    assert visitor.post("/sign-in", RIGHT).status_code == 303

    slip(visitor, 5)


def test_an_office_full_of_people_is_one_network_and_not_one_bucket(
    app: Flask, cast: Cast, time: Clock
) -> None:
    for _ in range(130):
        with transaction() as session:
            throttle.admit(session, "sign-in-network:test", throttle.NETWORK, now())
        with transaction() as session:
            throttle.give_back(session, "sign-in-network:test")

    assert throttle.tries_under(db.session(), "sign-in-network:test") == 0


def test_one_network_that_tries_everybody_is_slowed(visitor: Browser, cast: Cast, time: Clock) -> None:
    for _ in range(throttle.NETWORK.free - 1):
        with transaction() as session:
            service.admit_code_try(session, "127.0.0.1", now())
    slip(visitor, 1)

    assert visitor.post("/sign-in", RIGHT).status_code == 429


def test_a_bucket_is_forgotten_in_time(app: Flask, time: Clock) -> None:
    pace = Pace(1, timedelta(minutes=1), timedelta(hours=1), timedelta(hours=2))
    with transaction() as session:
        throttle.admit(session, "k", pace, now())
    with pytest.raises(ThrottledError), transaction() as session:
        throttle.admit(session, "k", pace, now())
    time.forward(hours=2)
    with transaction() as session:
        throttle.admit(session, "k", pace, now())

    assert throttle.tries_under(db.session(), "k") == 1


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("not an address", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_what_one_customer_has(address: str | None, network: str) -> None:
    assert throttle.network_of(address) == network
