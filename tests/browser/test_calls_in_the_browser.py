"""What a call's page weighs, and what its script adds: a lost line, a voice, the replies held back."""

import gzip
import re

from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import press, sign_in
from tests.browser.site import Site

CALL = "an-ordinary-first-call"
MOST = 40_000
VOICE = """
Object.defineProperty(window, 'speechSynthesis', { value: {
  speaking: false, getVoices: () => [{}], cancel() {}, addEventListener() {},
  speak(words) { window.heard = words.text },
} })
"""


def take_the_call(page: Page) -> Page:
    page.goto(f"/scenarios/{CALL}")
    fresh = page.get_by_role("button", name=re.compile("Practise|Start over"))
    (fresh if fresh.count() else page.get_by_role("link", name=re.compile("^Carry on"))).first.click()
    page.wait_for_url(re.compile(r"/attempts/\w+"))
    return page


def test_the_player_s_page_weighs_little_when_nothing_is_cached(new_page: NewPage, site: Site) -> None:
    page = take_the_call(sign_in(new_page(), site, "trainer"))
    cold = new_page(storage_state=page.context.storage_state())
    seen: list[Response] = []
    cold.on("response", lambda one: seen.append(one))

    cold.goto(page.url)
    cold.wait_for_load_state("networkidle")

    parts = [one for one in seen if one.request.resource_type in ("document", "stylesheet", "script")]
    weights = {one.url: len(gzip.compress(one.body())) for one in parts}
    assert len(weights) > 5
    assert sum(weights.values()) <= MOST, weights


def test_a_lost_line_keeps_the_pick_and_says_it_again(new_page: NewPage, site: Site) -> None:
    page = take_the_call(sign_in(new_page(), site, "trainer"))
    if page.get_by_role("link", name="Carry on").count():
        page.get_by_role("link", name="Carry on").click()
    reply = page.locator("button.choice").first
    step = page.locator("form[data-say] input[name=step]")
    before = step.get_attribute("value")

    page.context.set_offline(True)
    reply.click()
    expect(page.locator("[data-loss]")).to_contain_text("We lost the line, not your call.")
    expect(reply).to_have_attribute("data-picked", "")
    page.context.set_offline(False)
    page.get_by_role("button", name="Say it again").click()

    page.locator(f"form[data-say] input[name=step][value='{before}']").wait_for(state="detached")
    expect(page.locator("[data-loss]")).to_have_count(0)


def test_a_line_is_heard_where_the_browser_has_a_voice(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    page.add_init_script(VOICE)
    take_the_call(page)

    page.get_by_role("button", name="Hear the line").click()

    heard = page.wait_for_function("() => window.heard").json_value()
    assert page.locator("#now .line--speech .line__text").first.inner_text() in heard


def test_there_is_no_such_button_without_script(new_page: NewPage, site: Site) -> None:
    page = take_the_call(sign_in(new_page(java_script_enabled=False), site, "trainer"))

    expect(page.get_by_role("button", name="Hear the line")).to_be_hidden()


def test_saying_yours_first_leads_the_focus_to_the_replies(new_page: NewPage, site: Site) -> None:
    page = take_the_call(sign_in(new_page(), site, "trainer"))
    page.locator("summary", has_text="Pace and settings").click()
    press(page.get_by_role("button", name="Turn on"))
    while page.get_by_role("link", name="Carry on").count():
        press(page.get_by_role("link", name="Carry on"))
    expect(page.locator("button.choice")).to_have_count(0)

    page.get_by_role("link", name="Show the replies").click()

    expect(page.get_by_role("heading", name="What do you say?")).to_be_focused()
    expect(page.locator("button.choice").first).to_be_visible()
    page.locator("summary", has_text="Pace and settings").click()
    press(page.get_by_role("button", name="Turn off"))
    page.wait_for_url(re.compile(r"\?step=\d+$"))
    expect(page.locator("button.choice").first).to_be_visible()
