"""Closing a team, reading what is set, reading the log: an admin's other pages."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.admin.conftest import deeds
from tests.browsing import Browser
from tests.people import Cast
from training.accounts import audit
from training.accounts.models import Person
from training.admin.audit_queries import check_newest
from training.admin.settings_page import MASK, list_settings
from training.clock import now
from training.database import db, transaction
from training.database.insert_only import allow_changes
from training.settings import Settings
from training.teams.models import Membership, Role
from training.teams.service import ArchivedTeamError, join_team
from training.web.i18n import today_here


def test_archiving_ends_the_memberships_and_keeps_them(ada: Browser, cast: Cast, session: Session) -> None:
    assert "Archive Morning desk?" in ada.get("/admin/teams/morning-desk/archiving").text
    for _ in range(2):
        assert ada.post("/admin/teams/morning-desk/archiving").location == "/admin/teams"

    left = session.scalars(select(Membership.left_at).where(Membership.team_id == cast.morning_desk)).all()
    assert len(left) == 2
    assert None not in left
    assert "archived" in ada.get("/admin/teams").text
    assert "Morning desk" not in ada.get("/teams").text
    assert ada.get("/teams/morning-desk/invitations/new").status_code == 404
    with pytest.raises(ArchivedTeamError), transaction() as writing:
        join_team(writing, cast.morning_desk, cast.omar, Role.LEARNER, now())


def test_a_lead_of_an_archived_team_is_signed_out_of_their_rights(
    ada: Browser, ben: Browser, cast: Cast
) -> None:
    assert ben.get("/teams/morning-desk/progress").status_code == 200
    ada.post("/admin/teams/morning-desk/archiving")

    assert ben.get("/account").location.startswith("/sign-in")
    assert ben.sign_in(cast.ben).get("/teams/morning-desk/progress").status_code == 404


def test_a_team_opens_again_with_nobody_in_it(ada: Browser, cast: Cast) -> None:
    ada.post("/admin/teams/morning-desk/archiving")

    assert ada.post("/admin/teams/morning-desk/reopening").location == "/teams/morning-desk"
    assert "Morning desk" in ada.get("/teams").text
    with transaction() as session:
        join_team(session, cast.morning_desk, cast.omar, Role.LEARNER, now())
    assert "team opened again" in deeds()


def test_teams_are_found_by_name(ada: Browser) -> None:
    assert "Night desk" in ada.get("/admin/teams?q=NIGHT").text
    assert "Night desk" not in ada.get("/admin/teams?q=morning").text
    assert "No team is called that" in ada.get("/admin/teams?q=_").text
    assert ada.get("/admin/teams?page=2").status_code == 404


def test_settings_say_where_they_come_from_and_keep_their_secrets() -> None:
    settings = Settings(
        database_url="postgresql://zan:hunter2@db/zan?password=hunter2",
        smtp_url="smtp://zan:hunter2@mail",
        secret_key="hunter2" * 9,
        metrics_token="hunter2" * 9,
    )
    environ = {"TRAINING_DATABASE_URL": "…", "TRAINING_SECRET_KEY_FILE": "/run/key"}
    found = {one.variable: one for one in list_settings(settings, environ)}

    assert "hunter2" not in repr(found)
    assert found["TRAINING_DATABASE_URL"].value == f"postgresql://zan:{MASK}@db/zan"
    assert found["TRAINING_SECRET_KEY"].source == "TRAINING_SECRET_KEY_FILE"
    assert found["TRAINING_SMTP_URL"].value == MASK
    assert (found["TRAINING_PUBLIC_TIPS"].value, found["TRAINING_PUBLIC_TIPS"].source) == ("yes", "")


def test_the_settings_page_shows_no_key(ada: Browser) -> None:
    page = ada.get("/admin/settings").text

    assert "TRAINING_TIME_ZONE" in page
    assert "Europe/London" in page
    assert "only-for-tests" not in page


def test_the_log_is_found_by_who_what_and_when(ada: Browser, cast: Cast, session: Session) -> None:
    ana = session.get_one(Person, cast.ana).public_id
    with transaction() as writing:
        for days, action, subject in ((0, "invited", "other"), (3, "joined", ana), (0, "left", ana)):
            audit.append(
                writing, actor="operator", action=action, subject=subject, at=now() - timedelta(days)
            )

    def rows(query: str) -> list[str]:
        page = ada.get(f"/admin/audit{query}").text
        return [one for one in ("invited", "joined", "left") if f"<td>{one}</td>" in page]

    assert rows("") == ["invited", "joined", "left"]
    assert rows("?q=duarte") == rows("?q=ana@example.invalid") == rows(f"?q={ana}") == ["joined", "left"]
    assert rows("?q=a_a") == rows("?q=%25") == [], "a sign of a query language is a sign like others"
    assert rows("?what=invited") == ["invited"]
    assert rows(f"?since={today_here()}") == ["invited", "left"]
    assert rows(f"?until={today_here() - timedelta(days=2)}") == ["joined"]
    assert "Ana Duarte" in ada.get("/admin/audit?what=left").text
    assert "Nothing like that is in the log" in ada.get("/admin/audit?what=nothing").text


@pytest.mark.parametrize(
    "query", ["since=soon", "until=9999-12-31", "before=x", "q=%00", "what=" + "x" * 121]
)
def test_an_odd_question_to_the_log_leads_nowhere(ada: Browser, query: str) -> None:
    assert ada.get(f"/admin/audit?{query}").status_code == 404


def test_the_log_goes_on_page_after_page(ada: Browser) -> None:
    with transaction() as session:
        audit.append_all(
            session, actor="operator", deeds=[("sewn", f"n{n:03}") for n in range(120)], at=now()
        )

    path, seen = "/admin/audit?what=sewn", list[str]()
    while path:
        page = ada.get(path).text
        seen += [part[:4] for part in page.split('<span class="fine">')[1:] if part.startswith("n")]
        path = (
            page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0] if 'rel="next"' in page else ""
        )
        path = path.replace("&amp;", "&")
    assert seen == [f"n{n:03}" for n in reversed(range(120))]


def test_a_row_that_was_changed_past_the_site_is_named(ada: Browser, session: Session) -> None:
    for _ in range(3):
        ada.get("/admin/audit")
    assert "rows follow from one another" in ada.get("/admin/audit").text
    with transaction() as writing:
        allow_changes(writing.connection(), "audit_entry")
        writing.execute(text("UPDATE audit_entry SET action = 'read nothing' WHERE id = 2"))

    assert "Row 2 does not follow from the one before it" in ada.get("/admin/audit").text
    assert check_newest(db.session(), most=1).broken_at is None
    assert check_newest(db.session(), most=1).is_whole_log is False


def test_the_first_page_leads_to_all_the_others(ada: Browser) -> None:
    page = ada.get("/admin").text

    for path in ("/admin/people", "/admin/teams", "/admin/audit", "/admin/settings"):
        assert f'href="{path}"' in page
        assert ada.get(path).status_code == 200
    assert 'href="/admin"' in ada.get("/").text


def test_nobody_else_is_shown_the_way(ben: Browser) -> None:
    assert 'href="/admin"' not in ben.get("/").text
