"""A file of people: looked at, mended, written whole or not at all, and harmless a second time."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.accounts.conftest import Clock
from tests.admin.conftest import confirm, deeds, long_ago, look, send
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from training.accounts.audit import verify
from training.accounts.models import Person, SignInSession
from training.accounts.token_models import InvitationRequest
from training.database import db, transaction
from training.teams.models import Membership, Team

FILE = """name,e-mail,staff number,team,role
Ines Roth,ines@example.invalid,,Morning desk,
Kofi Mensah,,d-118,morning-desk,lead
Zoë Ångström,zoe@example.invalid,D-119,Night desk,trainer
"""


def people(session: Session) -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Person)) or 0


def places(session: Session, email: str) -> list[tuple[str, str, bool]]:
    """Somebody's teams, in their order: address, role, whether they are in it now."""
    session.rollback()
    rows = session.execute(
        select(Team.slug, Membership.role, Membership.left_at)
        .join(Membership, Membership.team_id == Team.id)
        .join(Person, Person.id == Membership.person_id)
        .where((Person.email == email) | (Person.staff_number == email))
        .order_by(Membership.id)
    )
    return [(row[0], row[1], row[2] is None) for row in rows]


def test_looking_writes_nobody(ada: Browser, session: Session) -> None:
    page = look(ada, FILE)

    assert "This is what it would do." in page
    assert "Zoë Ångström" in page
    assert people(session) == 6


def test_confirming_writes_everybody_and_their_places(ada: Browser, session: Session) -> None:
    reply = confirm(ada, FILE)

    assert reply.location == "/admin/people"
    assert "3 people are new" in ada.get("/admin/people").text
    assert people(session) == 9
    assert places(session, "ines@example.invalid") == [("morning-desk", "learner", True)]
    assert places(session, "D-118") == [("morning-desk", "lead", True)]
    assert places(session, "zoe@example.invalid") == [("night-desk", "trainer", True)]
    assert session.scalar(select(Person.staff_number).where(Person.email == "zoe@example.invalid")) == "D-119"


def test_the_same_file_again_changes_nothing(ada: Browser, session: Session) -> None:
    confirm(ada, FILE)

    page = look(ada, FILE)
    assert "All of it is here already." in page
    assert 'name="seen"' not in page


def test_pressing_twice_writes_once(ada: Browser, session: Session) -> None:
    address = send(ada, FILE).location
    seen = ada.get(address).text.split('name="seen" value="')[1].split('"')[0]

    assert [ada.post(address, {"seen": seen}).location for _ in range(2)] == ["/admin/people"] * 2
    assert people(session) == 9
    assert ada.get(address).location == "/admin/people"


def test_everything_is_in_the_audit_log_and_its_chain_holds(ada: Browser, session: Session) -> None:
    confirm(ada, FILE)

    said = deeds()
    assert said.count("entered") == 3
    assert said[-2:] == ["joined a team as lead", "joined a team as trainer"]
    assert verify(db.session()).broken_at is None


def test_a_file_with_one_mistake_writes_nothing(ada: Browser, session: Session) -> None:
    address = send(ada, FILE + "Nobody,nobody,,,\n").location

    page = ada.get(address).text
    assert "1 thing to mend first." in page
    assert "Row 5" in page
    assert "“nobody” is not an e-mail address." in page
    reply = ada.post(address, {"seen": "whatever"})
    assert reply.location == address
    assert people(session) == 6


def test_somebody_who_joined_meanwhile_is_seen_before_anything_is_written(
    ada: Browser, session: Session
) -> None:
    address = send(ada, FILE).location
    seen = ada.get(address).text.split('name="seen" value="')[1].split('"')[0]
    with transaction() as writing:
        writing.add(Person(name="Ines R.", email="ines@example.invalid"))

    assert ada.post(address, {"seen": seen}).location == address
    assert "The site changed since you looked" in ada.get(address).text
    assert people(session) == 7


def test_a_changed_name_and_a_first_staff_number_are_taken_over(
    ada: Browser, cast: Cast, session: Session
) -> None:
    file = "name;mail;staff no\nAna D. Duarte;ANA@example.invalid;m 12\nBen Okafor;ben@example.invalid;\n"

    page = look(ada, file)
    assert "Ana D. Duarte" in page
    confirm(ada, file)
    session.rollback()
    ana = session.get_one(Person, cast.ana)
    assert (ana.name, ana.staff_number, ana.email) == ("Ana D. Duarte", "M12", "ana@example.invalid")


def test_a_role_in_the_file_changes_the_role_and_signs_out(
    ada: Browser, app: Flask, cast: Cast, session: Session
) -> None:
    ana = Browser(app).sign_in(cast.ana)
    confirm(ada, "name,e-mail,team,role\n,ana@example.invalid,Morning desk,lead\n")

    assert places(session, "ana@example.invalid") == [
        ("morning-desk", "learner", False),
        ("morning-desk", "lead", True),
    ]
    assert ana.get("/account").location.startswith("/sign-in")


