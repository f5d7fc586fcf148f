"""Canaries in practice: no page about a team changes by a byte, whoever opens it, and no sheet of it."""

import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reports.conftest import CALL, Play
from tests.viewers import as_viewer
from training.accounts.models import Person
from training.assignments.queries import list_asked_modules
from training.attempts.models import AttemptKind
from training.attempts.starting import start_attempt
from training.clock import now
from training.database import transaction
from training.demo.playing import careless
from training.library.models import Kind
from training.library.queries import find_published
from training.reports.totals import rebuild_totals
from training.teams.models import Membership, Role

TEAM = "/teams/morning-desk"
TOKEN = re.compile(r'name="csrf_token"[^>]*>')


def crawl(browser: Browser, paths: list[str]) -> list[tuple[int, str]]:
    rebuild_totals(now())
    replies = [browser.get(path) for path in paths]
    return [(reply.status_code, TOKEN.sub("", reply.get_data(as_text=True))) for reply in replies]


@pytest.mark.parametrize("who", ["ben", "tova", "ada", "omar", "lena"])
def test_practice_and_a_call_under_way_show_nowhere(
    app: Flask, first_week: date, cast: Cast, play: Play, session: Session, who: str
) -> None:
    with transaction() as writing:  # a trainer of the team, beside a lead, an admin, and people of elsewhere
        writing.add(Membership(team_id=cast.morning_desk, person_id=cast.tova, role=Role.TRAINER))
    ana = session.get_one(Person, cast.ana).public_id
    asked = list_asked_modules(session, cast.morning_desk)[0].public_id
    session.rollback()
    paths = [
        "/teams",
        "/progress",
        TEAM,
        f"{TEAM}/progress",
        f"{TEAM}/progress?format=csv",
        f"{TEAM}/skills",
        f"{TEAM}/huddles",
        f"{TEAM}/people/{ana}",
        f"{TEAM}/people/{ana}/nudges/new",
        f"{TEAM}/assignments",
        f"{TEAM}/assignments/{asked}/people/{ana}/extension",
        f"{TEAM}/assignments/{asked}/people/{ana}/checks/{CALL}",
    ]
    browser = Browser(app).sign_in(getattr(cast, who))
    before = crawl(browser, paths)
    assert {status for status, _page in before} & {200, 303}

    play(cast.ana, kind=AttemptKind.PRACTICE)
    play(cast.ana, careless, AttemptKind.PRACTICE, "the-attacking-customer")
    with transaction() as writing:
        call = find_published(writing, Kind.SCENARIO, CALL)
        start_attempt(writing, as_viewer(writing, cast.ana), call, AttemptKind.CHECK, "seed", now())

    assert crawl(browser, paths) == before


def test_a_check_does_show(app: Flask, first_week: date, cast: Cast, play: Play) -> None:
    """So the crawl above would see something if there were anything to see."""
    ben, paths = (
        Browser(app).sign_in(cast.ben),
        ["/progress", f"{TEAM}/progress", f"{TEAM}/progress?format=csv"],
    )
    before = crawl(ben, paths)

    play(cast.ana, careless)

    after = crawl(ben, paths)
    assert all(one != other for one, other in zip(before, after, strict=True))
