"""A trainer at work: mends what the page names, publishes, and is never written over."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import axe_findings, sign_in
from tests.browser.site import Site

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


def test_a_call_is_made_mended_published_and_played(new_page: NewPage, site: Site) -> None:
    tova = sign_in(new_page(), site, "trainer")
    begin(tova, "The parcel that came late")
    good = text_of(tova)
    bad = good.replace("](#step-2)", "](#stepp-2)", 1).replace("temper +1", "tempre +1", 1)
    put(tova, bad.replace("Restrain +2", "Restrain +99", 1))
    problems = tova.locator("[data-part=problems] li.is-weak")
    expect(problems).to_have_count(3)
    expect(problems.filter(has_text="Did you mean")).not_to_have_count(0)
    assert axe_findings(tova) == []
    problems.first.locator("[data-go-to]").click()
    expect(tova.locator(EDITOR)).to_be_focused()
    expect(tova.locator(".cm-lintRange-error")).not_to_have_count(0)

    put(tova, good)
    expect(tova.locator("[data-part=problems] li.is-weak")).to_have_count(0)
    expect(tova.locator("[data-saved]")).to_have_text(SAVED)
    tova.get_by_role("link", name="Publish").click()
    tova.get_by_role("button", name="Publish it").click()
    tova.wait_for_url("**/studio/history/**")

    learner = sign_in(new_page(), site, "new hire")
    learner.goto("/scenarios/the-parcel-that-came-late")
    learner.get_by_role("button", name="Practise this call").click()
    learner.wait_for_url("**/attempts/**")
    expect(learner.locator("button.choice")).to_have_count(3)

    tova.get_by_role("button", name="Write").click()
    tova.wait_for_selector(EDITOR)
    put(tova, text_of(tova).replace("Own it +2", "Own it +3").replace("Restrain +2", "Restrain +3"))
    expect(tova.locator("[data-saved]")).to_have_text(SAVED)
    tova.wait_for_function("() => document.querySelector('[data-version]').value > 1")
    tova.get_by_role("link", name="Publish").click()
    expect(tova.locator("main")).to_contain_text("Scoring")
    expect(tova.locator("main")).to_contain_text("One person has begun it and not ended.")
    tova.get_by_role("button", name="Publish it").click()
    tova.wait_for_url("**/studio/history/**")

    learner.locator("button.choice").first.click()
    expect(learner.locator("main")).to_contain_text("step 1")


def test_what_is_typed_and_taken_back_is_saved_as_it_was(new_page: NewPage, site: Site) -> None:
    """Before the pause that saves: nothing is sent then, and nothing may be said to be unsaved."""
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call of second thoughts")
    good = text_of(page)
    put(page, f"{good}\n*[second]: thoughts\n")

    put(page, good)

    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert page.evaluate("() => Object.keys(sessionStorage).filter(name => name.startsWith('draft '))") == []


def test_a_link_to_a_line_puts_the_cursor_there(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call with a line to look at")
    draft = page.url
    page.goto("/studio")
    page.goto(f"{draft}#L9")
    expect(page.locator(".cm-focused")).to_be_visible()

    page.keyboard.insert_text("Here: ")

    assert text_of(page).splitlines()[8].startswith("Here: ")


def test_two_trainers_in_one_draft_lose_nothing(new_page: NewPage, site: Site) -> None:
    tova, ada = sign_in(new_page(), site, "trainer"), sign_in(new_page(), site, "admin")
    begin(tova, "A call that two people write")
    ada.goto(tova.url)
    ada.wait_for_selector(EDITOR)
    type_at_end(tova, "\n<!-- hers -->\n".replace("<!-- ", "*[hers]: ").replace(" -->", " words"))
    tova.wait_for_function("() => document.querySelector('[data-version]').value > 1")

    type_at_end(ada, "\n*[mine]: words\n")

    expect(ada.locator("[data-who]")).to_contain_text("saved this draft while you were writing")
    ada.get_by_role("button", name="Compare the texts").click()
    expect(ada.get_by_role("heading", level=1)).to_contain_text("while you were writing")
    assert axe_findings(ada) == []
    ada.get_by_role("button", name="Save this").click()
    ada.wait_for_selector(EDITOR)
    assert "*[hers]: words" in text_of(ada) or "*[mine]: words" in text_of(ada)


def test_a_lost_line_keeps_what_was_typed(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call on a train")
    page.context.set_offline(True)
    type_at_end(page, "\n*[tunnel]: no line here\n")
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet; kept in this browser")

    page.context.set_offline(False)
    page.reload()
    page.wait_for_selector(EDITOR)

    expect(page.locator("#source")).to_have_value(re.compile(re.escape("*[tunnel]: no line here")))
    page.wait_for_function("() => document.querySelector('[data-version]').value > 1")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)


def test_without_script_and_by_keyboard_alone(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(java_script_enabled=False), site, "trainer")
    page.goto("/studio/drafts/new")
    page.get_by_label("Its title").focus()
    page.keyboard.type("A call without script")
    page.keyboard.press("Enter")
    page.wait_for_url(DRAFT)
    field = page.locator("#source")
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n## Nobody comes\n")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#problems-title")).to_contain_text("stop")
    expect(page.get_by_role("link", name=re.compile("^line ")).first).to_be_visible()
