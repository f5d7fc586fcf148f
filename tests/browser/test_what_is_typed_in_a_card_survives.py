"""Cards, whatever becomes of line, session or save: what was typed in one stays, and is saved once."""

import re

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import PHONE, sign_in
from tests.browser.site import Site
from tests.browser.studio import begin, press_elsewhere

SAVED = re.compile(r"^Saved \d\d:\d\d$")
CHANGES = "**/cards/changes"


def open_cards(page: Page, title: str) -> str:
    """The cards of a new call; its draft's address."""
    begin(page, title)
    draft = page.url.split("?")[0]
    page.goto(f"{draft}/cards")
    return draft


def save_reply(page: Page, number: int) -> None:
    page.get_by_role("button", name=f"Save reply {number}").click()


def saved(page: Page, number: int) -> None:
    expect(page.locator(f"#reply-{number} [data-saved]")).to_have_text(SAVED)


def test_a_lost_line_takes_nothing_from_a_card(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    open_cards(page, "A card on a train")
    page.locator("#reply-1-words").fill("Said in a tunnel.")
    page.context.set_offline(True)
    save_reply(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("Not saved: the connection is gone.")

    page.context.set_offline(False)
    save_reply(page, 1)
    saved(page, 1)
    expect(page.locator("#reply-1-words")).to_have_value("Said in a tunnel.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_host_that_died_takes_nothing_from_a_card(new_page: NewPage, site: Site) -> None:
    """The proxy answers for it. The page stays, with what was typed; saved again it is there once."""
    page = sign_in(new_page(), site, "trainer")
    open_cards(page, "A card while a host dies")
    page.locator("#reply-1-words").fill("Said as it died.")

    def died(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.fulfill(status=503, content_type="text/html", body="<h1>One moment</h1>")

    page.route("**/cards/**", died, times=1)
    save_reply(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("Not saved: the connection is gone.")
    expect(page.locator("#reply-1-words")).to_have_value("Said as it died.")

    save_reply(page, 1)
    saved(page, 1)
    expect(page.locator("#reply-1-words")).to_have_value("Said as it died.")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_what_is_typed_while_a_card_is_saved_stays(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    open_cards(page, "A card typed in too soon")
    words = page.locator("#reply-1-words")
    words.fill("Said before.")

    def while_typing(route: Route) -> None:
        words.fill("Said before. And while it was saved.")
        page.locator("#reply-2-words").fill("Elsewhere meanwhile.")
        route.continue_()

    page.route(CHANGES, while_typing, times=1)
    save_reply(page, 1)
    saved(page, 1)
    expect(words).to_have_value("Said before. And while it was saved.")
    expect(page.locator("#reply-2-words")).to_have_value("Elsewhere meanwhile.")

    save_reply(page, 2)
    saved(page, 2)
    page.reload()
    expect(words).to_have_value("Said before. And while it was saved.")
    expect(page.locator("#reply-2-words")).to_have_value("Elsewhere meanwhile.")


def test_a_card_that_was_refused_is_still_unsaved(new_page: NewPage, site: Site) -> None:
    """Saved next is another one: the refused one goes first, is refused again, and both keep their words."""
    page = sign_in(new_page(), site, "trainer")
    open_cards(page, "A card without words")
    page.locator("#reply-1-words").fill("")
    page.locator("#reply-1-band-2").check()
    save_reply(page, 1)
    expect(page.locator("#reply-1 .form-problems")).to_be_visible()

    page.locator("#reply-2-words").fill("The other one.")
    save_reply(page, 2)
    expect(page.locator("#reply-1 .form-problems")).to_be_focused()  # the answer is there
    expect(page.locator("#reply-1-band-2")).to_be_checked()
    expect(page.locator("#reply-2-words")).to_have_value("The other one.")

    page.locator("#reply-1-words").fill("Words at last.")
    save_reply(page, 2)
    saved(page, 2)
    page.reload()
    expect(page.locator("#reply-1-words")).to_have_value("Words at last.")
    expect(page.locator("#reply-1-band-2")).to_be_checked()
    expect(page.locator("#reply-2-words")).to_have_value("The other one.")


def test_a_session_that_ended_takes_nothing_from_a_card(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(viewport=PHONE), site, "trainer")
    open_cards(page, "A card signed out")
    page.locator("#reply-1-words").fill("Said after the session.")
    other = press_elsewhere(page, "/account", "Sign out")

    save_reply(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("Not saved: you are signed out.")
    expect(page.get_by_role("alert")).to_be_in_viewport()
    expect(page.locator("#reply-1-words")).to_have_value("Said after the session.")

    sign_in(other, site, "admin")
    save_reply(page, 1)
    expect(page.get_by_role("alert")).to_contain_text("Not saved: you are signed out.")

    sign_in(other, site, "trainer")
    save_reply(page, 1)
    saved(page, 1)
    expect(page.locator("#reply-1-words")).to_have_value("Said after the session.")


def test_a_draft_closed_meanwhile_takes_nothing_from_a_card(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    draft = open_cards(page, "A card of a closed draft")
    page.locator("#reply-1-words").fill("Said too late.")
    press_elsewhere(page, draft, "Lay this draft aside")

    save_reply(page, 1)

    expect(page.get_by_role("alert")).to_contain_text("What you typed is still here")
    expect(page.locator("#reply-1-words")).to_have_value("Said too late.")
