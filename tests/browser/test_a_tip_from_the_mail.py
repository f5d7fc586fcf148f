"""From the mail to the reply, its feedback, the lesson, the call and one's own progress."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from tests.browser.calls import say_first
from tests.browser.conftest import NewPage
from tests.browser.looking import NARROW, axe_findings, scrolls_sideways, sign_in
from tests.browser.site import Site
from training import clock, create_app
from training.database import db, transaction
from training.demo.people import NEW_HIRE
from training.mail.models import Mailing, Message
from training.mail.slots import slot
from training.settings import Settings, read_settings
from training.tips.issuing import mailing_key, make_due_issues
from training.tips.models import Subscription, TipAnswer
from training.tips.rules import Week, newest_open


@contextmanager
def beside(site: Site) -> Iterator[Settings]:
    """The running site's own database, from another process."""
    environ = {name: value for name, value in site.environ.items() if name.startswith("TRAINING_")}
    settings = read_settings(environ)
    with create_app(settings).app_context():
        yield settings
        db.session.remove()
        db.engine.dispose()


def mail_of_next_week(site: Site) -> str:
    """The HTML of next week's tip, as it goes to the new hire: it is made as if that Monday had come."""
    week = newest_open(datetime.now(UTC)).plus(1)
    monday = datetime.combine(week.monday, time(12), UTC)
    with beside(site) as settings:
        for at in (monday - timedelta(hours=20), monday):
            with clock.running(lambda at=at: at), transaction() as session:  # type: ignore[misc]
                make_due_issues(session, at, site_zone=settings.time_zone, base_url=settings.base_url)
        return _html_to(NEW_HIRE.email, week)


def _html_to(address: str, week: Week) -> str:
    query = select(Mailing.html, Message.token_values).join(Message, Message.mailing_id == Mailing.id)
    row = (
        db.session()
        .execute(query.where(Mailing.key == mailing_key(week), Message.to_address == address))
        .one()
    )
    html: str = row.html
    for name, value in (row.token_values or {}).items():
        html = html.replace(slot(name), value)
    return html


def kept(site: Site) -> tuple[int, int]:
    """How many answers there are, and how many stopped the tip."""
    with beside(site):
        session = db.session()
        ended = select(func.count()).select_from(Subscription).where(Subscription.ended_at.is_not(None))
        answers = select(func.count()).select_from(TipAnswer)
        return session.scalar(answers) or 0, session.scalar(ended) or 0


def scan(page: Page, html: str) -> None:
    """What a mail scanner does: every link of the mail, again and again."""
    for link in re.findall(r'href="([^"]+)"', html) * 3:
        assert page.request.get(link).status == 200
        assert page.request.head(link).status == 200


def test_the_way_from_the_mail_to_progress(new_page: NewPage, site: Site) -> None:
    html = mail_of_next_week(site)
    page = new_page(viewport=NARROW, reduced_motion="reduce")
    scan(page, html)
    assert kept(site) == (0, 0)

    page.set_content(html)
    assert not scrolls_sideways(page)
    page.locator("a[href*='?reply=2']").click()
    expect(page.locator("main")).to_contain_text(f"Answering as {NEW_HIRE.name}.")
    expect(page.locator(".choice[data-picked]")).to_have_count(1)
    assert kept(site) == (0, 0)
    assert axe_findings(page) == []
    assert not scrolls_sideways(page)

    page.get_by_role("button", name="Say this").click()
    expect(page.locator("[data-coach]").first).to_be_visible()
    assert kept(site) == (1, 0)
    expect(page.locator(".prose p").first).to_be_visible()
    assert axe_findings(page) == []
    assert not scrolls_sideways(page)

    page.locator("a.practise").click()
    page.wait_for_url("**/sign-in?**")
    assert "next=" in page.url
    call = page.url.split("next=")[1].replace("%2F", "/")
    sign_in(page, site, NEW_HIRE.role)
    play_to_the_end(page, call)

    page.goto("/scenarios")
    expect(page.locator(f"a[href='{call}']")).to_contain_text("Last time")
    assert kept(site) == (1, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 600])
def test_the_mail_is_readable_on_a_phone_and_in_the_dark(
    new_page: NewPage, site: Site, scheme: str, width: int
) -> None:
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.set_content(mail_of_next_week(site))

    assert axe_findings(page) == []
    assert not scrolls_sideways(page)
    sizes = page.locator("td.reply a").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert sizes
    assert min(sizes) >= 48


def play_to_the_end(page: Page, call: str) -> None:
    page.goto(call)
    page.get_by_role("button", name=re.compile("Practise|Start over")).first.click()
    page.wait_for_url("**/attempts/**")
    while say_first(page):
        pass
    page.get_by_role("link", name="See the debrief").click()
    page.wait_for_url("**/debrief")
    expect(page.locator("main")).to_contain_text("strong")
