"""Whatever happens to the line, the page or the other one who writes: what a trainer typed is not lost."""

import re

from playwright.sync_api import Dialog, Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import axe_findings, press, sign_in
from tests.browser.site import Site
from tests.browser.studio import EDITOR, SAVED, begin, press_elsewhere, put, text_of, type_at_end

SAVES = "**/saves"
KEPT = "Not saved yet; kept in this browser"
TOO_LONG = 256 * 1024 + 1


def in_the_field(page: Page, text: str) -> None:
    expect(page.locator("#source")).to_have_value(re.compile(re.escape(text)))


def saved_as(page: Page, version: int) -> None:
    """Says so once the editor knows that this save is recorded."""
    page.wait_for_function("n => document.querySelector('[data-version]').value >= n", arg=version)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def test_a_lost_line_keeps_what_was_typed(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call on a train")
    page.context.set_offline(True)
    type_at_end(page, "\n*[tunnel]: no line here\n")
    expect(page.locator("[data-saved]")).to_have_text(KEPT)

    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector(EDITOR)

    in_the_field(page, "*[tunnel]: no line here")
    saved_as(page, 2)


def test_a_page_made_before_the_save_shows_what_was_saved(new_page: NewPage, site: Site) -> None:
    """Reloaded while a save is under way: the page is made first, and then the save is recorded."""
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call saved while its page was made")
    stale = page.request.get(page.url)
    type_at_end(page, "\n*[race]: two roads\n")
    saved_as(page, 2)

    page.route(page.url, lambda route: route.fulfill(response=stale), times=1)
    page.reload()

    saved_as(page, 2)
    in_the_field(page, "*[race]: two roads")


def recorded_and_cut_off(route: Route) -> None:
    route.fetch(max_redirects=0)
    route.abort()


def test_a_save_whose_answer_was_lost_is_no_collision(new_page: NewPage, site: Site) -> None:
    """The site recorded it and died before it said so: who types on must not be told of somebody else."""
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call whose save was never answered")
    page.route(SAVES, recorded_and_cut_off, times=1)
    type_at_end(page, "\n*[one]: word\n")
    expect(page.locator("[data-saved]")).to_have_text(KEPT)

    type_at_end(page, "*[two]: words\n")

    saved_as(page, 3)
    in_the_field(page, "*[one]: word\n*[two]: words")
    expect(page.locator("[data-who]")).to_have_count(0)


def test_nor_where_the_page_was_loaded_anew_meanwhile(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call loaded anew after a save was cut off")
    page.route(SAVES, recorded_and_cut_off, times=1)
    type_at_end(page, "\n*[one]: word\n")
    expect(page.locator("[data-saved]")).to_have_text(KEPT)
    page.context.set_offline(True)
    type_at_end(page, "*[two]: words\n")

    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector(EDITOR)

    saved_as(page, 3)
    in_the_field(page, "*[one]: word\n*[two]: words")
    expect(page.locator("[data-who]")).to_have_count(0)


def test_a_text_too_long_to_save_is_kept(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call that became a book")
    with page.expect_response(SAVES) as answer:
        type_at_end(page, f"\n*[book]: {'x' * TOO_LONG}\n")
    assert answer.value.status == 422
    expect(page.locator("[data-saved]")).to_have_text(KEPT)

    page.reload()
    page.wait_for_selector(EDITOR)

    in_the_field(page, "*[book]: xxx")
    expect(page.locator("[data-saved]")).to_have_text(KEPT)

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with page.expect_request(SAVES):
        page.get_by_role("link", name="Publish").click()
    page.wait_for_timeout(3_000)  # nothing is to come; what came would be an older text, to be published
    assert not any(url.endswith("/publication") for url in asked)
    in_the_field(page, "*[book]: xxx")


def test_a_tab_is_not_closed_over_what_cannot_be_saved_without_asking(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call in a tab that is closed")
    page.context.set_offline(True)
    type_at_end(page, "\n*[tunnel]: no line here\n")
    expect(page.locator("[data-saved]")).to_have_text(KEPT)
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)

    with page.expect_event("close"):
        page.close(run_before_unload=True)

    assert asked == ["beforeunload"]


def test_a_tab_that_is_closed_sends_its_last_words(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call closed in mid-sentence")
    draft, other = page.url, page.context.new_page()
    type_at_end(page, "\n*[last]: words\n")

    with page.expect_event("close"):
        page.close(run_before_unload=True)

    while "*[last]: words" not in other.request.get(draft).text():
        other.wait_for_timeout(50)


def test_what_was_checked_without_saving_is_not_taken_for_saved(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call that was only looked at")
    draft = page.url
    page.route(SAVES, lambda route: route.abort())
    type_at_end(page, "\n*[look]: words\n")
    press(page.get_by_role("button", name="Check without saving"))
    page.wait_for_selector(EDITOR)
    in_the_field(page, "*[look]: words")
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet")
    assert page.evaluate("() => Object.values(sessionStorage).some(kept => kept.includes('[look]'))")

    page.goto(draft)
    page.wait_for_selector(EDITOR)

    in_the_field(page, "*[look]: words")
    page.unroute(SAVES)
    saved_as(page, 2)


def test_two_trainers_in_one_draft_lose_nothing(new_page: NewPage, site: Site) -> None:
    tova, ada = sign_in(new_page(), site, "trainer"), sign_in(new_page(), site, "admin")
    begin(tova, "A call that two people write")
    collide(tova, ada)

    ada.get_by_role("button", name="Compare the texts").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("while you were writing")
    assert axe_findings(ada) == []
    press(ada.get_by_role("button", name="Save this"))
    ada.wait_for_selector(EDITOR)
    saved_as(ada, 3)
    in_the_field(ada, "*[hers]: words")
    in_the_field(ada, "*[mine]: words")


def test_what_is_left_as_the_other_has_it_does_not_come_back(new_page: NewPage, site: Site) -> None:
    tova, ada = sign_in(new_page(), site, "trainer"), sign_in(new_page(), site, "admin")
    begin(tova, "A call that is left as she has it")
    collide(tova, ada)

    ada.get_by_role("button", name="Compare the texts").click()
    press(ada.get_by_role("link", name="Leave it as"))
    ada.wait_for_selector(EDITOR)
    in_the_field(ada, "*[hers]: words")
    expect(ada.locator("#source")).not_to_have_value(re.compile(re.escape("*[mine]: words")))


def collide(tova: Page, ada: Page) -> None:
    """Both write on the first save; hers is recorded, and his is not."""
    ada.goto(tova.url)
    ada.wait_for_selector(EDITOR)
    put(tova, text_of(tova).replace("## Solved", "*[hers]: words\n\n## Solved"))
    saved_as(tova, 2)
    type_at_end(ada, "\n*[mine]: words\n")
    expect(ada.locator("[data-who]")).to_contain_text("saved this draft while you were writing")


def test_a_save_by_another_right_after_mine_is_not_written_over(new_page: NewPage, site: Site) -> None:
    """My save is recorded, then hers, and only then is the page made that answers mine."""
    tova, ada = sign_in(new_page(), site, "trainer"), sign_in(new_page(), site, "admin")
    begin(tova, "A call saved twice before one answer")

    def answered_after_hers(route: Route) -> None:
        route.fetch(max_redirects=0)
        ada.goto(tova.url)
        ada.wait_for_selector(EDITOR)
        type_at_end(ada, "\n*[hers]: words\n")
        saved_as(ada, 3)
        route.fulfill(response=route.fetch(url=tova.url, method="GET", post_data=b""))

    tova.route(SAVES, answered_after_hers, times=1)
    type_at_end(tova, "\n*[mine]: words\n")
    tova.wait_for_function("() => document.querySelector('[data-saved]').textContent.startsWith('Saved')")

    type_at_end(tova, "*[more]: words\n")

    expect(tova.locator("[data-who]")).to_contain_text("saved this draft while you were writing")


def test_a_session_that_ended_loses_nothing(new_page: NewPage, site: Site) -> None:
    """Signed in anew in another tab: the old page has no form secret any more, and its text is saved."""
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call signed out")
    other = press_elsewhere(page, "/account", "Sign out")
    type_at_end(page, "\n*[out]: words\n")
    expect(page.locator("[data-saved]")).to_contain_text("Not saved: you are signed out.")

    sign_in(other, site, "trainer")

    saved_as(page, 2)
    in_the_field(page, "*[out]: words")


def test_a_draft_closed_while_somebody_writes_gives_their_words_back(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call laid aside")
    press_elsewhere(page, page.url, "Lay this draft aside")
    type_at_end(page, "\n*[late]: words\n")
    expect(page.get_by_role("alert")).to_contain_text("This draft is closed")
    expect(page.get_by_role("alert")).to_contain_text("What you type is kept in this browser")
    expect(page.get_by_role("button", name="Compare the texts")).to_have_count(0)

    page.reload()

    expect(page.locator("#kept-text")).to_have_value(re.compile(re.escape("*[late]: words")))
    assert axe_findings(page) == []


def test_more_than_can_be_sent_is_said_and_mended_by_taking_it_back(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call longer than a form")
    good = text_of(page)
    put(page, good + "é" * 250_000)
    expect(page.locator("[data-saved]")).to_contain_text("That is more than can be sent at once")

    put(page, good + "\n*[short]: again\n")

    saved_as(page, 2)


def test_save_and_check_waits_for_the_save_under_way(new_page: NewPage, site: Site) -> None:
    """Sent on the same save, the later one would meet the other as if it were of somebody else."""
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call saved by hand and by itself")
    button = page.get_by_role("button", name="Save and check")

    def pressed_meanwhile(route: Route) -> None:
        page.keyboard.insert_text("*[two]: words\n")
        button.click(no_wait_after=True)
        route.continue_()

    page.route(SAVES, pressed_meanwhile, times=1)
    with page.expect_navigation():
        type_at_end(page, "\n*[one]: word\n")
    page.wait_for_selector(EDITOR)

    saved_as(page, 3)
    in_the_field(page, "*[one]: word\n*[two]: words")


def test_what_is_mended_in_the_compared_text_is_kept(new_page: NewPage, site: Site) -> None:
    tova, ada = sign_in(new_page(), site, "trainer"), sign_in(new_page(), site, "admin")
    begin(tova, "A call compared and left by its path")
    collide(tova, ada)
    ada.get_by_role("button", name="Compare the texts").click()
    both = ada.locator("#source")
    both.fill(f"{both.input_value()}\n*[both]: words\n")

    press(ada.locator(".crumbs").get_by_role("link", name="a-call-compared-and-left-by-its-path.md"))
    ada.wait_for_selector(EDITOR)

    saved_as(ada, 3)
    in_the_field(ada, "*[both]: words")
