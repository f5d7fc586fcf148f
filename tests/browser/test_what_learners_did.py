"""A trainer sees what learners chose, edits words and scoring, and hurts nobody who is in the middle."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.calls import say_first
from tests.browser.conftest import NewPage
from tests.browser.crowd import crowd
from tests.browser.looking import NARROW, axe_findings, scrolls_sideways, sign_in
from tests.browser.site import Site
from tests.browser.studio import EDITOR, SAVED, put, text_of

pytestmark = pytest.mark.browser
CALL = "the-busy-season-parent"
PAGE = f"/studio/calls/{CALL}"


def play_to_the_end(page: Page) -> None:
    for _turn in range(40):
        if not say_first(page):
            break
        expect(page.locator("main a[data-go], button.choice").first).to_be_visible()


def test_the_choice_is_on_the_map_and_an_edit_hurts_nobody_in_the_middle(
    new_page: NewPage, site: Site
) -> None:
    crowd(site, CALL, 10)
    learner = sign_in(new_page(), site, "new hire")
    learner.goto(f"/scenarios/{CALL}")
    learner.get_by_role("button", name="Practise this call").click()
    expect(learner.locator("button.choice").first).to_be_visible()
    tova = sign_in(new_page(), site, "trainer")
    tova.goto(PAGE)
    expect(tova.locator(".map__words").first).to_contain_text("%")
    expect(tova.locator("table").first).to_contain_text("10")
    assert axe_findings(tova) == []

    tova.get_by_role("button", name="Write").click()
    tova.wait_for_selector(EDITOR)
    text = text_of(tova)
    put(tova, text.replace("A father, sixteen", "One father, sixteen").replace("Triage +2", "Triage +3"))
    tova.wait_for_function("() => document.querySelector('[data-version]').value > 1")
    expect(tova.locator("[data-saved]")).to_have_text(SAVED)
    tova.get_by_role("link", name="Publish").click()
    expect(tova.locator("main")).to_contain_text("Wording")
    expect(tova.locator("main")).to_contain_text("Scoring")
    expect(tova.locator("main")).to_contain_text("One person has begun it and not ended.")
    tova.get_by_role("button", name="Publish it").click()
    tova.wait_for_url("**/studio/history/**")

    play_to_the_end(learner)
    learner.get_by_role("link", name="See the debrief").click()
    expect(learner.get_by_role("heading", name="What you said, and how it landed")).to_be_visible()
    learner.get_by_role("link", name="Answer back turn 1").click()
    learner.get_by_label("I would have said").fill("I would have asked for his name.")
    assert axe_findings(learner) == []
    learner.get_by_role("button", name="Send it").click()
    expect(learner.get_by_role("heading", name="What you said, and how it landed")).to_be_visible()
    tova.goto(PAGE)
    expect(tova.locator("main")).to_contain_text("Other structure or scoring is counted apart")
    tova.goto("/studio/inbox")
    expect(tova.locator("main")).to_contain_text("I would have asked for his name.")
    assert axe_findings(tova) == []
    tova.set_viewport_size(NARROW)
    assert not scrolls_sideways(tova)


def test_a_withdrawn_line_comes_back_for_a_minute(new_page: NewPage, site: Site) -> None:
    call = "the-wrong-order"
    learner, tova = sign_in(new_page(viewport=NARROW), site, "new hire"), sign_in(new_page(), site, "trainer")
    learner.goto(f"/scenarios/{call}")
    learner.get_by_role("button", name="Practise this call").click()
    expect(learner.locator("button.choice").first).to_be_visible()
    play_to_the_end(learner)
    tova.goto(f"/studio/history/scenario/{call}/withdrawal")
    tova.get_by_label("What was wrong").fill("It named the wrong price.")
    tova.get_by_label("Where the line stands").select_option(index=1)
    tova.get_by_role("button", name="Withdraw it").click()
    tova.get_by_role("button", name="Write").click()
    tova.wait_for_selector(EDITOR)
    put(tova, text_of(tova) + "\n*[price]: what it costs\n")
    tova.wait_for_function("() => document.querySelector('[data-version]').value > 1")
    expect(tova.locator("[data-saved]")).to_have_text(SAVED)
    tova.get_by_role("link", name="Publish").click()
    tova.get_by_role("button", name="Publish it").click()
    tova.wait_for_url("**/studio/history/**")

    learner.goto("/")
    learner.get_by_role("link", name="Look at that decision again").click()
    expect(learner.locator("main")).to_contain_text("It named the wrong price.")
    assert axe_findings(learner) == []
    assert not scrolls_sideways(learner)
    learner.locator("button.choice").first.click()

    expect(learner.get_by_role("link", name="Back to Today")).to_be_visible()
    assert axe_findings(learner) == []
