"""What to say: the replies of a call's best play, worked out by the engine from the file itself."""

import re
from functools import cache
from pathlib import Path

from playwright.sync_api import Locator, Page

from scenarios import Compiled, choose, compile_scenario, read_scenario, score, start
from tests.browser.site import ROOT


@cache
def compiled_call(slug: str) -> Compiled:
    path = Path(ROOT / "content" / "scenarios" / f"{slug}.md")
    scenario = read_scenario(path.read_bytes(), path=str(path)).scenario
    assert scenario is not None
    return compile_scenario(scenario)


def best_replies(slug: str) -> list[str]:
    """The texts of a play that costs nothing, in order."""
    play = start(compiled_call(slug))
    said: list[str] = []
    while not play.finished:
        after = {offer.index: choose(play, offer.index) for offer in play.offers}
        index = next(index for index, then in after.items() if score(then).decisions[-1].cost == 0)
        said.append(next(offer.choice.text for offer in play.offers if offer.index == index))
        play = after[index]
    return said


def plain(text: str) -> str:
    """Words alone: whatever quotes and dashes the page or the file prefers."""
    return re.sub(r"\W+", " ", text).strip().lower()


def reply_number(page: Page, text: str) -> int:
    """At which position, from 1, the page shows that reply."""
    page.wait_for_load_state("domcontentloaded")  # the first reply may be there before the last
    shown = page.locator("button.choice").all_text_contents()
    found = [number for number, said in enumerate(shown, 1) if plain(said).endswith(plain(text))]
    assert len(found) == 1, f"{text!r} is not one of {shown}"
    return found[0]


def say_first(page: Page) -> bool:
    """Give the first reply shown, past a coach's note where there is one; False when the call is over."""
    carry_on = page.get_by_role("link", name="Carry on")
    if carry_on.count():
        carry_on.click()
        page.locator("button.choice").first.wait_for()
    if not page.locator("button.choice").count():
        return False
    step = page.locator("form[data-say] input[name=step]").get_attribute("value")
    page.locator("button.choice").first.click()
    page.locator(f"form[data-say] input[name=step][value='{step}']").wait_for(state="detached")
    return True


# How many stops of the Tab key lie between the focus and an element; 0 where that cannot be told.
STOPS = """element => {
  const kinds = 'a[href], button, summary, input, select, textarea, [tabindex="0"]'
  const stops = [...document.querySelectorAll(kinds)]
    .filter(one => one.type !== 'hidden' && !one.disabled && one.checkVisibility())
  const place = stops.indexOf(element), focus = document.activeElement
  const before = stops.filter(one => one === focus || focus !== document.body &&
    focus.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING).length
  return Math.max(0, place + 1 - before)
}"""


def press_until(page: Page, target: Locator, key: str = "Tab", most: int = 60) -> None:
    """Move the focus by keyboard alone until it is on `target`; most of the way is not looked at."""
    target.wait_for(state="attached")
    page.wait_for_load_state("domcontentloaded")  # what follows on the page is counted as well
    for _ in range(target.evaluate(STOPS) if key == "Tab" else 0):
        page.keyboard.press(key)
    for _ in range(most):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} cannot be reached with {key}")
