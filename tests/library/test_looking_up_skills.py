"""The catalogue of skills, and the help page."""

import pytest

from tests.browsing import Browser

pytestmark = pytest.mark.usefixtures("published", "late_november")


def test_the_catalogue_lists_every_skill(ana: Browser) -> None:
    page = ana.get("/skills").text

    for title in ("Restrain", "Redirect", "Recuse", "Own it", "Triage"):
        assert title in page


def test_a_skill_leads_to_its_calls_and_tips(ana: Browser) -> None:
    page = ana.get("/skills/restrain").text

    assert 'href="/scenarios/the-attacking-customer"' in page
    assert 'href="/tips/seeing-it-coming"' in page


def test_a_skill_that_does_not_exist_is_not_there(ana: Browser) -> None:
    assert ana.get("/skills/juggling").status_code == 404


def test_visitors_are_asked_to_sign_in(visitor: Browser) -> None:
    for path in ("/skills", "/skills/restrain"):
        assert visitor.get(path).status_code == 303


def test_help_says_who_sees_what(visitor: Browser) -> None:
    assert "Practice: nobody else can see it." in visitor.get("/help").text


def test_the_archive_leads_members_to_the_skills(ana: Browser, visitor: Browser) -> None:
    assert 'href="/skills"' in ana.get("/tips").text
    assert 'href="/skills"' not in visitor.get("/tips").text
