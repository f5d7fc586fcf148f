"""Two requests at once: one of them wins, and nothing is counted short."""

import threading
from collections.abc import Callable
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.people import Cast
from training.accounts import service, throttle
from training.accounts.models import Person, SignInSession
from training.accounts.throttle import Pace
from training.accounts.tokens import SpentTokenError
from training.clock import now
from training.database import db, transaction
from training.errors import ThrottledError


def at_once(app: Flask, count: int, work: Callable[[], object]) -> list[object]:
    """What `work` gave or raised in each of `count` threads that begin together."""
    barrier, results = threading.Barrier(count), list[object]()

    def run() -> None:
        with app.app_context():
            barrier.wait()
            try:
                results.append(work())
            except (SpentTokenError, ThrottledError, service.AlreadyHereError) as refused:
                results.append(type(refused))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_link_opens_one_session(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        secret = service.issue_sign_in_link(session, cast.ana, now())

    def use() -> bool:
        with transaction() as session:
            return bool(service.sign_in_with_link(session, secret, service.Visit("here"), now()))

    results = at_once(app, 6, use)

    assert results.count(True) == 1
    assert results.count(SpentTokenError) == 5
    assert db.session().scalar(select(func.count()).select_from(SignInSession)) == 1


def test_one_invitation_makes_one_person(app: Flask) -> None:
    with transaction() as session:
        who = service.Invitee(name="Noor", email="noor@example.org")
        secret = service.invite(session, who, by=None, at=now())

    def accept() -> bool:
        with transaction() as session:
            new = service.NewPerson("Noor", "a hash")
            return bool(service.accept_invitation(session, secret, new, service.Visit("here"), now()))

    results = at_once(app, 6, accept)

    assert results.count(True) == 1
    assert db.session().scalar(select(func.count()).select_from(Person)) == 1


def test_two_invitations_to_one_address_make_one_person(app: Flask) -> None:
    secrets = []
    for _ in range(4):
        with transaction() as session:
            who = service.Invitee(name="Noor", email="noor@example.org")
            secrets.append(service.invite(session, who, by=None, at=now()))

    def accept() -> bool:
        with transaction() as session:
            new = service.NewPerson("Noor", "a hash")
            return bool(service.accept_invitation(session, secrets.pop(), new, service.Visit("here"), now()))

    results = at_once(app, 4, accept)

    assert results.count(True) == 1
    assert results.count(service.AlreadyHereError) == 3


def test_tries_at_once_are_all_counted(app: Flask) -> None:
    pace = Pace(5, timedelta(seconds=2), timedelta(minutes=1), timedelta(hours=1))

    def attempt() -> bool:
        with transaction() as session:
            throttle.admit(session, "k", pace, now())
        return True

    results = at_once(app, 16, attempt)

    assert results.count(True) == 5
    assert results.count(ThrottledError) == 11
    assert throttle.tries_under(db.session(), "k") == 5
