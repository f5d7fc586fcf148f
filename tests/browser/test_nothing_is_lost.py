"""Double-click, Back, reload, a session that ends: what was said stays said, once, and a pick is kept."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import patient, sign_in
from tests.browser.site import Site
from tests.browser.tour import EASY, enter

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])


@pytest.fixture(scope="module")
def signed_in(chromium: Browser, site: Site) -> Iterator[StorageState]:
    """The cookies of somebody who signed in once for all of these."""
    context = patient(chromium.new_context(base_url=site.url))
    sign_in(context.new_page(), site, "trainer")
    yield context.storage_state()
    context.close()


def in_a_call(new_page: NewPage, signed_in: StorageState, *, script: bool) -> Page:
    page = new_page(java_script_enabled=script, storage_state=signed_in, reduced_motion="reduce")
    enter(page, EASY)
    return page


def answer(page: Page, place: int) -> None:
    """Say a reply to the first line, and wait until it is on the page as said."""
    page.locator("button.choice").nth(place - 1).click()
    page.locator("form[data-say] input[name=step][value='1']").wait_for(state="detached")
    page.locator(".line--you").first.wait_for(state="attached")


def said(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".line--you .line__text").all_text_contents()]


@SCRIPT
def test_a_double_click_says_it_once(new_page: NewPage, signed_in: StorageState, script: bool) -> None:
    page = in_a_call(new_page, signed_in, script=script)

    page.locator("button.choice").first.dblclick(no_wait_after=True)
    page.locator(".line--you").first.wait_for(state="attached")
    page.reload()

    assert len(said(page)) == 1
    expect(page.get_by_text(re.compile("^Turn [12] of"))).to_have_count(1)


@SCRIPT
def test_a_reload_changes_nothing(new_page: NewPage, signed_in: StorageState, script: bool) -> None:
    page = in_a_call(new_page, signed_in, script=script)
    answer(page, 1)
    before = said(page)

    page.reload()

    assert said(page) == before


def test_back_and_another_reply_keeps_the_first(new_page: NewPage, signed_in: StorageState) -> None:
    page = in_a_call(new_page, signed_in, script=False)
    answer(page, 1)
    first = said(page)
    page.go_back()
    if page.locator("form[data-say] input[name=step][value='1']").count():  # a page from the browser's memory
        page.locator("button.choice").nth(1).click()
        expect(page.locator("main")).to_contain_text("What you said first is kept")
        page.get_by_role("link", name="Go on from here").click()
        page.wait_for_url(re.compile(r"/attempts/\w+$"))

    expect(page.locator(".line--you")).to_have_count(1)
    assert said(page) == first


@SCRIPT
def test_a_session_that_ends_keeps_the_pick(new_page: NewPage, signed_in: StorageState, script: bool) -> None:
    page = in_a_call(new_page, signed_in, script=script)
    cookies = page.context.cookies()
    page.context.clear_cookies(name=re.compile("session$"))

    page.locator("button.choice").nth(1).click()
    page.wait_for_url(re.compile("/sign-in"))
    back = parse_qs(urlsplit(page.url).query)["next"][0]
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they came
    page.goto(back)

    expect(page.locator("button.choice").nth(1)).to_have_attribute("data-picked", "")
    assert said(page) == []
    answer(page, 2)
    assert len(said(page)) == 1
