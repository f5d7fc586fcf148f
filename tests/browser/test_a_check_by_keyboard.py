"""From sign-in to debrief with nothing but a keyboard, with script and without; then the lead looks."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import best_replies, press_until, reply_number
from tests.browser.conftest import NewPage
from tests.browser.looking import sign_in
from tests.browser.site import Site


def sign_in_by_keyboard(page: Page, site: Site, role: str) -> None:
    page.goto(site.link_for(role))
    press_until(page, page.locator("main button").first)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")


def say(page: Page, text: str, *, script: bool) -> None:
    """Give a reply: by its number where script runs, by Tab where it does not; then Enter."""
    number = reply_number(page, text)
    button = page.locator("button.choice").nth(number - 1)
    if script:
        page.keyboard.press(str(number))
        expect(button).to_be_focused()
    else:
        press_until(page, button)
    page.keyboard.press("Enter")


def follow(page: Page, name: str) -> None:
    """Go on by a link, by keyboard."""
    press_until(page, page.get_by_role("link", name=name))
    page.keyboard.press("Enter")


@pytest.mark.parametrize(  # a call each: once a check is passed it is done
    ("script", "call"), [(True, "an-ordinary-first-call"), (False, "the-not-my-fault-call")]
)
def test_a_check_is_played_by_keyboard_and_the_lead_sees_it(
    new_page: NewPage, site: Site, script: bool, call: str
) -> None:
    page = new_page(java_script_enabled=script)
    sign_in_by_keyboard(page, site, "new hire")
    page.goto(f"/scenarios/{call}")
    press_until(page, page.get_by_role("button", name=re.compile("check", re.IGNORECASE)))
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/attempts/\w+"))

    for number, text in enumerate(best_replies(call), 1):
        page.wait_for_selector(f"input[name=step][value='{number}']", state="attached")
        say(page, text, script=script)
        page.wait_for_selector(f"input[name=step][value='{number}']", state="detached")
    follow(page, "See the debrief")
    page.wait_for_url(re.compile(r"/debrief$"))

    expect(page.locator("main")).to_contain_text("100%")
    lead = sign_in(new_page(), site, "lead")
    lead.goto("/teams/morning-desk/progress")
    row = lead.get_by_role("row").filter(has_text="Teo Lindqvist").filter(has_text="passed")
    expect(row).to_contain_text("passed, 100%")


def test_practice_shows_nowhere(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "new hire")
    page.goto("/scenarios/the-not-my-fault-call")
    page.get_by_role("button", name=re.compile("Practise")).click()
    page.wait_for_url(re.compile(r"/attempts/\w+"))
    attempt = page.url.split("/attempts/")[1].split("?")[0]
    lead = sign_in(new_page(), site, "lead")

    lead.goto("/teams/morning-desk/progress")
    row = lead.get_by_role("row").filter(has_text="Teo Lindqvist").last
    expect(row).not_to_contain_text(re.compile("not-my-fault|practi", re.IGNORECASE))
    for path in (f"/attempts/{attempt}", f"/attempts/{attempt}/debrief"):
        reply = lead.goto(path)
        assert reply is not None
        assert reply.status == 404
