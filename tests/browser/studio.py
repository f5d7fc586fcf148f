"""How a trainer writes in the studio's editor."""

import re

from playwright.sync_api import Page

from tests.browser.looking import press

EDITOR = ".cm-content"
SAVED = re.compile(r"^Saved ")
DRAFT = re.compile(r"/studio/drafts/(?!new$)\w+$")


def begin(page: Page, title: str) -> None:
    """A new call, opened in the editor."""
    page.goto("/studio/drafts/new")
    page.get_by_label("Its title").fill(title)
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector(EDITOR)


def type_at_end(page: Page, text: str) -> None:
    page.locator(EDITOR).click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(text)


def text_of(page: Page) -> str:
    return str(page.locator("#source").evaluate("field => field.value"))


def put(page: Page, text: str) -> None:
    """The whole text typed anew."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def press_elsewhere(page: Page, address: str, name: str) -> Page:
    """The same person presses a button in another tab, which is returned."""
    other = page.context.new_page()
    other.goto(address)
    press(other.get_by_role("button", name=name, exact=True))
    return other
