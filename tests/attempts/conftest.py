"""Calls to play: one small scenario with every mark in it, published; and the people who play it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.attempts.kettle import IN_ORDER, KETTLE, MODULE, NEEDED
from tests.attempts.playing import CALL, Player
from tests.library_content import write_content
from tests.people import Cast
from training.assignments.models import Assignment
from training.clock import now
from training.database import db, transaction
from training.library.building import Built
from training.library.importing import survey
from training.library.models import Item, Kind
from training.library.service import publish


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """The files above, read and rendered once."""
    folder = write_content(
        tmp_path_factory.mktemp("kettle") / "content",
        {
            **NEEDED,
            "scenarios/the-kettle-that-hums.md": KETTLE,
            "scenarios/the-kettle-in-order.md": IN_ORDER,
            "modules/nights.md": MODULE,
        },
    )
    found = survey(folder)
    assert not found.errors, [str(one) for one in found.diagnostics]
    return found.built


@pytest.fixture
def kettles(cast: Cast, built: list[Built]) -> None:
    """Two published calls of three turns, with a timer, a flag, thoughts and coaching: one shuffles its
    replies, the other shows them in authored order, so that a place shown is the authored choice."""
    with transaction() as session:
        for one in built:
            publish(session, one.draft, one.body, now())


@pytest.fixture
def ana(app: Flask, cast: Cast, kettles: None) -> Player:
    return Player(app, cast.ana)


@pytest.fixture
def omar(app: Flask, cast: Cast, kettles: None) -> Player:
    return Player(app, cast.omar)


@pytest.fixture
def assigned(cast: Cast, kettles: None) -> int:
    """The module with the kettle in order as its check, owed by the morning desk; the assignment's id."""
    return assign(cast.morning_desk)


def assign(team_id: int) -> int:
    with transaction() as session:
        module = session.scalars(select(Item).where(Item.kind == Kind.MODULE)).one()
        assignment = Assignment(team_id=team_id, module_id=module.id)
        session.add(assignment)
        session.flush()
        return assignment.id


def item_id(slug: str = CALL) -> int:
    return db.session.scalars(select(Item.id).where(Item.kind == Kind.SCENARIO, Item.slug == slug)).one()
