"""A team's skills and hardest scenes: from first checks, five people at the least, five at a time."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from tests.browsing import Browser
from tests.people import Cast
from tests.reports.conftest import LONG_AGO, Play
from training.accounts.models import Person
from training.attempts.models import Attempt, AttemptKind
from training.clock import now
from training.database import transaction
from training.demo.playing import careful, careless
from training.fives import in_fives, whole_fives
from training.reports.together import Together, together
from training.teams.models import Membership

PAGE = "/teams/morning-desk/skills"
Hire = Callable[[int], list[int]]


@pytest.fixture
def hire(first_week: date, cast: Cast) -> Hire:
    """So many more learners of the morning desk."""

    def some(count: int) -> list[int]:
        with transaction() as session:
            people = [Person(name=f"Learner {number}") for number in range(count)]
            session.add_all(people)
            session.flush()
            for person in people:
                session.add(
                    Membership(team_id=cast.morning_desk, person_id=person.id, joined_at=now() - LONG_AGO)
                )
            return [person.id for person in people]

    return some


def seen(session: Session, cast: Cast) -> Together:
    session.rollback()
    return together(session, cast.morning_desk)


def test_four_people_are_too_few_and_the_page_says_why(
    ben: Browser, session: Session, cast: Cast, hire: Hire, play: Play
) -> None:
    for person in hire(4):
        play(person, careless)

    assert seen(session, cast) == Together(False, (), ())
    assert "somebody’s replies could be read off the figures" in ben.get(PAGE).text


def test_five_show_skills_and_scenes_in_steps_of_five(
    ben: Browser, session: Session, cast: Cast, hire: Hire, play: Play
) -> None:
    people = hire(5)
    for person in people[:4]:
        play(person, careless)
    play(people[4], careful)

    found = seen(session, cast)
    assert found.has_people
    assert {share % 5 for skill in found.skills for share in (skill.strong, skill.fair, skill.weak)} == {0}
    assert found.scenes
    assert all((scene.people, scene.lost % 5) == (5, 0) for scene in found.scenes)
    assert [scene.lost for scene in found.scenes] == sorted(
        (scene.lost for scene in found.scenes), reverse=True
    )
    page = ben.get(PAGE).text
    assert "lost something here" in page
    assert "Learner" not in page


def test_the_next_four_change_nothing_and_the_fifth_adds_five(
    session: Session, cast: Cast, hire: Hire, play: Play
) -> None:
    first, later = hire(5), hire(5)
    for person in first:
        play(person, careful)
    before = seen(session, cast)
    assert before.scenes == ()

    for person in later[:4]:
        play(person, careless)
        assert seen(session, cast) == before

    play(later[4], careless)
    assert {(scene.people, scene.lost) for scene in seen(session, cast).scenes} >= {(10, 50)}


def test_practice_and_second_tries_change_nothing(
    session: Session, cast: Cast, hire: Hire, play: Play
) -> None:
    people = hire(5)
    for person in people:
        play(person, careless)
    with transaction() as writing:
        writing.execute(update(Attempt).values(finished_at=now() - timedelta(days=1)))
    before = seen(session, cast)

    for person in people:
        play(person, careful)
        play(person, careful, AttemptKind.PRACTICE)
    play(cast.ana, careless, AttemptKind.PRACTICE)

    assert seen(session, cast) == before


def test_another_teams_checks_are_not_in_it(session: Session, cast: Cast, hire: Hire, play: Play) -> None:
    for person in hire(5):
        play(person)

    assert not together(session, cast.night_desk).has_people


@pytest.mark.parametrize(
    ("who", "status"),
    [("ana", 404), ("ben", 200), ("tova", 200), ("ada", 200), ("omar", 404), ("lena", 404)],
)
def test_who_may_see_it(app: Flask, cast: Cast, first_week: date, who: str, status: int) -> None:
    assert Browser(app).sign_in(getattr(cast, who)).get(PAGE).status_code == status


def test_whole_fives_and_steps_of_five() -> None:
    assert [len(whole_fives(range(count))) for count in (0, 4, 5, 9, 10, 11)] == [0, 0, 5, 5, 10, 10]
    assert [in_fives(count, 40) for count in (0, 1, 2, 3, 39, 40)] == [0, 5, 5, 10, 100, 100]
    assert [in_fives(count, 7) for count in (1, 6)] == [15, 85]
