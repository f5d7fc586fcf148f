"""Every shipped call is played to each kind of ending that it has, through its own pages."""

import re
from collections import deque

import pytest
from playwright.sync_api import Page, expect

from scenarios import Compiled, Play, choose, start
from tests.browser.calls import compiled_call, reply_number
from tests.browser.conftest import NewPage
from tests.browser.looking import NARROW, sign_in
from tests.browser.site import ROOT, Site

pytestmark = pytest.mark.browser
CALLS = sorted(path.stem for path in (ROOT / "content" / "scenarios").glob("*.md"))
TIMED = "the-attacking-customer"


def shortest(compiled: Compiled) -> dict[str, Play]:
    """A shortest play, without silence, to each kind of ending."""
    found: dict[str, Play] = {}
    seen: set[int] = set()
    queue = deque([start(compiled)])
    while queue:
        play = queue.popleft()
        if play.state in seen:
            continue
        seen.add(play.state)
        if play.ending is not None:
            found.setdefault(play.ending.outcome, play)
            continue
        queue.extend(choose(play, offer.index) for offer in play.offers)
    return found


def begin(page: Page, slug: str) -> None:
    page.goto(f"/scenarios/{slug}")
    fresh = page.get_by_role("button", name=re.compile("Practise|Start over"))
    (fresh if fresh.count() else page.get_by_role("link", name=re.compile("^Carry on"))).first.click()
    page.wait_for_url(re.compile(r"/attempts/\w+"))


def say(page: Page, number: int, text: str) -> None:
    """Give a reply at that turn, past the coach's note."""
    carry_on = page.get_by_role("link", name="Carry on")
    step = page.locator(f"form[data-say] input[name=step][value='{number}']")
    step.or_(carry_on).first.wait_for(state="attached")
    if carry_on.count():
        carry_on.click()
    step.wait_for(state="attached")
    page.locator("button.choice").nth(reply_number(page, text) - 1).click()
    step.wait_for(state="detached")


def said(play: Play) -> list[str]:
    return [turn.said for turn in play.turns if turn.said is not None]


def play_to_the_end(page: Page, slug: str, play: Play) -> None:
    """Play, and find the ending's own words on the page and over the debrief."""
    assert play.ending is not None
    begin(page, slug)
    for number, text in enumerate(said(play), 1):
        say(page, number, text)
    words = re.compile(r"\W+".join(re.escape(word) for word in re.findall(r"\w+", play.ending.text)))
    expect(page.locator("#ended ~ p.voice")).to_have_text(words)
    page.get_by_role("link", name="See the debrief").click()
    page.wait_for_url(re.compile(r"/debrief$"))
    expect(page.locator("h1")).to_have_text(words)
    expect(page.locator(".decision")).to_have_count(len(play.turns))


@pytest.mark.parametrize("slug", CALLS)
def test_every_kind_of_ending_is_reached_without_script_on_the_narrowest_phone(
    new_page: NewPage, site: Site, slug: str
) -> None:
    page = sign_in(new_page(java_script_enabled=False, viewport=NARROW), site, "trainer")
    plays = shortest(compiled_call(slug))
    kinds = {scene.ending.outcome for scene in compiled_call(slug).scenario.scenes if scene.ending}
    assert set(plays) == kinds

    for play in plays.values():
        play_to_the_end(page, slug, play)


def test_every_kind_of_ending_is_reached_with_script(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")

    for play in shortest(compiled_call(TIMED)).values():
        play_to_the_end(page, TIMED, play)


def to_the_timer(compiled: Compiled) -> Play:
    """A shortest play to a line that waits only so long."""
    queue = deque([start(compiled)])
    while queue:
        play = queue.popleft()
        if play.timer is not None:
            return play
        queue.extend(choose(play, offer.index) for offer in play.offers)
    raise AssertionError("no line waits")


def test_with_time_on_patience_runs_out_and_silence_is_said(new_page: NewPage, site: Site) -> None:
    page = sign_in(new_page(), site, "trainer")
    page.goto("/account")
    page.get_by_label("Timed lines").check()
    page.locator("form", has=page.get_by_label("Timed lines")).get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/account"))
    page.clock.install()
    play = to_the_timer(compiled_call(TIMED))
    begin(page, TIMED)
    for number, text in enumerate(said(play), 1):
        say(page, number, text)
    carry_on = page.get_by_role("link", name="Carry on")
    carry_on.or_(page.locator("[data-patience]")).first.wait_for()
    if carry_on.count():
        carry_on.click()
    step = page.locator(f"form[data-say] input[name=step][value='{len(play.turns) + 1}']")
    step.wait_for(state="attached")
    assert play.timer is not None
    expect(page.locator("[data-patience] progress")).to_be_visible()

    page.clock.run_for((play.timer.seconds - 2) * 1000)
    assert step.count() == 1, "there is still time"
    page.clock.run_for(4000)

    step.wait_for(state="detached")
    expect(page.locator("main")).to_contain_text("You said nothing.")
    page.goto("/account")
    page.get_by_label("Timed lines").uncheck()
    page.locator("form", has=page.get_by_label("Timed lines")).get_by_role("button", name="Save").click()
