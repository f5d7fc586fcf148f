"""Share with my lead, and stop: nobody else reads it, nothing else is read, and stopping works at once."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.attempts.playing import Player
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import AuditEntry, Person
from training.attempts.models import Share
from training.clock import now
from training.database import db, transaction
from training.teams.models import Membership, Role

OTHERS = ["ana", "ben", "tova", "ada", "omar", "lena"]


def answers(app: Flask, cast: Cast, path: str) -> dict[str, int]:
    """What each of the cast is answered at an address."""
    return {who: Browser(app).sign_in(getattr(cast, who)).get(path).status_code for who in OTHERS}


def leave(person_id: int) -> None:
    with transaction() as session:
        for one in session.scalars(select(Membership).where(Membership.person_id == person_id)):
            one.left_at = now()


@pytest.fixture
def ben(app: Flask, cast: Cast) -> Browser:
    return Browser(app).sign_in(cast.ben)


@pytest.fixture
def attempt(ana: Player) -> str:
    attempt = ana.start()
    ana.says(attempt, 1, 2, 1)
    return attempt


@pytest.fixture
def shared(ana: Player, attempt: str) -> str:
    ana.browser.post(f"/attempts/{attempt}/shares")
    return attempt


def test_a_debrief_names_who_could_read_it(ana: Player, attempt: str) -> None:
    page = ana.debrief(attempt)

    assert "Share with my lead" in page
    assert "Ben Okafor (Morning desk)" in page
    assert "Lena Brandt" not in page


@pytest.mark.parametrize("kind", ["practice", "check"])
def test_only_the_lead_reads_what_is_shared(
    ana: Player, app: Flask, cast: Cast, assigned: int, kind: str
) -> None:
    attempt = ana.start(kind=kind)
    ana.says(attempt, 1, 2, 1)
    path = f"/attempts/{attempt}/debrief"
    nobody_else = dict.fromkeys(OTHERS, 404) | {"ana": 200}

    assert answers(app, cast, path) == nobody_else
    ana.browser.post(f"/attempts/{attempt}/shares")
    assert answers(app, cast, path) == nobody_else | {"ben": 200}
    ana.browser.post(f"/attempts/{attempt}/shares/end")
    assert answers(app, cast, path) == nobody_else


def test_the_lead_reads_the_replies_and_can_change_nothing(ben: Browser, shared: str) -> None:
    page = ben.get(f"/attempts/{shared}/debrief").text

    assert "Ana Duarte shares this debrief with you." in page
    assert "I shall look into it." in page
    assert "/scenarios/the-kettle-in-order/attempts" not in page, "no button that plays"
    assert f"/attempts/{shared}/" not in page
    for path in ("", "/other-side"):
        assert ben.get(f"/attempts/{shared}{path}").status_code == 404
    for path in ("/steps", "/shares", "/shares/end"):
        assert ben.post(f"/attempts/{shared}{path}", data={"step": 1, "choice": 1}).status_code == 404


def test_sharing_one_call_shares_no_other(ana: Player, ben: Browser, attempt: str) -> None:
    again = ana.start(**{"from": attempt, "after": 1})
    ana.say(again, 2, 1)
    ana.say(again, 3, 1)
    ana.browser.post(f"/attempts/{again}/shares")
    assert "Last time" in ana.debrief(again)

    page = ben.get(f"/attempts/{again}/debrief").text

    assert "Last time" not in page, "how the time before went is not shared"
    assert ben.get(f"/attempts/{attempt}/debrief").status_code == 404


def test_each_reading_is_in_the_audit_log_without_what_was_said(
    ben: Browser, cast: Cast, shared: str
) -> None:
    ben.get(f"/attempts/{shared}/debrief")
    db.session.remove()

    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()

    assert entry is not None
    ids = {key: db.session.get_one(Person, getattr(cast, key)).public_id for key in ("ana", "ben")}
    assert (entry.action, entry.actor, entry.subject) == ("read a shared debrief", ids["ben"], ids["ana"])


def test_one_s_own_reading_is_not_written_down(ana: Player, shared: str) -> None:
    ana.debrief(shared)

    assert db.session.scalars(select(AuditEntry)).first() is None


def test_sharing_twice_is_sharing_once_and_stopping_twice_is_no_harm(ana: Player, shared: str) -> None:
    ana.browser.post(f"/attempts/{shared}/shares")
    assert len(db.session.scalars(select(Share)).all()) == 1
    assert "Stop sharing" in ana.debrief(shared)
    for _again in range(2):
        assert ana.browser.post(f"/attempts/{shared}/shares/end").status_code == 303
    assert "Share with my lead" in ana.debrief(shared)


def test_a_call_that_goes_on_cannot_be_shared(ana: Player, ben: Browser) -> None:
    attempt = ana.start()

    assert ana.browser.post(f"/attempts/{attempt}/shares").status_code == 409
    assert ben.get(f"/attempts/{attempt}/debrief").status_code == 404


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_it_ends_when_either_leaves_the_team(ben: Browser, cast: Cast, shared: str, who: str) -> None:
    leave(getattr(cast, who))

    assert ben.get(f"/attempts/{shared}/debrief").status_code == 404


def test_a_lead_of_the_team_one_is_in_now_reads_it_after_a_move(
    app: Flask, cast: Cast, ben: Browser, shared: str
) -> None:
    leave(cast.ana)
    with transaction() as session:
        session.add(Membership(team_id=cast.night_desk, person_id=cast.ana, role=Role.LEARNER))

    assert ben.get(f"/attempts/{shared}/debrief").status_code == 404
    assert Browser(app).sign_in(cast.lena).get(f"/attempts/{shared}/debrief").status_code == 200


def test_a_trainer_of_the_team_does_not_read_it(app: Flask, cast: Cast, shared: str) -> None:
    with transaction() as session:
        session.add(Membership(team_id=cast.morning_desk, person_id=cast.tova, role=Role.TRAINER))

    assert Browser(app).sign_in(cast.tova).get(f"/attempts/{shared}/debrief").status_code == 404


def test_the_lead_s_page_of_the_person_links_what_is_shared_and_nothing_else(
    ana: Player, app: Flask, cast: Cast, ben: Browser, shared: str
) -> None:
    other = ana.start("the-kettle-that-hums")
    person = f"/teams/morning-desk/people/{db.session.get_one(Person, cast.ana).public_id}"

    page = ben.get(person).text
    assert f'href="/attempts/{shared}/debrief"' in page
    assert "The kettle in order" in page
    assert other not in page
    assert shared not in Browser(app).sign_in(cast.ada).get(person).text
    ana.browser.post(f"/attempts/{shared}/shares/end")
    assert "Shared with you" not in ben.get(person).text
