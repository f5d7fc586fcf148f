"""A trainer at work: mends what the page names, and publishes."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import NewPage
from tests.browser.looking import axe_findings, sign_in
from tests.browser.site import Site
from tests.browser.studio import DRAFT, EDITOR, SAVED, begin, put, text_of


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
    assert page.evaluate("() => Object.values(sessionStorage).filter(kept => kept.includes('second'))") == []


def test_a_link_to_a_line_puts_the_cursor_there(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    begin(page, "A call with a line to look at")
    draft = page.url
    page.goto("/studio")
    page.goto(f"{draft}#L9")
    expect(page.locator(".cm-focused")).to_be_visible()

    page.keyboard.insert_text("Here: ")

    assert text_of(page).splitlines()[8].startswith("Here: ")


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
