"""The desk card: written in Markdown, shown as safe HTML, rendered once."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browsing import Browser
from training.teams.models import Team

CARD = "You may end a call **after one warning**.\n\n- Dana takes over\n- Confirm the postcode first"


def test_a_lead_writes_it_and_the_team_reads_it(ben: Browser, ana: Browser) -> None:
    assert "the middle of a hard call" in ben.get("/teams/morning-desk/desk-card").text
    assert ben.post("/teams/morning-desk/desk-card", {"text": CARD}).status_code == 303

    assert "<strong>after one warning</strong>" in ana.get("/teams/morning-desk").text
    assert "after one warning" in ben.get("/teams/morning-desk/desk-card").text


def test_a_trainer_may_write_it_too(tova: Browser) -> None:
    assert tova.post("/teams/morning-desk/desk-card", {"text": CARD}).status_code == 303


@pytest.mark.parametrize("who", ["ana", "omar"])
def test_others_may_not(who: str, request: pytest.FixtureRequest) -> None:
    browser: Browser = request.getfixturevalue(who)

    assert browser.get("/teams/morning-desk/desk-card").status_code == 404
    assert browser.post("/teams/morning-desk/desk-card", {"text": CARD}).status_code == 404


def test_nothing_on_it_can_run(ben: Browser, session: Session) -> None:
    ben.post("/teams/morning-desk/desk-card", {"text": "<script>alert(1)</script> [x](javascript:alert(1))"})

    html = session.scalars(select(Team.desk_card_html).where(Team.slug == "morning-desk")).one()
    assert "<script" not in html
    assert 'href="javascript' not in html


def test_an_empty_one_takes_it_away(ben: Browser) -> None:
    ben.post("/teams/morning-desk/desk-card", {"text": CARD})
    ben.post("/teams/morning-desk/desk-card", {"text": ""})

    assert "Nothing is written on it yet" in ben.get("/teams/morning-desk").text


@pytest.mark.parametrize("text", ["x" * 4001, "end \u202e it"])
def test_what_cannot_be_kept_is_given_back(ben: Browser, text: str) -> None:
    reply = ben.post("/teams/morning-desk/desk-card", {"text": text})

    assert reply.status_code == 422
    assert text in reply.text
