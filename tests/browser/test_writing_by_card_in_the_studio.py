"""Cards: quick with script, whole without; and a call made, mended and published by keyboard alone."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.calls import press_until
from tests.browser.conftest import NewPage
from tests.browser.looking import axe_findings, press, sign_in
from tests.browser.site import Site
from tests.browser.studio import EDITOR

SAVED = re.compile(r"^Saved \d\d:\d\d$")


def begin(page: Page, title: str) -> str:
    """A new call, begun by keyboard; its draft's address."""
    page.goto("/studio/drafts/new")
    page.get_by_label("Its title").focus()
    page.keyboard.type(title)
    page.keyboard.press("Enter")
    expect(page.locator("main.studio")).to_be_visible()
    return page.url.split("?")[0]


def follow(page: Page, target: Locator) -> None:
    """Tab to something and press Enter."""
    press_until(page, target)
    page.keyboard.press("Enter")


def retype(page: Page, field: Locator, text: str) -> None:
    """Tab to a field and put a text in the place of what it holds."""
    press_until(page, field)
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_a_call_is_made_mended_and_published_by_keyboard(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call by keyboard alone")
    follow(page, page.get_by_role("link", name="Cards", exact=True))
    expect(page.get_by_role("heading", level=1, name="Step 1")).to_be_visible()

    # Broken by name: the reply leads to a scene that goes nowhere yet.
    words = page.locator("#reply-1-words")
    retype(page, words, "Let me look at that with you.")
    press_until(page, page.locator("#reply-1-target"))
    page.keyboard.type("A new scene")
    retype(page, page.locator("#reply-1-scene_name"), "The shelf")
    page.keyboard.press("Control+s")
    expect(page.locator("#reply-1 [data-saved]")).to_have_text(SAVED)
    expect(words).to_have_value("Let me look at that with you.")
    shelf = page.get_by_role("link", name=re.compile("^The shelf"))
    expect(shelf).to_contain_text("leads nowhere yet")
    assert axe_findings(page) == []

    # Mended where the problem is said: the scene gets an ending.
    follow(page, shelf)
    expect(page.get_by_role("heading", level=1, name="The shelf")).to_be_visible()
    expect(page.get_by_role("list", name="What is wrong in this scene")).to_contain_text("leads nowhere")
    press_until(page, page.locator("#scene-outcome"))
    page.keyboard.type("It ends the call: a partial")
    retype(page, page.locator("#scene-ending"), "They find it on the shelf")
    page.keyboard.press("Control+s")
    expect(page.locator("#scene [data-saved]")).to_have_text(SAVED)
    expect(page.get_by_role("list", name="What is wrong in this scene")).to_have_count(0)

    follow(page, page.get_by_role("link", name="Publish", exact=True))
    follow(page, page.get_by_role("button", name="Publish it"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("A call by keyboard alone")
    page.goto("/scenarios/a-call-by-keyboard-alone")
    expect(page.get_by_role("heading", level=1)).to_have_text("A call by keyboard alone")


def test_what_is_typed_in_another_card_is_saved_too(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    address = begin(page, "Two cards at once")
    page.goto(f"{address}/cards")
    page.locator("#reply-1-words").fill("The first, typed and left.")
    page.locator("#reply-2-words").fill("The second.")
    page.get_by_role("button", name="Move up reply 2").click()

    expect(page.locator("#reply-1-words")).to_have_value("The second.")
    expect(page.locator("#reply-2-words")).to_have_value("The first, typed and left.")
    expect(page.get_by_role("button", name="Save reply 1")).to_be_focused()


def test_two_trainers_meet_at_a_card(new_page: NewPage, site: Site) -> None:
    tova, ada = sign_in(new_page(), site, "trainer"), sign_in(new_page(), site, "admin")
    address = begin(tova, "A card that two people write")
    for page in (tova, ada):
        page.goto(f"{address}/cards")
    tova.locator("#reply-1-words").fill("Hers.")
    tova.get_by_role("button", name="Save reply 1").click()
    expect(tova.locator("#reply-1 [data-saved]")).to_have_text(SAVED)

    ada.locator("#reply-2-words").fill("Mine.")
    ada.get_by_role("button", name="Save reply 2").click()

    expect(ada.get_by_role("heading", level=1)).to_contain_text("saved this draft while you were writing")
    expect(ada.locator("#source")).to_have_value(re.compile(r"\[Hers\.\].*\[Mine\.\]", re.S))
    assert axe_findings(ada) == []
    press(ada.get_by_role("button", name="Save this"))
    ada.wait_for_selector(EDITOR)
    expect(ada.locator("#source")).to_have_value(re.compile(r"\[Hers\.\].*\[Mine\.\]", re.S))


def test_cards_without_script(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(java_script_enabled=False), site, "trainer")
    address = begin(page, "Cards without script")
    page.goto(f"{address}/cards")
    page.locator("#reply-2-words").fill("Said without script.")
    page.get_by_role("button", name="Save reply 2").click()
    expect(page.locator("#reply-2 [data-saved]")).to_have_text(SAVED)
    expect(page.locator("#reply-2-words")).to_have_value("Said without script.")

    page.get_by_role("link", name="Remove reply 2").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remove this reply?")
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#reply-2")).to_be_visible()
    expect(page.locator("#reply-3")).to_have_count(0)
