"""A call played with nothing but a keyboard: what the engine says to pick, found and said by keys."""

import re

from playwright.sync_api import Locator, Page, expect

from scenarios import Play
from tests.browser.calls import press_until, reply_number

DECIDE = re.compile(r"^(Practise this call|Start over)")
AT = re.compile(r"/attempts/\w+$")


def follow(page: Page, target: Locator) -> None:
    """Tab to a link or a button, and press it."""
    press_until(page, target)
    page.keyboard.press("Enter")


def begin(page: Page, slug: str) -> None:
    """Through the door of a call, past the head of its page, into a fresh practice of it."""
    page.goto(f"/scenarios/{slug}")
    follow(page, page.get_by_role("link", name="Skip to the content"))
    follow(page, page.get_by_role("button", name=DECIDE).first)
    page.wait_for_url(AT)


def asked(page: Page, number: int) -> Locator:
    """What is on the page while the call waits for that reply; the coach's note before it is put away."""
    step = page.locator(f"form[data-say] input[name=step][value='{number}']")
    carry_on = page.locator("a[data-go]", has_text="Carry on")
    step.or_(carry_on).first.wait_for(state="attached")
    if carry_on.count():
        follow(page, carry_on)
        step.wait_for(state="attached")
    return step


def say(page: Page, number: int, text: str, *, script: bool) -> None:
    """Give a reply at that turn: by its number where script runs, by Tab where it does not; then Enter."""
    step = asked(page, number)
    place = reply_number(page, text)
    button = page.locator("button.choice").nth(place - 1)
    if script:
        page.keyboard.press(str(place))
        expect(button).to_be_focused()
    else:
        press_until(page, button)
    page.keyboard.press("Enter")
    step.wait_for(state="detached")


def say_nothing(page: Page, number: int, *, script: bool) -> None:
    """Let a line's time run out where script counts it; without, press the button that says so."""
    step = asked(page, number)
    if script:
        seconds = int(page.locator("[data-patience]").get_attribute("data-patience") or 0)
        page.clock.run_for((seconds - 2) * 1000)
        assert step.count() == 1, "there is still time"
        page.clock.run_for(4000)
    else:
        follow(page, page.get_by_role("button", name="Say nothing"))
    step.wait_for(state="detached")


def take_back(page: Page, times: int) -> None:
    """Take the last replies back, one after another."""
    for _ in range(times):
        before = re.escape(page.url.split("?")[0])
        follow(page, page.get_by_role("button", name="Take that back"))
        page.wait_for_url(re.compile(rf"^(?!{before}).*/attempts/\w+$"))


def play_on(page: Page, play: Play, said: int, *, script: bool) -> None:
    """Say the rest of a play of which so many replies were said, and find the ending's own words."""
    for turn in play.turns[said:]:
        if turn.said is None:
            say_nothing(page, turn.number, script=script)
        else:
            say(page, turn.number, turn.said, script=script)
    expect(page.locator("#ended ~ p.voice")).to_have_text(ending_of(play))


def read_the_debrief(page: Page, play: Play) -> None:
    """From the end of a call to its debrief, which says the same ending over as many decisions."""
    follow(page, page.get_by_role("link", name="See the debrief"))
    page.wait_for_url(re.compile(r"/debrief$"))
    expect(page.locator("h1")).to_have_text(ending_of(play))
    expect(page.locator(".decision")).to_have_count(len(play.turns))


def ending_of(play: Play) -> re.Pattern[str]:
    assert play.ending is not None
    return re.compile(r"\W+".join(re.escape(word) for word in re.findall(r"\w+", play.ending.text)))
