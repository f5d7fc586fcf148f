"""An admin looks somebody up, and decides about them: each deed asks who is there and is written down."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.accounts.conftest import link_in, mails
from tests.admin.conftest import deeds, long_ago
from tests.browsing import Browser
from tests.people import PASSWORD, Cast
from tests.statements import counted_statements
from training.accounts.models import Person
from training.database import db, transaction
from training.teams.models import Membership


def address(session: Session, person_id: int) -> str:
    session.rollback()
    public_id = session.scalars(select(Person.public_id).where(Person.id == person_id)).one()
    return f"/admin/people/{public_id}"


def entered(name: str = "Ines Roth", **known_as: str) -> int:
    """Somebody whom an import entered."""
    with transaction() as session:
        session.add(person := Person(name=name, **known_as))
        session.flush()
        return person.id


@pytest.mark.parametrize("q", ["duarte", "ANA D", "ana@example", "nöel", "N-7", "n-7"])
def test_people_are_found_by_name_address_or_number(ada: Browser, q: str) -> None:
    entered("Ana Duarte Nöel", email="ana@example.org", staff_number="N-7")

    assert "Ana Duarte Nöel" in ada.get("/admin/people", query_string={"q": q}).text


@pytest.mark.parametrize(
    ("kind", "there"),
    [
        ("active", "Ben Okafor"),
        ("entered", "Ines Roth"),
        ("admins", "Ada Quist"),
        ("trainers", "Tova Lindgren"),
        ("teamless", "Tova Lindgren"),
    ],
)
def test_the_list_can_be_narrowed(ada: Browser, kind: str, there: str) -> None:
    entered(email="ines@example.invalid")

    page = ada.get(f"/admin/people?kind={kind}").text
    assert there in page
    assert "Omar Haddad" not in page or kind == "active"


def test_nobody_found_says_so_and_odd_questions_lead_nowhere(ada: Browser) -> None:
    assert "Nobody is called that" in ada.get("/admin/people?q=%25").text
    for query in ("kind=odd", "page=0", "page=2", "q=%00"):
        assert ada.get(f"/admin/people?{query}").status_code == 404


def test_a_hundred_people_cost_as_many_statements_as_six(ada: Browser, cast: Cast, session: Session) -> None:
    counts = []
    for turn in range(2):
        with counted_statements(db.engine) as seen:
            ada.get("/admin/people")
            ada.get("/admin/teams")
            ada.get(address(session, cast.ana))
        counts.append(len(seen))
        with transaction() as writing:
            people = [
                Person(name=f"Person {number}", email=f"p{number}.{turn}@example.org")
                for number in range(100)
            ]
            writing.add_all(people)
            writing.flush()
            writing.add_all(
                Membership(team_id=cast.night_desk, person_id=one.id, role="learner") for one in people
            )

    assert counts[1] <= counts[0] < 40


def test_what_an_admin_reads_is_written_down(ada: Browser, cast: Cast, session: Session) -> None:
    for path in ("people", address(session, cast.ana)[7:], "teams", "settings", "audit"):
        ada.get(f"/admin/{path}")

    assert deeds() == [
        "read the list of people",
        "read a person's account",
        "read the list of teams",
        "read the settings",
        "read the audit log",
    ]


def test_somebody_entered_is_invited_again_and_sets_a_password(
    ada: Browser, app: Flask, session: Session
) -> None:
    path = address(session, ines := entered(email="ines@example.invalid"))
    for _ in range(2):
        assert ada.post(f"{path}/invitations").location == path
    older, newer = (link_in(mail) for mail in mails("invitation"))

    browser = Browser(app)
    assert browser.get(older).status_code == 404
    assert "You will sign in as ines@example.invalid." in browser.get(newer).text
    fields = {"name": "Ines Roth", "password": "a quiet lamp by the river"}
    assert browser.post(newer, fields).status_code == 303
    assert address(session, ines) == path  # it is the same person
    assert Browser(app).post(newer, fields).status_code == 404
    assert ada.post(f"{path}/invitations").status_code == 422
    assert "They have come in already." in ada.post(f"{path}/invitations").text


def test_without_an_address_the_link_is_shown_once(ada: Browser, app: Flask, session: Session) -> None:
    path = address(session, entered(staff_number="D-1"))
    page = ada.post(f"{path}/invitations").text

    link = page.split('value="http://127.0.0.1:8000')[1].split('"')[0]
    assert Browser(app).get(link).status_code == 200
    assert link not in ada.get(path).text


def test_an_invitation_is_no_way_around_a_password(ada: Browser, app: Flask, session: Session) -> None:
    """They came in by a mailed link and set one: the older invitation must not set another."""
    path = address(session, ines := entered(email="ines@example.invalid"))
    ada.post(f"{path}/invitations")
    with transaction() as writing:
        writing.get_one(Person, ines).password_hash = "set"

    link = link_in(mails("invitation")[0])
    reply = Browser(app).post(link, {"name": "X", "password": "a quiet lamp by the river"})
    assert reply.status_code == 404


def test_rights_are_given_and_sign_the_person_out(
    ada: Browser, app: Flask, cast: Cast, session: Session
) -> None:
    ana, path = Browser(app).sign_in(cast.ana), address(session, cast.ana)

    assert ada.post(f"{path}/rights", {"is_trainer": "y"}).location == path
    assert session.get_one(Person, cast.ana).is_trainer
    assert ana.get("/account").location.startswith("/sign-in")
    assert "rights: trainer yes, admin no" in deeds()


@pytest.mark.parametrize("deed", ["rights", "disabling"])
def test_the_last_admin_stays(ada: Browser, cast: Cast, session: Session, deed: str) -> None:
    path = address(session, cast.ada)

    reply = ada.post(f"{path}/{deed}")
    assert (reply.status_code, "Make somebody else an admin first" in reply.text) == (422, True)
    with transaction() as writing:
        writing.get_one(Person, cast.tova).is_admin = True
    assert ada.post(f"{path}/{deed}").location == "/"


def test_the_last_lead_of_a_team_is_not_disabled(ada: Browser, cast: Cast, session: Session) -> None:
    reply = ada.post(f"{address(session, cast.ben)}/disabling")

    assert (reply.status_code, "Make somebody else its lead first" in reply.text) == (422, True)
    assert session.get_one(Person, cast.ben).disabled_at is None


def test_somebody_disabled_is_out_at_once_and_may_come_back(
    ada: Browser, app: Flask, cast: Cast, session: Session
) -> None:
    omar, path = Browser(app).sign_in(cast.omar), address(session, cast.omar)

    ada.post(f"{path}/disabling")
    assert omar.get("/account").location.startswith("/sign-in")
    assert "Disabled: they cannot sign in." in ada.get(path).text
    ada.post(f"{path}/enabling")
    who = {"identifier": "omar@example.invalid", "password": PASSWORD}
    assert Browser(app).post("/sign-in", who).status_code == 303
    assert [deed for deed in deeds() if deed.startswith("person ")] == ["person disabled", "person enabled"]


def test_their_page_leads_to_erasing_them(ada: Browser, cast: Cast, session: Session) -> None:
    path = address(session, cast.omar).removeprefix("/admin")

    assert f'href="{path}/erasure"' in ada.get(f"/admin{path}").text
    assert ada.get(f"{path}/erasure").status_code == 200


def test_somebody_is_signed_out_everywhere(ada: Browser, app: Flask, cast: Cast, session: Session) -> None:
    omar, path = Browser(app).sign_in(cast.omar), address(session, cast.omar)
    assert "Sign them out everywhere" in ada.get(path).text

    ada.post(f"{path}/sign-outs")
    assert omar.get("/account").location.startswith("/sign-in")
    assert "Nowhere just now." in ada.get(path).text


@pytest.mark.parametrize(
    ("fields", "now_in"),
    [
        ({"team": "Night desk"}, {"morning-desk", "night-desk"}),
        ({"team": "night-desk", "instead": "morning-desk", "role": "trainer"}, {"night-desk"}),
    ],
)
def test_somebody_gets_another_place_or_moves(
    ada: Browser, cast: Cast, session: Session, fields: dict[str, str], now_in: set[str]
) -> None:
    path = address(session, cast.ana)

    assert ada.post(f"{path}/places", {"role": "learner", "instead": "", **fields}).location == path
    page = ada.get(path).text
    assert {slug for slug in ("morning-desk", "night-desk") if f"/teams/{slug}/people" in page} == now_in


@pytest.mark.parametrize(
    "fields", [{"team": ""}, {"team": "Nowhere"}, {"role": "admin"}, {"instead": "night-desk"}]
)
def test_a_place_that_cannot_be_is_given_back(
    ada: Browser, cast: Cast, session: Session, fields: dict[str, str]
) -> None:
    sent = {"team": "Night desk", "role": "learner", "instead": "", **fields}

    assert ada.post(f"{address(session, cast.ana)}/places", sent).status_code == 422


def test_the_last_lead_does_not_move_and_keeps_both_places_as_they_were(
    ada: Browser, cast: Cast, session: Session
) -> None:
    path = address(session, cast.ben)
    sent = {"team": "Night desk", "role": "learner", "instead": "morning-desk"}

    assert ada.post(f"{path}/places", sent).status_code == 422
    assert "/teams/night-desk/people" not in ada.get(path).text


@pytest.mark.parametrize("deed", ["rights", "disabling", "enabling", "sign-outs", "places", "invitations"])
def test_after_a_while_each_deed_asks_for_the_password(
    ada: Browser, cast: Cast, session: Session, deed: str
) -> None:
    path = address(session, cast.ana)
    before = ada.get(path).text
    long_ago()

    asked = ada.post(f"{path}/{deed}", {"is_admin": "y", "team": "Night desk", "role": "learner"})
    assert asked.location == f"/admin/proof?next={path}"
    assert "Nothing was changed yet" in ada.get(asked.location).text
    assert ada.post(asked.location, {"current": ""}).status_code == 422
    assert ada.post(asked.location, {"current": PASSWORD}).location == path
    assert ada.get(path).text.split("<main")[1].count("since") == before.split("<main")[1].count("since")
    assert not session.get_one(Person, cast.ana).is_admin


@pytest.mark.parametrize("path", ["/admin/audit", "/admin/settings", "/admin/people.csv"])
def test_after_a_while_what_is_delicate_to_read_asks_too(ada: Browser, path: str) -> None:
    long_ago()

    assert ada.get(path).location == f"/admin/proof?next={path}"
    assert ada.post(f"/admin/proof?next={path}", {"current": PASSWORD}).location == path
    assert ada.get(path).status_code == 200
    assert ada.get("/admin/proof?next=//evil.test").location == "/admin"
