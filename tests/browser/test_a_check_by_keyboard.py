"""From sign-in to debrief with nothing but a keyboard, with script and without; then the lead looks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import best_replies, press_until, reply_number
from tests.browser.conftest import NewPage
from tests.browser.looking import sign_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser
CALL = "an-ordinary-first-call"


def sign_in_by_keyboard(page: Page, site: Site, role: str) -> None:
    page.goto(site.link_for(role))
    press_until(page, page.locator("main button").first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")


def say(page: Page, text: str) -> None:
    """Give a reply: by its number where script runs, by Tab where it does not; then Enter."""
    button = page.locator("button.choice").nth(reply_number(page, text) - 1)
    if page.evaluate("document.documentElement.dataset.script") is not None:
        page.keyboard.press(str(reply_number(page, text)))
        expect(button).to_be_focused()
    else:
        press_until(page, button)
    page.keyboard.press("Enter")


def carry_on(page: Page) -> None:
    """After a reply there may be a coach's note first: read it, go on."""
    link = page.get_by_role("link", name="Carry on")
    if link.count():
        press_until(page, link)
        page.keyboard.press("Enter")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_check_is_played_by_keyboard_and_the_lead_sees_it(
    new_page: NewPage, site: Site, script: bool
) -> None:
    page = new_page(java_script_enabled=script)
    sign_in_by_keyboard(page, site, "new hire")
    page.goto(f"/scenarios/{CALL}")
    press_until(page, page.get_by_role("button", name=re.compile("check", re.IGNORECASE)))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/attempts/\w+"))

    for number, text in enumerate(best_replies(CALL), 1):
        page.wait_for_selector(f"input[name=step][value='{number}']", state="attached")
        say(page, text)
        page.wait_for_selector(f"input[name=step][value='{number}']", state="detached")
        carry_on(page)

    debrief = page.get_by_role("link", name="See the debrief")
    press_until(page, debrief)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/debrief$"))
    expect(page.locator("main")).to_contain_text("100")

    lead = sign_in(new_page(), site, "lead")
    lead.goto(site.url)