def test_no_role_in_the_file_leaves_the_role(ada: Browser, cast: Cast, session: Session) -> None:
    page = look(ada, "name,e-mail,team\n,ben@example.invalid,Morning desk\n")

    assert "All of it is here already." in page


def test_unknown_teams_are_made_where_one_says_so(ada: Browser, session: Session) -> None:
    file = "name,e-mail,team\nA A,a@example.invalid,Late desk\nB B,b@example.invalid,late desk\n"

    page = look(ada, file)
    assert "There is no team “Late desk”." in page
    assert "(And in 1 more row.)" in page
    assert "1 new team" in look(ada, file, make="y")
    confirm(ada, file, make="y")
    assert places(session, "b@example.invalid") == [("late-desk", "learner", True)]
    assert session.scalar(select(func.count()).select_from(Team)) == 3


def test_people_move_where_one_says_so_and_their_history_stays(
    ada: Browser, cast: Cast, session: Session
) -> None:
    file = "name,e-mail,team\n,ana@example.invalid,Night desk\n"

    confirm(ada, file, move="y")
    assert places(session, "ana@example.invalid") == [
        ("morning-desk", "learner", False),
        ("night-desk", "learner", True),
    ]


def test_without_saying_so_people_only_gain_places(ada: Browser, cast: Cast, session: Session) -> None:
    confirm(ada, "name,e-mail,team\n,ana@example.invalid,Night desk\n")

    assert [place[2] for place in places(session, "ana@example.invalid")] == [True, True]


@pytest.mark.parametrize(
    ("row", "choices"),
    [
        (",ben@example.invalid,Night desk,lead", {"move": "y"}),
        (",ben@example.invalid,Morning desk,learner", {}),
    ],
)
def test_no_file_takes_a_team_s_last_lead(ada: Browser, row: str, choices: dict[str, str]) -> None:
    page = look(ada, f"name,e-mail,team,role\n{row}\n", **choices)

    assert "Nobody else leads their team" in page


def test_a_file_that_names_another_lead_may(ada: Browser, cast: Cast, session: Session) -> None:
    rows = ",ben@example.invalid,Night desk,learner\n,ana@example.invalid,Morning desk,lead\n"
    confirm(ada, f"name,e-mail,team,role\n{rows}", move="y")

    assert places(session, "ben@example.invalid")[-1] == ("night-desk", "learner", True)


def test_new_people_are_invited_where_one_says_so(ada: Browser, session: Session) -> None:
    confirm(ada, FILE)
    assert session.scalar(select(func.count()).select_from(InvitationRequest)) == 0

    confirm(ada, "name,e-mail,staff no\nX X,x@example.invalid,\nY Y,,Y-1\n", invite="y")
    session.rollback()
    asked = select(Person.name).join(InvitationRequest, InvitationRequest.person_id == Person.id)
    assert session.scalars(asked).all() == ["X X"]


def test_after_a_while_the_password_is_asked_for_first(ada: Browser, session: Session) -> None:
    address = send(ada, FILE).location
    seen = ada.get(address).text.split('name="seen" value="')[1].split('"')[0]
    long_ago()

    asked = ada.post(address, {"seen": seen})
    assert asked.location.startswith("/admin/proof?next=/admin/people/imports/")
    assert people(session) == 6
    assert ada.post(asked.location, {"current": "not this one"}).status_code == 422
    back = ada.post(asked.location, {"current": PASSWORD})
    assert ada.post(back.location, {"seen": seen}).location == "/admin/people"
    assert people(session) == 9


def test_a_file_is_its_sender_s_alone_and_for_an_hour(
    ada: Browser, app: Flask, cast: Cast, time: Clock
) -> None:
    address = send(ada, FILE).location
    with transaction() as session:
        session.get_one(Person, cast.tova).is_admin = True
    other = Browser(app).sign_in(cast.tova)

    assert other.get(address).status_code == 404
    time.forward(minutes=59)
    assert ada.get(address).status_code == 200
    time.forward(minutes=1)
    assert ada.get(address).status_code == 404


def test_a_demoted_sender_cannot_confirm(ada: Browser, cast: Cast, session: Session) -> None:
    address = send(ada, FILE).location
    with transaction() as writing:
        writing.get_one(Person, cast.ada).is_admin = False

    assert ada.post(address, {"seen": "x"}).status_code == 404


def test_signing_in_after_an_import_needs_no_invitation(
    ada: Browser, ben: Browser, session: Session, visitor: Browser
) -> None:
    """A lead's code opens the door for somebody who has only a staff number."""
    confirm(ada, "name,staff number,team\nY Y,Y-1,Morning desk\n")
    public_id = session.scalars(select(Person.public_id).where(Person.staff_number == "Y-1")).one()

    page = ben.post(f"/teams/morning-desk/people/{public_id}/codes").text
    code = page.split("<code>")[1].split("</code>")[0]
    assert visitor.post("/sign-in/code", {"code": code}).status_code == 303
    session.rollback()
    assert session.scalar(select(func.count()).select_from(SignInSession)) == 3
