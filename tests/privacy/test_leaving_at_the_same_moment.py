"""Two who could only go one after the other: whoever is later stays, and is told why."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tests.people import Cast
from training.accounts.models import AuditEntry, Person
from training.clock import now
from training.database import db, transaction
from training.errors import ConflictError
from training.privacy.erasing import erase_person
from training.teams.models import Membership, Role

# How long somebody who was found free to go waits for another who was too.
TOGETHER = 0.5


def leave_at_once(app: Flask, *people: int) -> list[str]:
    """What became of each: both are begun before either ends, where nothing holds one of them back."""
    meeting = Barrier(len(people))

    def meet(_session: Session, _person_id: int, _at: datetime) -> None:
        with suppress(BrokenBarrierError):
            meeting.wait(TOGETHER)

    def leave(person_id: int) -> str:
        with app.app_context():
            try:
                with transaction() as session:
                    erase_person(session, person_id, by="themselves", at=now(), hooks=[meet])
            except ConflictError:
                return "stays"
            finally:
                db.session.remove()
            return "gone"

    with ThreadPoolExecutor(len(people)) as threads:
        return sorted(threads.map(leave, people))


@pytest.fixture
def lena_administers(cast: Cast) -> None:
    """Beside Ada; and she is in no team."""
    with transaction() as session:
        session.execute(delete(Membership).where(Membership.person_id == cast.lena))
        session.get_one(Person, cast.lena).is_admin = True


@pytest.mark.usefixtures("lena_administers")
def test_a_team_keeps_one_of_its_two_leads(app: Flask, cast: Cast) -> None:
    with transaction() as session:
        session.add(Membership(team_id=cast.morning_desk, person_id=cast.lena, role=Role.LEAD))

    assert leave_at_once(app, cast.ben, cast.lena) == ["gone", "stays"]
    leads = select(Membership).where(
        Membership.team_id == cast.morning_desk, Membership.role == Role.LEAD, Membership.left_at.is_(None)
    )
    assert len(db.session().scalars(leads).all()) == 1


@pytest.mark.usefixtures("lena_administers")
def test_the_site_keeps_one_of_its_two_administrators(app: Flask, cast: Cast) -> None:
    assert leave_at_once(app, cast.ada, cast.lena) == ["gone", "stays"]
    assert len(db.session().scalars(select(Person).where(Person.is_admin)).all()) == 1


def test_who_is_gone_already_stays_gone(cast: Cast) -> None:
    for _press in range(2):
        with transaction() as session:
            erase_person(session, cast.omar, by="themselves", at=now())

    actions = db.session().scalars(select(AuditEntry.action)).all()
    assert actions.count("person erased") == 1
