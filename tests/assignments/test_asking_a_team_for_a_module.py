"""A module is asked of a team: of everybody in it, by a date, until it is withdrawn."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.viewers import as_viewer
from training.assignments.models import Assignment
from training.assignments.queries import assignment_for_check, list_asked_modules, open_assignments
from training.assignments.service import PastDueDateError, assign_module, withdraw_assignment
from training.clock import now
from training.database import transaction
from training.errors import NotFoundError
from training.library.models import Item, Kind, Publication
from training.teams.models import Membership, Role
from training.teams.service import join_team, leave_team

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("published")


def ask(team_id: int, by: int, due: date | None = None, module: str = "first-week") -> int:
    with transaction() as session:
        return assign_module(session, team_id, module, due, by=by, at=AT, today=TODAY).id


@pytest.fixture(autouse=True)
def everybody_joined_long_ago(cast: Cast) -> None:
    with transaction() as session:
        session.execute(update(Membership).values(joined_at=LONG_AGO))


def item_id(session: Session, slug: str, kind: Kind = Kind.SCENARIO) -> int:
    return session.scalars(select(Item.id).where(Item.slug == slug, Item.kind == kind)).one()


def test_everybody_in_the_team_owes_it(session: Session, cast: Cast) -> None:
    ask(cast.morning_desk, cast.ben, date(2026, 12, 4))

    (owed,) = open_assignments(session, cast.ana)

    assert (owed.slug, owed.title, owed.due_on) == ("first-week", "First week", date(2026, 12, 4))
    assert [entry.rule for entry in owed.entries].count("practise") == 1
    assert open_assignments(session, cast.omar) == ()


def test_whoever_joins_later_owes_it_and_whoever_leaves_does_not(session: Session, cast: Cast) -> None:
    ask(cast.morning_desk, cast.ben)
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.omar, Role.LEARNER, now())
        leave_team(writing, cast.morning_desk, cast.ana, now())

    assert len(open_assignments(session, cast.omar)) == 1
    assert open_assignments(session, cast.ana) == ()


def test_asking_again_moves_the_date(session: Session, cast: Cast) -> None:
    first = ask(cast.morning_desk, cast.ben, date(2026, 12, 4))
    again = ask(cast.morning_desk, cast.ben, date(2026, 12, 11))

    assert first == again
    assert [one.due_on for one in list_asked_modules(session, cast.morning_desk)] == [date(2026, 12, 11)]


def test_a_day_that_has_gone_by_is_refused(session: Session, cast: Cast) -> None:
    with pytest.raises(PastDueDateError):
        ask(cast.morning_desk, cast.ben, date(2026, 11, 20))
    ask(cast.morning_desk, cast.ben, TODAY)

    assert session.scalar(select(func.count()).select_from(Assignment)) == 1


@pytest.mark.parametrize("module", ["no-such-module", "the-attacking-customer"])
def test_only_a_published_module_can_be_asked_for(cast: Cast, module: str) -> None:
    with pytest.raises(NotFoundError):
        ask(cast.morning_desk, cast.ben, module=module)


def test_withdrawing_keeps_the_row_and_asking_anew_makes_another(session: Session, cast: Cast) -> None:
    ask(cast.morning_desk, cast.ben)
    (asked,) = list_asked_modules(session, cast.morning_desk)
    with transaction() as writing:
        withdraw_assignment(writing, cast.morning_desk, asked.public_id, by=cast.ada, at=AT)
    assert open_assignments(session, cast.ana) == ()
    with pytest.raises(NotFoundError), transaction() as writing:
        withdraw_assignment(writing, cast.morning_desk, asked.public_id, by=cast.ben, at=AT)

    ask(cast.morning_desk, cast.ben)

    first, second = session.scalars(select(Assignment).order_by(Assignment.id))
    assert (first.withdrawn_at, first.withdrawn_by_id, second.withdrawn_at) == (AT, cast.ada, None)


def test_the_first_due_stands_first(session: Session, cast: Cast) -> None:
    ask(cast.morning_desk, cast.ben)
    ask(cast.morning_desk, cast.ben, date(2026, 12, 4), module="busy-season")
    ask(cast.morning_desk, cast.ben, date(2026, 11, 28), module="hard-calls")

    order = [one.slug for one in open_assignments(session, cast.ana)]

    assert order == ["hard-calls", "busy-season", "first-week"]


def test_a_module_that_is_not_published_is_asked_of_nobody_meanwhile(session: Session, cast: Cast) -> None:
    ask(cast.morning_desk, cast.ben)
    with transaction() as writing:
        module_id = item_id(writing, "first-week", Kind.MODULE)
        live = writing.scalars(select(Publication).where(Publication.item_id == module_id)).one()
        live.ended_at = AT

    assert list_asked_modules(session, cast.morning_desk) == ()


def test_a_check_needs_an_open_assignment_that_names_the_call(session: Session, cast: Cast) -> None:
    ana, omar = as_viewer(session, cast.ana), as_viewer(session, cast.omar)
    asked, practised = "an-ordinary-first-call", "the-attacking-customer"
    assert assignment_for_check(session, ana, asked) is None

    assignment_id = ask(cast.morning_desk, cast.ben, date(2026, 12, 4))

    found = assignment_for_check(session, ana, asked)
    assert found is not None
    assert (found.assignment_id, found.team_id, found.due_on) == (
        assignment_id,
        cast.morning_desk,
        date(2026, 12, 4),
    )
    assert assignment_for_check(session, ana, practised) is None
    assert assignment_for_check(session, omar, asked) is None
    assert assignment_for_check(session, ana, "first-week") is None


def test_whoever_joins_later_has_two_weeks(session: Session, cast: Cast) -> None:
    ask(cast.morning_desk, cast.ben, date(2026, 11, 25))
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.omar, Role.LEARNER, datetime(2026, 11, 24, 9, tzinfo=UTC))

    assert [one.due_on for one in open_assignments(session, cast.ana)] == [date(2026, 11, 25)]
    assert [one.due_on for one in open_assignments(session, cast.omar)] == [date(2026, 12, 8)]
