"""The function that loads a team decides who may have it, and what they may do there."""

import pytest
from sqlalchemy.orm import Session

from tests.people import Cast
from tests.viewers import as_viewer
from training.errors import NotFoundError
from training.teams.members import list_people
from training.teams.models import Role
from training.teams.queries import TeamSeen, find_team, list_teams


def seen(session: Session, person_id: int) -> TeamSeen:
    return find_team(session, "morning-desk", as_viewer(session, person_id))


def test_a_member_finds_their_team_and_may_change_nothing(session: Session, cast: Cast) -> None:
    team = seen(session, cast.ana)

    assert team.role is Role.LEARNER
    rights = [team.may_manage, team.may_write_card, team.may_assign, team.may_see_progress]
    assert rights == [False, False, False, False]


def test_its_lead_may_do_everything_there(session: Session, cast: Cast) -> None:
    team = seen(session, cast.ben)

    assert team.may_manage
    assert team.may_write_card
    assert team.may_assign
    assert team.may_see_progress


def test_a_trainer_from_outside_may_write_and_assign_and_sees_no_results(
    session: Session, cast: Cast
) -> None:
    team = seen(session, cast.tova)

    assert team.role is None
    assert team.may_write_card
    assert team.may_assign
    assert not team.may_manage
    assert not team.may_see_progress


def test_an_admin_may_manage_every_team(session: Session, cast: Cast) -> None:
    assert seen(session, cast.ada).may_manage


@pytest.mark.parametrize("who", ["omar", "lena"])
def test_people_of_another_team_find_nothing(session: Session, cast: Cast, who: str) -> None:
    with pytest.raises(NotFoundError):
        seen(session, getattr(cast, who))


def test_a_team_that_is_not_there_looks_the_same(session: Session, cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        find_team(session, "no-such-desk", as_viewer(session, cast.ada))


def test_people_list_their_own_teams_and_those_who_train_list_all(session: Session, cast: Cast) -> None:
    names = {
        who: [team.name for team in list_teams(session, as_viewer(session, getattr(cast, who)))]
        for who in ("ana", "lena", "tova", "ada")
    }

    assert names == {
        "ana": ["Morning desk"],
        "lena": ["Night desk"],
        "tova": ["Morning desk", "Night desk"],
        "ada": ["Morning desk", "Night desk"],
    }


def test_the_lead_stands_first_and_only_plain_learners_may_have_a_code(session: Session, cast: Cast) -> None:
    ben, ana = list_people(session, cast.morning_desk)

    assert (ben.name, ben.is_only_lead, ben.may_have_code) == ("Ben Okafor", True, False)
    assert (ana.name, ana.is_only_lead, ana.may_have_code) == ("Ana Duarte", False, True)
