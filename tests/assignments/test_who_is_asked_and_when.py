"""A module is asked of a team, a role in it or one person; its day is set, or counted from joining."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.people import Cast
from training.accounts.models import Person
from training.assignments.models import AskedOf, Coaching
from training.assignments.queries import (
    AskedModule,
    find_asked_module,
    find_member,
    list_asked_modules,
    open_assignments,
)
from training.assignments.rules import due_for, waits_for
from training.assignments.service import (
    NotLaterError,
    PastDueDateError,
    Terms,
    assign_module,
    extend,
    move_due_date,
    withdraw_assignment,
)
from training.database import transaction
from training.errors import NotFoundError
from training.teams.models import Membership, Role, Team
from training.teams.service import join_team

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
LONG_AGO = datetime(2026, 1, 5, tzinfo=UTC)
Ask = Callable[..., str]


@pytest.fixture
def ask(published: None, cast: Cast) -> Ask:
    with transaction() as session:
        session.execute(update(Membership).values(joined_at=LONG_AGO))
        join_team(session, cast.morning_desk, cast.tova, Role.TRAINER, LONG_AGO)

    def one(terms: Terms, due: date | None = None, module: str = "first-week") -> str:
        with transaction() as session:
            made = assign_module(
                session, cast.morning_desk, module, due, by=cast.ben, at=AT, today=TODAY, terms=terms
            )
            return made.public_id

    return one


def owing(session: Session, cast: Cast) -> set[str]:
    session.rollback()
    people = {"ana": cast.ana, "ben": cast.ben, "tova": cast.tova, "omar": cast.omar}
    return {name for name, person_id in people.items() if open_assignments(session, person_id)}


@pytest.mark.parametrize(
    ("asked_of", "who"),
    [
        (AskedOf.LEARNER, {"ana"}),
        (AskedOf.LEAD, {"ben"}),
        (AskedOf.TRAINER, {"tova"}),
        (AskedOf.TEAM, {"ana", "ben", "tova"}),
    ],
)
def test_a_role_is_asked_and_nobody_else(
    ask: Ask, session: Session, cast: Cast, asked_of: AskedOf, who: set[str]
) -> None:
    ask(Terms(asked_of))

    assert owing(session, cast) == who


def test_one_person_is_asked_and_nobody_else(ask: Ask, session: Session, cast: Cast) -> None:
    ask(Terms(AskedOf.PERSON, person_id=cast.ben))

    assert owing(session, cast) == {"ben"}
    with transaction() as writing:
        writing.delete(writing.get_one(Person, cast.ben))
    assert owing(session, cast) == set()


def test_the_same_people_asked_again_get_the_new_terms_and_others_their_own(
    ask: Ask, session: Session, cast: Cast
) -> None:
    first = ask(Terms(), date(2026, 12, 4))
    again = ask(Terms(coaching=Coaching.END, due_after_days=14), date(2026, 12, 4))
    leads = ask(Terms(AskedOf.LEAD), date(2026, 12, 11))

    learners, others = find(session, cast, first), find(session, cast, leads)
    assert first == again != leads
    assert (learners.due_on, learners.due_after_days, learners.coaching) == (None, 14, Coaching.END)
    assert (others.due_on, others.asked_of) == (date(2026, 12, 11), AskedOf.LEAD)


def find(session: Session, cast: Cast, public_id: str) -> AskedModule:
    session.rollback()
    return find_asked_module(session, cast.morning_desk, public_id)


def test_days_count_from_joining_and_for_who_was_here_from_being_asked(
    ask: Ask, session: Session, cast: Cast
) -> None:
    ask(Terms(due_after_days=14))
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.omar, Role.LEARNER, datetime(2026, 12, 1, 9, tzinfo=UTC))

    (anas,), (omars,) = open_assignments(session, cast.ana), open_assignments(session, cast.omar)
    assert (anas.due_on, omars.due_on) == (date(2026, 12, 5), date(2026, 12, 15))


def test_a_day_is_the_teams_own_and_not_the_sites(ask: Ask, session: Session, cast: Cast) -> None:
    ask(Terms(due_after_days=1))
    late_evening = datetime(2026, 12, 1, 11, 30, tzinfo=UTC)  # half past midnight on the 2nd in Auckland
    with transaction() as writing:
        writing.get_one(Team, cast.morning_desk).time_zone = "Pacific/Auckland"
        join_team(writing, cast.morning_desk, cast.omar, Role.LEARNER, late_evening)

    (omars,) = open_assignments(session, cast.omar)
    assert omars.due_on == date(2026, 12, 3)


class Asked:
    """Asked for in the first minutes of a year, due two days after joining."""

    due_on: date | None = None
    due_after_days: int | None = 2
    assigned_at = datetime(2025, 12, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "joined", "due"),
    [
        ("UTC", datetime(2025, 12, 31, 23, 59, tzinfo=UTC), date(2026, 1, 2)),
        ("Europe/Berlin", datetime(2025, 12, 31, 23, 59, tzinfo=UTC), date(2026, 1, 3)),
        # The clocks went forward at one o'clock on 29 March, and back at one on 25 October.
        ("Europe/London", datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        ("Europe/London", datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 4, 1)),
        ("Europe/London", datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 27)),
        ("Europe/London", datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 27)),
        ("America/New_York", datetime(2026, 11, 1, 3, 30, tzinfo=UTC), date(2026, 11, 2)),
        ("America/New_York", datetime(2026, 11, 2, 4, 30, tzinfo=UTC), date(2026, 11, 3)),
    ],
)
def test_days_are_calendar_days_across_clock_changes_and_the_year(
    zone: str, joined: datetime, due: date
) -> None:
    assert due_for(Asked(), joined, ZoneInfo(zone)) == due


def test_more_time_is_for_one_person_and_the_newest_counts(ask: Ask, session: Session, cast: Cast) -> None:
    public_id = ask(Terms(), date(2026, 12, 4))
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.omar, Role.LEARNER, LONG_AGO)
    for day in (date(2026, 12, 11), date(2026, 12, 18), date(2026, 12, 18)):
        give(cast, public_id, day)

    (anas,), (omars,) = open_assignments(session, cast.ana), open_assignments(session, cast.omar)
    assert (anas.due_on, omars.due_on) == (date(2026, 12, 18), date(2026, 12, 4))
    assert len(find_member(session, cast.morning_desk, public_id_of(session, cast.ana)).extended_to) == 1


def public_id_of(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).public_id


def give(cast: Cast, assignment: str, day: date) -> None:
    with transaction() as session:
        asked = find_asked_module(session, cast.morning_desk, assignment)
        member = find_member(session, cast.morning_desk, public_id_of(session, cast.ana))
        extend(session, asked, member, day, by=cast.ben, at=AT, today=TODAY)


def test_more_time_that_is_none_is_refused(ask: Ask, cast: Cast) -> None:
    public_id = ask(Terms(), date(2026, 12, 4))

    with pytest.raises(NotLaterError):
        give(cast, public_id, date(2026, 12, 4))
    with pytest.raises(PastDueDateError):
        give(cast, public_id, date(2026, 11, 20))


def test_moving_the_day_changes_the_rule_for_all(ask: Ask, session: Session, cast: Cast) -> None:
    public_id = ask(Terms(), date(2026, 12, 4))

    for day, days in ((date(2026, 12, 9), None), (None, 10), (None, None)):
        with transaction() as writing:
            move_due_date(writing, cast.morning_desk, public_id, day, days, today=TODAY)
        asked = find(session, cast, public_id)
        assert (asked.due_on, asked.due_after_days) == (day, days)
    with pytest.raises(PastDueDateError), transaction() as writing:
        move_due_date(writing, cast.morning_desk, public_id, date(2026, 11, 20), None, today=TODAY)
    with pytest.raises(NotFoundError), transaction() as writing:
        move_due_date(writing, cast.night_desk, public_id, None, None, today=TODAY)


def test_another_teams_assignment_is_not_there(ask: Ask, session: Session, cast: Cast) -> None:
    public_id = ask(Terms())

    with pytest.raises(NotFoundError):
        find_asked_module(session, cast.night_desk, public_id)
    with pytest.raises(NotFoundError), transaction() as writing:
        withdraw_assignment(writing, cast.night_desk, public_id, by=cast.lena, at=AT)
    assert len(list_asked_modules(session, cast.morning_desk)) == 1


def test_a_module_waits_for_what_the_same_person_owes_before_it() -> None:
    after = {"c": ("b", "never-asked"), "b": ("a",), "a": ()}

    assert waits_for("c", after, set()) == ("b",)
    assert waits_for("c", after, {"b"}) == ()
    assert waits_for("a", after, set()) == ()


def test_a_circle_of_modules_waits_for_nothing() -> None:
    circle = {"a": ("b",), "b": ("c",), "c": ("a",), "d": ("a",)}

    assert [waits_for(slug, circle, set()) for slug in "abcd"] == [(), (), (), ("a",)]
