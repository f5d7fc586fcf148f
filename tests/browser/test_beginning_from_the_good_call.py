"""A trainer begins from the good call, mends what the page names, publishes; a learner plays it."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.looking import axe_findings, sign_in
from tests.browser.site import Site
from tests.browser.studio import EDITOR, SAVED, put, text_of

GOOD_CALL = """\
They: The delivery never came, and it was promised for nine.
You: Nine, and nothing there. What was in it?
They: Food for two hundred people.
You: Then it goes first. I am ringing the driver now.
They: And if he does not pick up?
You: Then I ring the depot, and you hear from me at ten.
They: At ten, then.
"""
PROBLEMS = "[data-part=problems] li.is-weak"


def written(line: str, number: int) -> str:
    """A line with words in the place of its To do."""
    said = ("I could not say.", "That was the driver, who is new here.", "Nobody told us a thing.")
    return re.sub(r'To do: [^"]*', lambda _found: f"{number}: {said[number % 3]}", line)


def begin(page: Page) -> None:
    page.goto("/studio")
    page.get_by_role("link", name="Write something new").click()
    page.get_by_role("link", name="A call, from the good one").click()
    page.get_by_label("Its title").fill("The van that never came")
    page.get_by_label("Who rings").fill("Rosa Patel, who runs a food bank")
    page.get_by_label("Who answers").fill("Sam, on the desk")
    page.get_by_label("The good call").fill(GOOD_CALL)
    assert axe_findings(page) == []
    page.get_by_role("button", name="Make the draft").click()
    page.wait_for_selector(EDITOR)


def mend_one(page: Page) -> None:
    """Go where the first problem points, and write the words that it asks for, in its reply."""
    problem = page.locator(PROBLEMS).first
    expect(problem).to_contain_text("Write over the words that begin with To do.")
    at = int(problem.get_attribute("data-line") or 0) - 1
    problem.locator("[data-go-to]").click()
    expect(page.locator(EDITOR)).to_be_focused()
    lines = text_of(page).split("\n")
    end = next((other for other in range(at + 1, len(lines)) if not lines[other].startswith(" ")), len(lines))
    for number in range(at, end):
        lines[number] = written(lines[number], number)
    put(page, "\n".join(lines))


def test_a_trainer_begins_from_the_good_call_and_a_learner_plays_it(new_page: NewPage, site: Site) -> None:
    tova = sign_in(new_page(), site, "trainer")
    begin(tova)
    problems = tova.locator(PROBLEMS)
    expect(problems).to_have_count(11)
    address = tova.url

    for left in (10, 9, 8):
        mend_one(tova)
        expect(problems).to_have_count(left)
    lines = text_of(tova).split("\n")
    put(tova, "\n".join(written(line, number) for number, line in enumerate(lines)))
    expect(problems).to_have_count(0)
    expect(tova.locator("[data-saved]")).to_have_text(SAVED)

    tova.goto(f"{urlsplit(address).path}/ideal-call")
    expect(tova.locator("main")).to_contain_text("Then it goes first. I am ringing the driver now.")
    tova.get_by_role("link", name="Publish").click()
    tova.get_by_role("button", name="Publish it").click()
    expect(tova.get_by_role("heading", level=1)).to_have_text("The van that never came")

    learner = sign_in(new_page(), site, "new hire")
    learner.goto("/scenarios/the-van-that-never-came")
    learner.get_by_role("button", name="Practise this call").click()
    expect(learner.locator("main")).to_contain_text("it was promised for nine")
    learner.get_by_role("button", name="Nine, and nothing there.").click()
    expect(learner.locator("main")).to_contain_text("You")
