"""`make serve` on an empty folder: a link is printed, and whoever opens it first is the administrator."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.conftest import Start
from tests.browser.looking import DESKTOP, patient

LINK = re.compile(r"https?://127\.0\.0\.1:\d+/t/invitation/\S+")


def test_the_printed_link_makes_the_first_admin(chromium: Browser, start_site: Start, tmp_path: Path) -> None:
    with start_site(tmp_path) as site:
        link = LINK.search(site.log.read_text())
        assert link is not None
        page = patient(chromium.new_context(base_url=site.url, viewport=DESKTOP)).new_page()
        page.goto(link[0])
        page.get_by_label("Your name").fill("Ida Marsh")
        page.get_by_label("E-mail").fill("ida@example.invalid")
        page.get_by_label("New password").fill("larch denim damson avenue")
        page.get_by_role("button", name="Come in").click()
        page.wait_for_url(f"{site.url}/")

        page.goto("/teams/new")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert "Ida Marsh" in site.flask("people", "list")
        page.context.close()
