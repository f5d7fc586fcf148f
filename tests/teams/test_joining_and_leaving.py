"""Who is in a team, from joining to leaving."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.people import Cast
from training.accounts.models import Person, SignInSession
from training.accounts.service import Visit, change_rights, hash_typed_code, issue_code, sign_in_with_code
from training.accounts.sessions import begin_session
from training.accounts.tokens import SpentTokenError
from training.clock import now
from training.database import transaction
from training.teams.models import Membership, Role, Team
from training.teams.rules import slug_for
from training.teams.service import LastLeadError, create_team, join_team, leave_team, rename_team
from training.viewer import Viewer


def rows(session: Session, person_id: int) -> list[tuple[str, bool]]:
    found = session.scalars(
        select(Membership).where(Membership.person_id == person_id).order_by(Membership.id)
    )
    return [(one.role, one.left_at is None) for one in found]


def test_leaving_keeps_the_history(session: Session, cast: Cast) -> None:
    for _ in range(2):
        with transaction() as writing:
            leave_team(writing, cast.morning_desk, cast.ana, now())

    assert rows(session, cast.ana) == [("learner", False)]


def test_the_last_lead_cannot_leave_or_become_something_else(session: Session, cast: Cast) -> None:
    with pytest.raises(LastLeadError), transaction() as writing:
        leave_team(writing, cast.morning_desk, cast.ben, now())
    with pytest.raises(LastLeadError), transaction() as writing:
        join_team(writing, cast.morning_desk, cast.ben, Role.LEARNER, now())

    assert rows(session, cast.ben) == [("lead", True)]


def test_one_of_two_leads_can_leave(session: Session, cast: Cast) -> None:
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.lena, Role.LEAD, now())
        leave_team(writing, cast.morning_desk, cast.ben, now())

    assert rows(session, cast.ben) == [("lead", False)]


def test_a_disabled_lead_does_not_count_as_one(session: Session, cast: Cast) -> None:
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.lena, Role.LEAD, now())
        writing.get_one(Person, cast.lena).disabled_at = now()
        writing.flush()
        with pytest.raises(LastLeadError):
            leave_team(writing, cast.morning_desk, cast.ben, now())


def test_joining_again_in_the_same_role_changes_nothing(session: Session, cast: Cast) -> None:
    with transaction() as writing:
        join_team(writing, cast.morning_desk, cast.ana, Role.LEARNER, now())

    assert rows(session, cast.ana) == [("learner", True)]


def test_another_role_is_another_sign_in(session: Session, cast: Cast) -> None:
    with transaction() as writing:
        begin_session(writing, writing.get_one(Person, cast.ana), now(), shared=False)
        join_team(writing, cast.morning_desk, cast.ana, Role.LEAD, now())

    assert rows(session, cast.ana) == [("learner", False), ("lead", True)]
    assert [one.ended_at is None for one in session.scalars(select(SignInSession))] == [False]


@pytest.mark.parametrize("gains", ["a team to lead", "the site to run"])
def test_a_code_issued_to_a_learner_does_not_open_the_rights_they_get_next(
    session: Session, cast: Cast, gains: str
) -> None:
    with transaction() as writing:
        ana, ben = writing.get_one(Person, cast.ana), writing.get_one(Person, cast.ben)
        by = Viewer(ben.id, ben.public_id, ben.name, False, False, True, 0, False)
        code = issue_code(writing, ana, by, now())
        if gains == "a team to lead":
            join_team(writing, cast.night_desk, cast.ana, Role.LEAD, now())
        else:
            change_rights(writing, ana, is_trainer=False, is_admin=True, by="operator", at=now())

    with pytest.raises(SpentTokenError), transaction() as writing:
        sign_in_with_code(writing, hash_typed_code(code), Visit("127.0.0.1"), now())


def test_two_teams_of_one_name_have_two_addresses(session: Session, cast: Cast) -> None:
    with transaction() as writing:
        second = create_team(writing, "Morning desk").slug
        rename_team(writing, cast.morning_desk, "Early desk")

    assert second == "morning-desk-2"
    assert session.scalars(select(Team.name).where(Team.slug == "morning-desk")).one() == "Early desk"


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Café Österreich", "cafe-osterreich"), ("  -- ", "team"), ("東京", "team"), ("A" * 90, "a" * 74)],
)
def test_an_address_is_made_from_plain_letters(name: str, slug: str) -> None:
    assert slug_for(name) == slug
