"""The people of a run: of those whom `teams_data` made, so many with a signed-in browser each."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from training.accounts.models import Person
from training.accounts.passwords import hash_password
from training.accounts.sessions import begin_session
from training.clock import now
from training.database import transaction

PASSWORD = "nine otters on a wall"  # noqa: S105  # of people who are made for this run
WITH_PASSWORD = 10
# The first person leads the first team.
TEAM_PATH = "/teams/desk-1/progress"


@dataclass(frozen=True)
class Crowd:
    """`sessions` are their browsers' secrets, the first of which may look at TEAM_PATH.

    `addresses` are those of people who may sign in with PASSWORD.
    """

    sessions: list[str]
    addresses: list[str]


def gather(app: Flask, count: int) -> Crowd:
    """Sign so many people in."""
    hashed = hash_password(PASSWORD, cheap=False)
    with app.app_context(), transaction() as session:
        found = session.scalars(select(Person).order_by(Person.id).limit(count)).all()
        for person in found[:WITH_PASSWORD]:
            person.password_hash = hashed
        addresses = [person.email or "" for person in found[:WITH_PASSWORD]]
        return Crowd([begin_session(session, one, now(), shared=False) for one in found], addresses)
